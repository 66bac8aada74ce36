package dev.interdict.server.events;

import dev.interdict.server.store.BusyException;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Leases;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands events to one reader, in order and each until the reader took it over: one server of all
/// does it at a time. A server that is killed in the middle hands the last ones over again, under
/// the same ids. What the reader cannot take waits in the database. Thread-safe.
public final class Follower implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
  private static final int BATCH = 200;
  private static final Duration LEASE = Duration.ofSeconds(60);

  /// Nothing is begun within a lease that might outlast it.
  private static final Duration TURN = Duration.ofSeconds(30);

  private static final long FIRST_REST = 1_000;
  private static final long LONGEST_REST = 120_000;

  private final Feed feed;
  private final Leases leases;
  private final String name;
  private final Reader reader;
  private final AtomicLong failures = new AtomicLong();
  private volatile @Nullable String trouble;
  private long restUntil = System.nanoTime();
  private final ScheduledExecutorService schedule;

  /// Takes events over.
  @FunctionalInterface
  public interface Reader {
    /// Returns once all of them are where they belong.
    ///
    /// @throws IOException if not all are; they come again
    void read(List<Event> events) throws IOException;
  }

  /// @param name of the reader, for good: by it its place is kept
  public Follower(Database database, Leases leases, String name, Reader reader) {
    this.feed = new Feed(database, name);
    this.leases = leases;
    this.name = name;
    this.reader = reader;
    this.schedule =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("events-" + name).daemon().factory());
  }

  /// Looks for events so often, from now on.
  public Follower start(Duration every) {
    feed.begin();
    var _ =
        schedule.scheduleWithFixedDelay(
            this::guarded, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    return this;
  }

  private void guarded() {
    if (System.nanoTime() - restUntil < 0) {
      return;
    }
    try {
      turn();
    } catch (BusyException e) {
      LOG.atDebug().setCause(e).log("events wait");
    } catch (RuntimeException e) {
      // Thrown on, it would end the schedule.
      LOG.atWarn().setCause(e).addKeyValue("to", name).log("events were not handed over");
    }
  }

  private void turn() {
    if (feed.next(1).events().isEmpty()) {
      return;
    }
    var task = "events:" + name;
    if (!leases.take(task, LEASE)) {
      return;
    }
    var began = System.nanoTime();
    try {
      while (System.nanoTime() - began < TURN.toNanos() && !schedule.isShutdown()) {
        var batch = feed.next(BATCH);
        if (batch.events().isEmpty()) {
          break;
        }
        if (batch.lost() > 0) {
          LOG.atError()
              .addKeyValue("to", name)
              .addKeyValue("lost", batch.lost())
              .log("events were let go before they could be handed over");
        }
        reader.read(batch.events());
        feed.done(batch);
        failures.set(0);
        trouble = null;
      }
    } catch (IOException e) {
      rest(e);
    } finally {
      if (System.nanoTime() - began < LEASE.toNanos()) {
        leases.giveBack(task);
      }
    }
  }

  private void rest(IOException e) {
    var times = failures.incrementAndGet();
    trouble = String.valueOf(e.getMessage());
    var rest = Math.min(LONGEST_REST, FIRST_REST << Math.min(times - 1, 10));
    rest = rest / 2 + ThreadLocalRandom.current().nextLong(rest / 2 + 1);
    restUntil = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(rest);
    LOG.atLevel(times == 1 ? org.slf4j.event.Level.WARN : org.slf4j.event.Level.DEBUG)
        .addKeyValue("to", name)
        .addKeyValue("why", String.valueOf(e.getMessage()))
        .log("events could not be handed over, they wait");
  }

  /// Where its reader stands.
  public Feed feed() {
    return feed;
  }

  /// How often in a row its reader could not take events over.
  public long failures() {
    return failures.get();
  }

  /// Why its reader could not take events over the last time; null where it could.
  public @Nullable String trouble() {
    return trouble;
  }

  /// Stops; what has begun is finished, for at most five seconds.
  @Override
  public void close() {
    schedule.shutdown();
    try {
      if (!schedule.awaitTermination(5, TimeUnit.SECONDS)) {
        schedule.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
