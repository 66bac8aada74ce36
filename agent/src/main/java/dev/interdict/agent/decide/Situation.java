package dev.interdict.agent.decide;

import dev.interdict.policy.Exemptions;
import dev.interdict.policy.Stop;
import java.time.Instant;

/// Everything besides the rule and its findings that a verdict depends on, pinned for one cycle.
///
/// @param now trusted time: certainly not later than this in reality
public record Situation(
    DeviceFacts device, Exemptions exemptions, Stop stop, PolicyAge age, Instant now) {

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
