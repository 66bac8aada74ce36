package dev.interdict.decide;

import dev.interdict.policy.Exemptions;
import dev.interdict.policy.Stop;
import java.time.Instant;
import java.util.Set;

/// Everything besides the rule and its findings that a verdict depends on, pinned for one cycle.
///
/// @param time trusted time, and what else is known of the time
/// @param marks keys of signed marks of networks that were reached just now
public record Situation(
    DeviceFacts device,
    Exemptions exemptions,
    Stop stop,
    PolicyAge age,
    TimeView time,
    Set<String> marks) {
  public Situation {
    marks = Set.copyOf(marks);
  }

  /// Trusted time: certainly not later than the present.
  public Instant now() {
    return time.trusted();
  }

  /// How fresh the verified policy is.
  public enum PolicyAge {
    CURRENT,
    /// The server could not be reached for longer than its timestamp lives: what was verified is
    /// still enforced.
    STALE,
    /// The blocklist's own signature has expired: only notices, nothing new is removed.
    EXPIRED
  }
}
