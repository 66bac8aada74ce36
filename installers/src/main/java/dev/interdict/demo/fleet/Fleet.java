package dev.interdict.demo.fleet;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The company at work: joins as fast as the server takes it, follows the ban, and from then on
/// reports in a trickle until it is closed. Thread-safe.
public final class Fleet implements AutoCloseable {
  /// Requests open at once, and keys made at once: about what two cores can do.
  private static final int OPEN = 8;

  private static final int HEARTBEATS_PER_SECOND = 30;
  private static final Duration RELAPSES = Duration.ofSeconds(9);

  private final Ban ban;
  private final Course course;
  private final Reports reports;
  private final InstantSource clock;
  private final Births births;
  private final Map<Division, String> tokens;
  private final HttpPost post;
  private final SplittableRandom random;
  private int turn;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("fleet-timer").factory());
  private final List<FleetDevice> joined = new CopyOnWriteArrayList<>();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicReference<@Nullable String> firstFailure = new AtomicReference<>();

  /// @param tokens the enrolment token of each division
  public Fleet(long seed, Ban ban, Map<Division, String> tokens, URI server, InstantSource clock) {
    this.ban = ban;
    this.course = new Course(ban);
    this.reports = new Reports(ban);
    this.births = new Births(seed);
    this.tokens = Map.copyOf(tokens);
    this.clock = clock;
    this.post = new HttpPost(server, clock, OPEN);
    this.random = new SplittableRandom(seed);
  }

  /// How far it is.
  ///
  /// @param devices enrolled, with their first report accepted
  /// @param reports accepted in all
  /// @param failed requests that the server did not accept
  /// @param firstFailure why the first of them was not
  public record Progress(long devices, long reports, long failed, @Nullable String firstFailure) {}

  public Progress progress() {
    return new Progress(joined.size(), sent.get(), failed.get(), firstFailure.get());
  }

  /// Enrols `devices` devices and returns when each has sent its first report or failed.
  public void join(int devices) throws InterruptedException {
    var left = new CountDownLatch(devices);
    try (var pool =
        Executors.newFixedThreadPool(
            OPEN, Thread.ofPlatform().daemon().name("fleet-join-", 0).factory())) {
      for (var i = 0; i < devices; i++) {
        var index = i;
        pool.execute(() -> {
          attempt(() -> born(index));
          left.countDown();
        });
      }
      left.await();
    }
  }

  /// Lets the fleet report from now on, also when nothing changes.
  public void trickle() {
    timer.scheduleAtFixedRate(
        this::heartbeat, 0, 1_000 / HEARTBEATS_PER_SECOND, TimeUnit.MILLISECONDS);
    timer.scheduleAtFixedRate(
        this::relapse, RELAPSES.toMillis(), RELAPSES.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void born(int index) throws IOException {
    var life = births.life(index);
    var device = new FleetDevice(life, reports, post);
    var token = tokens.get(life.division());
    if (token == null) {
      throw new IOException("no enrolment token for " + life.division());
    }
    device.enrol(token);
    var now = clock.instant();
    var steps = course.of(life, now);
    device.report(steps.getFirst().condition(), now);
    sent.incrementAndGet();
    joined.add(device);
    plan(device, steps.subList(1, steps.size()));
  }

  private void plan(FleetDevice device, List<Step> steps) {
    for (var step : steps) {
      var wait = Duration.between(clock.instant(), step.at()).toMillis();
      timer.schedule(
          () -> send(() -> device.report(step.condition(), clock.instant())),
          Math.max(0, wait),
          TimeUnit.MILLISECONDS);
    }
  }

  private void heartbeat() {
    if (joined.isEmpty()) {
      return;
    }
    var device = joined.get(turn++ % joined.size());
    if (!(device.life().fate() instanceof Fate.Silent)) {
      send(() -> device.reportAgain(clock.instant()));
    }
  }

  /// After the date, now and then, somebody installs it again.
  private void relapse() {
    var now = clock.instant();
    var device = any();
    var over = now.isAfter(ban.effective().plus(ban.minimumNotice()));
    if (over && device != null && device.life().fate() instanceof Fate.Clean) {
      plan(device, course.relapse(now));
    }
  }

  private @Nullable FleetDevice any() {
    return joined.isEmpty() ? null : joined.get(random.nextInt(joined.size()));
  }

  private void send(Sending sending) {
    workers.execute(() ->
        attempt(() -> {
          sending.run();
          sent.incrementAndGet();
        }));
  }

  /// Talks to the server.
  @FunctionalInterface
  private interface Sending {
    void run() throws IOException;
  }

  private void attempt(Sending sending) {
    try {
      sending.run();
    } catch (IOException e) {
      failed.incrementAndGet();
      firstFailure.compareAndSet(null, String.valueOf(e.getMessage()));
    }
  }

  /// How long it may take until a device of a company of this size reports again.
  public static Duration round(int devices) {
    return Duration.ofSeconds(devices / HEARTBEATS_PER_SECOND + 1);
  }

  @Override
  public void close() {
    timer.shutdownNow();
    workers.shutdownNow();
    post.close();
  }
}
