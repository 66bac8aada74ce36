package dev.interdict.demo.fleet;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The company at work: enrols as fast as the server takes it, hears of a ban, follows it, and from
/// then on reports in a trickle until it is closed. Thread-safe.
public final class Fleet implements AutoCloseable {
  /// Requests open at once, and keys made at once: about what two cores can do.
  private static final int OPEN = 8;

  private static final int HEARTBEATS_PER_SECOND = 30;
  private static final Duration RELAPSES = Duration.ofSeconds(9);

  private final InstantSource clock;
  private final Births births;
  private final Map<Division, String> tokens;
  private final HttpPost post;
  private final SplittableRandom random;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("fleet-timer").factory());
  private final Queue<FleetDevice> joined = new ConcurrentLinkedQueue<>();
  private final AtomicLong enrolled = new AtomicLong();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicReference<@Nullable String> firstFailure = new AtomicReference<>();

  /// @param tokens the enrolment token of each division
  public Fleet(long seed, Map<Division, String> tokens, URI server, InstantSource clock) {
    this.births = new Births(seed);
    this.tokens = Map.copyOf(tokens);
    this.clock = clock;
    this.post = new HttpPost(server, clock, OPEN);
    this.random = new SplittableRandom(seed);
  }

  /// How far it is.
  ///
  /// @param reports accepted in all
  /// @param failed requests that the server did not accept
  /// @param firstFailure why the first of them was not
  public record Progress(long enrolled, long reports, long failed, @Nullable String firstFailure) {}

  public Progress progress() {
    return new Progress(enrolled.get(), sent.get(), failed.get(), firstFailure.get());
  }

  /// Begins to enrol `devices` devices.
  public void enrol(int devices) {
    var pool =
        Executors.newFixedThreadPool(
            OPEN, Thread.ofPlatform().daemon().name("fleet-join-", 0).factory());
    for (var i = 0; i < devices; i++) {
      var index = i;
      pool.execute(() -> attempt(() -> enrolOne(index)));
    }
    pool.shutdown();
  }

  private void enrolOne(int index) throws IOException {
    var device = new FleetDevice(births.life(index), post);
    var token = tokens.get(device.life().division());
    if (token == null) {
      throw new IOException("no enrolment token for " + device.life().division());
    }
    device.enrol(token);
    joined.add(device);
    enrolled.incrementAndGet();
  }

  /// Lets every device that has enrolled hear of the ban, those with the tool first, and report
  /// from now on, also when nothing changes.
  public void hear(Ban ban) {
    var reports = new Reports(ban);
    var course = new Course(ban);
    var devices = new ArrayList<>(joined);
    devices.sort(Comparator.comparing(device -> !device.life().hasIt()));
    for (var device : devices) {
      var steps = course.of(device.life(), clock.instant());
      plan(device, reports, steps);
    }
    var pulse = new Pulse(devices);
    timer.scheduleAtFixedRate(
        () -> pulse.next().ifPresent(device -> send(() -> device.reportAgain(clock.instant()))),
        0,
        1_000 / HEARTBEATS_PER_SECOND,
        TimeUnit.MILLISECONDS);
    timer.scheduleAtFixedRate(
        () -> relapse(ban, reports, course, devices),
        RELAPSES.toMillis(),
        RELAPSES.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  private void plan(FleetDevice device, Reports reports, List<Step> steps) {
    for (var step : steps) {
      var wait = Duration.between(clock.instant(), step.at()).toMillis();
      timer.schedule(
          () -> send(() -> device.report(reports, step.condition(), clock.instant())),
          Math.max(0, wait),
          TimeUnit.MILLISECONDS);
    }
  }

  /// After the date, now and then, somebody installs it again.
  private void relapse(Ban ban, Reports reports, Course course, List<FleetDevice> devices) {
    var now = clock.instant();
    if (devices.isEmpty() || now.isBefore(ban.effective().plus(ban.minimumNotice()))) {
      return;
    }
    var device = devices.get(random.nextInt(devices.size()));
    if (device.life().fate() instanceof Fate.Clean) {
      plan(device, reports, course.relapse(now));
    }
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
