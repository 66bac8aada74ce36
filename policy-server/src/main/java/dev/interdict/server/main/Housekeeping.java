package dev.interdict.server.main;

import dev.interdict.server.compliance.Daily;
import dev.interdict.server.fleet.Pruning;
import dev.interdict.server.store.BusyException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The work of each day: its figures, then letting go what is kept long enough. All of it may be
/// broken off and begun again, and be done by several servers at once.
final class Housekeeping implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final Duration FIRST = Duration.ofSeconds(20);

  private final Daily daily;
  private final EventChores events;
  private final Pruning pruning;
  private final InstantSource clock;
  private final Duration samplesFor;
  private final ScheduledExecutorService schedule =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("housekeeping").daemon().factory());
  private LocalDate pruned = LocalDate.EPOCH;

  Housekeeping(
      Daily daily, EventChores events, Pruning pruning, InstantSource clock, Duration samplesFor) {
    this.daily = daily;
    this.events = events;
    this.pruning = pruning;
    this.clock = clock;
    this.samplesFor = samplesFor;
  }

  Housekeeping start() {
    var _ =
        schedule.scheduleWithFixedDelay(
            this::guarded, FIRST.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    return this;
  }

  private void guarded() {
    try {
      turn();
    } catch (BusyException e) {
      LOG.atDebug().setCause(e).log("the work of the day waits");
    } catch (RuntimeException e) {
      // Thrown on, it would end the schedule.
      LOG.atWarn().setCause(e).log("the work of the day was not done, it is tried again");
    }
  }

  private void turn() {
    var today = daily.today();
    events.turn(today, clock.instant());
    if (daily.runOnceFor(today)) {
      LOG.atInfo().addKeyValue("day", today).log("the figures of the day are taken");
    }
    if (!pruned.equals(today)) {
      daily.thin(samplesFor);
      pruning.run(clock.instant());
      events.prune(clock.instant());
      pruned = today;
    }
  }

  /// Stops; what has begun of a turn is broken off where it may be.
  @Override
  public void close() {
    pruning.stop();
    schedule.close();
  }
}
