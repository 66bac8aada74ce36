package dev.interdict.server.breaker;

import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Rule;
import dev.interdict.policy.RuleId;
import dev.interdict.server.publish.PublishOutcome;
import dev.interdict.server.publish.PublishOutcome.Refused;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Leases;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Watches what workstations report of each rule that takes something away, and holds the rule in
/// the signed controls when that goes wrong. Only ever holds more; people let go.
///
/// A trip is written down first and held then; each turn holds whatever is written down and not yet
/// held. So a crash between the two, or somebody who publishes another stop, is mended by the next
/// turn, and turns in several processes do no harm. Thread-safe.
public final class Breaker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Breaker.class);
  private static final String REASON =
      "Removal is paused for now: IT looks into what was reported. You need to do nothing.";

  private final Database database;
  private final Trips trips;
  private final InstantSource clock;
  private final Thresholds thresholds;
  private final Supplier<List<Rule>> rules;
  private final Controls controls;
  private final ScheduledExecutorService schedule =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("breaker").daemon().factory());

  /// Holds these rules, beside what is held, in the signed stop.
  @FunctionalInterface
  public interface Controls {
    PublishOutcome hold(String actor, Set<RuleId> rules, String reason);
  }

  /// One whose turns its owner takes.
  ///
  /// @param rules that are published now
  public Breaker(
      Database database,
      Trips trips,
      InstantSource clock,
      Thresholds thresholds,
      Supplier<List<Rule>> rules,
      Controls controls) {
    this.database = database;
    this.trips = trips;
    this.clock = clock;
    this.thresholds = thresholds;
    this.rules = rules;
    this.controls = controls;
  }

  /// Takes a turn soon and then every `interval`, unless another server took it.
  public Breaker start(Duration interval, Leases leases) {
    var millis = interval.toMillis();
    var lease = interval.minus(interval.dividedBy(10));
    var _ =
        schedule.scheduleWithFixedDelay(
            () -> guarded(leases, lease), millis, millis, TimeUnit.MILLISECONDS);
    return this;
  }

  private void guarded(Leases leases, Duration lease) {
    try {
      if (leases.take("breaker", lease)) {
        run();
      }
    } catch (RuntimeException e) {
      // Thrown on, it would end the schedule.
      LOG.atError().setCause(e).log("rules were not watched, it is tried again");
    }
  }

  /// One turn.
  public void run() {
    var now = clock.instant();
    var published = rules.get();
    var resumed = trips.resumed();
    try {
      for (var rule : published) {
        if (rule.enforcement().compareTo(Enforcement.BLOCK) >= 0) {
          watch(rule, now, resumed);
        }
      }
    } finally {
      // What was decided before is held, whatever became of the watching.
      hold(published);
    }
  }

  private void watch(Rule rule, Instant now, Map<RuleId, Instant> resumed) {
    var most = thresholds.of(rule.id());
    if (!most.on()) {
      return;
    }
    var from = resumed.getOrDefault(rule.id(), Instant.EPOCH);
    var sign = database.read(handle -> new Signs(handle, rule, most, now, from).first());
    sign.filter(one -> trips.trip(rule.id(), one.cause(), one.words()))
        .ifPresent(one ->
            LOG.atError()
                .addKeyValue("rule", rule.id())
                .addKeyValue("cause", one.cause().written())
                .addKeyValue("words", one.words())
                .log(
                    "the circuit breaker holds a rule; people let go: interdict resume --propose"));
  }

  /// Holds what is written down as tripped and is not held.
  private void hold(List<Rule> published) {
    var wanted = new HashSet<>(trips.held());
    wanted.retainAll(published.stream().map(Rule::id).toList());
    if (wanted.isEmpty()) {
      return;
    }
    if (controls.hold(Trips.BREAKER, wanted, REASON) instanceof Refused(var _, var why)) {
      LOG.atError()
          .addKeyValue("reason", why.text())
          .log("the circuit breaker cannot hold a rule; do it by hand: interdict pause --all");
    }
  }

  /// Stops watching; a turn that has begun is finished.
  @Override
  public void close() {
    schedule.close();
  }
}
