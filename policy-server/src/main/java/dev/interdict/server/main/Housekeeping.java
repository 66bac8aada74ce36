package dev.interdict.server.main;

import dev.interdict.server.access.KeptForms;
import dev.interdict.server.compliance.DailyRun;
import dev.interdict.server.fleet.Pruning;
import dev.interdict.server.fleet.Shading;
import dev.interdict.server.fleet.expected.ExpectedFleet;
import dev.interdict.server.publish.SignedTime;
import dev.interdict.server.store.BusyException;
import dev.interdict.server.store.Leases;
import dev.interdict.trust.metadata.RepositoryException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The work of each day: its figures, then letting go what is kept long enough. All of it may be
/// broken off and begun again; of several servers one lets go.
///
/// What goes is gone for good, so this machine's clock alone is no reason: it goes by the time that
/// was signed last, and nothing is done at all while the clock is far from that. But what somebody
/// typed and was kept for minutes goes with the next turn, whatever the clock: who loses it types
/// it again.
final class Housekeeping implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final Duration FIRST = Duration.ofSeconds(20);
  private static final Duration SLACK = Duration.ofMinutes(5);
  private static final String LEASE = "pruning";

  /// Shorter than a day by more than its length ever changes.
  private static final Duration LEASED = Duration.ofHours(20);

  /// Several servers follow the time one after the other, not all at once.
  private static final Duration SHADES = Duration.ofSeconds(50);

  /// Devices that the time moved, so that the database's own plans may no longer fit.
  private static final int MANY = 1_000;

  /// Between two such looks of the database, each of which takes seconds in a large fleet.
  private static final Duration PAUSE = Duration.ofMinutes(10);

  private final KeptForms forms;
  private final Shading shading;
  private final ExpectedFleet expected;
  private final DailyRun daily;
  private final EventChores events;
  private final Pruning pruning;
  private final InstantSource clock;
  private final SignedLast signed;
  private final Leases leases;
  private final Duration samplesFor;
  private final ScheduledExecutorService schedule =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("housekeeping").daemon().factory());
  private Instant looked = Instant.EPOCH;
  private long moved;
  private LocalDate begun = LocalDate.EPOCH;
  private LocalDate pruned = LocalDate.EPOCH;
  private boolean doubted;
  private volatile boolean closing;

  /// When the repository's newest timestamp was signed.
  @FunctionalInterface
  interface SignedLast {
    @Nullable Instant at() throws RepositoryException;
  }

  Housekeeping(
      KeptForms forms,
      Shading shading,
      ExpectedFleet expected,
      DailyRun daily,
      EventChores events,
      Pruning pruning,
      InstantSource clock,
      SignedLast signed,
      Leases leases,
      Duration samplesFor) {
    this.forms = forms;
    this.shading = shading;
    this.expected = expected;
    this.daily = daily;
    this.events = events;
    this.pruning = pruning;
    this.clock = clock;
    this.signed = signed;
    this.leases = leases;
    this.samplesFor = samplesFor;
  }

  Housekeeping start() {
    var _ =
        schedule.scheduleWithFixedDelay(
            this::beat, FIRST.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    return this;
  }

  /// What is done each time; one part keeps no other from being done.
  void beat() {
    guarded(forms::letGo);
    guarded(this::turn);
  }

  private interface Chore {
    void run() throws RepositoryException;
  }

  private static void guarded(Chore chore) {
    try {
      chore.run();
    } catch (BusyException e) {
      LOG.atDebug().setCause(e).log("the work of the day waits");
    } catch (RepositoryException | RuntimeException e) {
      // Thrown on, it would end the schedule.
      LOG.atWarn().setCause(e).log("the work of the day was not done, it is tried again");
    }
  }

  /// One turn.
  void turn() throws RepositoryException {
    var last = signed.at();
    var now = clock.instant();
    if (last != null && isFar(now, last)) {
      doubt(now, last);
      return;
    }
    doubted = false;
    if (leases.take("shades", SHADES)) {
      moved += shading.turn(now);
      if (moved >= MANY && Duration.between(looked, now).compareTo(PAUSE) >= 0) {
        looked = now;
        guarded(() -> {
          shading.lookAgain();
          moved = 0;
        });
      }
    }
    // Before the figures of the day, and by itself: where it fails all else is done.
    guarded(() -> expected.settle(() -> closing));
    var today = daily.today();
    events.turn(today, clock.instant());
    if (daily.runOnceFor(today)) {
      LOG.atInfo().addKeyValue("day", today).log("the figures of the day are taken");
    }
    if (last != null && !pruned.equals(today)) {
      prune(today, now.isBefore(last) ? now : last);
    }
  }

  private void prune(LocalDate today, Instant now) {
    if (!begun.equals(today)) {
      if (!leases.take(LEASE, LEASED)) {
        pruned = today;
        return;
      }
      begun = today;
    }
    var samples = daily.thin(now, samplesFor);
    if (samples > 0) {
      LOG.atInfo().addKeyValue("samples", samples).log("samples of hours let go");
    }
    pruning.run(now);
    events.prune(now);
    if (pruning.isThrough()) {
      pruned = today;
    }
  }

  private static boolean isFar(Instant now, Instant last) {
    return now.isBefore(last.minus(SLACK)) || now.isAfter(last.plus(SignedTime.LONGEST));
  }

  private void doubt(Instant now, Instant last) {
    if (!doubted) {
      LOG.atError()
          .addKeyValue("clock", now)
          .addKeyValue("signed", last)
          .log(
              "the clock is far from the time that was signed last: no figures are taken, and"
                  + " nothing is let go, until the two agree");
    }
    doubted = true;
  }

  /// Stops; what has begun of a turn is broken off where it may be.
  @Override
  public void close() {
    closing = true;
    pruning.stop();
    schedule.close();
  }
}
