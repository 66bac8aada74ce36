package dev.interdict.agent.time;

import java.time.Duration;
import java.time.Instant;

/// The server states a time that nothing independent of it bears out.
///
/// @param stated what it stated
/// @param heard trusted time when that was heard
/// @param boot the boot in which it was heard
/// @param since trusted time when the first of the statements that agree was heard
public record Dispute(Instant stated, Instant heard, String boot, Instant since) {
  static Dispute begin(Instant stated, Instant now, String boot) {
    return new Dispute(stated, now, boot, now);
  }

  /// Whether a further statement fits the earlier ones. Time powered off may lie between two boots,
  /// so that only a statement of less is a contradiction then.
  boolean agrees(Instant further, Instant now, String in) {
    var beyond = Duration.between(stated.plus(Duration.between(heard, now)), further);
    var early = beyond.plus(TrustedClock.DRIFT).isNegative();
    var late = beyond.compareTo(TrustedClock.DRIFT) > 0 && in.equals(boot);
    return !early && !late;
  }

  /// The dispute after a statement that agrees. Within one boot the first one stays the measure, or
  /// small steps would add up.
  Dispute confirmed(Instant further, Instant now, String in) {
    return in.equals(boot) ? this : new Dispute(further, now, in, since);
  }

  Duration age(Instant now) {
    return Duration.between(since, now);
  }
}
