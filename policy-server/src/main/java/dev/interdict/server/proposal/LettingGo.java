package dev.interdict.server.proposal;

import static dev.interdict.server.publish.PublishOutcome.Reason.CONFLICT;
import static dev.interdict.server.publish.PublishOutcome.Reason.CONTENT;

import dev.interdict.policy.RuleId;
import dev.interdict.policy.Stop;
import dev.interdict.server.breaker.Trip;
import dev.interdict.server.breaker.Trips;
import dev.interdict.server.publish.Brake;
import dev.interdict.server.publish.Consent;
import dev.interdict.server.publish.Graver;
import dev.interdict.server.publish.PublishOutcome;
import dev.interdict.server.publish.PublishOutcome.Refused;
import dev.interdict.server.publish.Stops;
import dev.interdict.server.review.Person;
import dev.interdict.server.wording.Sentence;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Lets go of rules that are held, so that agents remove them again: with the agreement of two
/// people, but for a pause that the very person takes back within [#UNDO]. Thread-safe.
public final class LettingGo {
  /// How long whoever paused may take it back alone. Nothing is in force then but what was before
  /// it; later others may have come to count on the pause.
  public static final Duration UNDO = Duration.ofMinutes(10);

  private final Brake brake;
  private final Trips trips;
  private final Stops stops;
  private final Proposals proposals;
  private final InstantSource clock;

  public LettingGo(
      Brake brake, Trips trips, Stops stops, Proposals proposals, InstantSource clock) {
    this.brake = brake;
    this.trips = trips;
    this.stops = stops;
    this.proposals = proposals;
    this.clock = clock;
  }

  /// What is held once these are let go.
  ///
  /// @param rules empty for the hold of every rule if there is one, else for all that are held
  private static Stop without(Stop now, Set<RuleId> rules) {
    var rest = new HashSet<>(rules.isEmpty() && !now.all() ? Set.<RuleId>of() : now.rules());
    rest.removeAll(rules);
    return new Stop(false, rest, rest.isEmpty() ? "Nothing is held." : now.reason());
  }

  /// Writes down what is to be let go, for somebody else to decide on.
  public Proposals.Outcome propose(Person by, Set<RuleId> rules, @Nullable String note) {
    var caught = new Caught();
    var outcome = letGo(by.name(), rules, (_, changes) -> caught.refusal(changes));
    var change = caught.change;
    if (change != null) {
      return proposals.propose(by, change, note);
    }
    return new Proposals.Outcome.Not(
        outcome instanceof Refused refused
            ? refused
            : new Refused(
                CONTENT,
                Sentence.of(
                    "hold.nothing", "none of it is held, so there is nothing to let go of")));
  }

  /// Agrees to nothing, and keeps what it was asked.
  private static final class Caught implements Consent {
    private @Nullable Graver change;

    @Override
    public Refused refusal(List<Graver> changes) {
      change = changes.getFirst();
      return new Refused(CONTENT, "it is proposed");
    }
  }

  /// Lets go.
  ///
  /// @param alone what agrees in the name of one person, in an emergency; null for nothing
  /// @param note what was found
  public PublishOutcome resume(
      Person by, Set<RuleId> rules, @Nullable Consent alone, @Nullable String note) {
    return letGo(
        by.name(),
        rules,
        (now, changes) -> {
          var tripped = tripped(now, without(now, rules));
          if (!tripped.isEmpty() && !by.mayWrite()) {
            return new Refused(
                CONTENT,
                Sentence.of(
                    "hold.role",
                    "%s is no author or approver, and only these let go of what the breaker holds",
                    by.name()));
          }
          if (tripped.isEmpty() && isUndo(by, changes.getFirst())) {
            return null;
          }
          var refused = (alone == null ? agreed(by, tripped) : alone).refusal(changes);
          if (refused == null && !tripped.isEmpty()) {
            // Written down first: what the signed file then still holds, it holds too long at
            // worst.
            trips.resume(
                by.name(), tripped.stream().map(Trip::rule).collect(Collectors.toSet()), note);
          }
          return refused;
        });
  }

  /// Consent that knows what was held.
  @FunctionalInterface
  private interface Informed {
    @Nullable Refused refusal(Stop now, List<Graver> changes);
  }

  private PublishOutcome letGo(String actor, Set<RuleId> rules, Informed consent) {
    var held = brake.held();
    if (held.all() && !rules.isEmpty()) {
      return new Refused(
          CONFLICT,
          Sentence.of(
              "hold.every",
              "every rule is held, so none can be let go by itself: interdict resume"));
    }
    var unsigned = unsigned(held, rules);
    if (!unsigned.isEmpty()) {
      return new Refused(
          CONFLICT,
          Sentence.of(
              "hold.unsigned",
              "the circuit breaker has just decided to hold %s: the running server signs that"
                  + " within a minute, then try again",
              unsigned));
    }
    var from = new AtomicReference<>(held);
    return brake.change(
        actor,
        now -> {
          from.set(now);
          // Somebody may have held every rule since this was looked at.
          return now.all() && !rules.isEmpty() ? null : without(now, rules);
        },
        changes -> consent.refusal(from.get(), changes));
  }

  /// What the breaker wants held and is not yet.
  private String unsigned(Stop held, Set<RuleId> rules) {
    return trips.held().stream()
        .filter(rule -> !held.holds(rule) && (rules.isEmpty() || rules.contains(rule)))
        .map(RuleId::value)
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private List<Trip> tripped(Stop now, Stop next) {
    return trips.list().stream()
        .filter(trip -> trip.isOpen() && now.holds(trip.rule()) && !next.holds(trip.rule()))
        .toList();
  }

  /// An agreement from before the breaker tripped was given without knowing that.
  private Consent agreed(Person by, List<Trip> tripped) {
    var newest = tripped.stream().map(Trip::at).max(Instant::compareTo).orElse(Instant.MIN);
    return proposals.consent(by.name(), newest);
  }

  private boolean isUndo(Person by, Graver change) {
    var now = clock.instant();
    return stops
        .last()
        .filter(last ->
            last.actor().equals(by.name())
                && last.after().equals(Proposals.canonical(change.before()))
                && last.before().equals(Proposals.canonical(change.next()))
                && !now.isBefore(last.at())
                && now.isBefore(last.at().plus(UNDO)))
        .isPresent();
  }
}
