package dev.interdict.server.fleetsim;

import dev.interdict.report.ActionKind;
import dev.interdict.report.ErrorClass;
import dev.interdict.report.Presence;
import dev.interdict.report.RuleState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How a machine stands with the ban from one instant to the next.
///
/// @param state what its agent can say of it
/// @param has the truth: whether the tool is there, seen or not
/// @param date the machine's own; null while none is set
/// @param did what the agent did when this began; null for nothing
/// @param error why that failed; null unless it did
/// @param answer what a person answered when this began, as a report writes it; null for nothing
record Phase(
    Instant from,
    RuleState state,
    boolean has,
    @Nullable Presence presence,
    @Nullable Instant date,
    @Nullable Instant exemptUntil,
    @Nullable ActionKind did,
    @Nullable ErrorClass error,
    @Nullable String answer) {

  /// The tool is not there.
  static Phase without(Instant from, RuleState state, @Nullable ActionKind did) {
    return new Phase(from, state, false, null, null, null, did, null, null);
  }

  /// The tool is there and its date is known, or not yet.
  static Phase present(Instant from, Presence presence, @Nullable Instant date) {
    var did = presence == Presence.NOTIFIED ? ActionKind.NOTIFIED : null;
    return new Phase(from, RuleState.PRESENT, true, presence, date, null, did, null, null);
  }

  /// The agent is at work on it, or has failed.
  static Phase acting(Instant from, @Nullable Instant date, @Nullable ErrorClass error) {
    return error == null
        ? new Phase(
            from, RuleState.REMOVING, true, null, date, null, ActionKind.STOPPED, null, null)
        : new Phase(from, RuleState.FAILED, true, null, date, null, ActionKind.FAILED, error, null);
  }

  /// What the agent cannot see, whatever the truth.
  static Phase unseen(Instant from, boolean has) {
    return new Phase(from, RuleState.UNKNOWN, has, null, null, null, null, null, null);
  }

  Phase answering(String kind) {
    return new Phase(from, state, has, presence, date, exemptUntil, did, error, kind);
  }

  Phase exemptUntil(Instant until) {
    return new Phase(from, state, has, presence, null, until, null, error, answer);
  }
}
