package dev.interdict.decide;

import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Exemption;
import java.time.Instant;

/// What follows for one rule on this device now.
public sealed interface Verdict {

  /// The rule is not for this device.
  record OutOfScope(Outside why) implements Verdict {}

  /// Not announced yet: nothing is said or done.
  record Unannounced(Instant announce) implements Verdict {}

  /// This device may keep it until then.
  record Exempt(Exemption exemption) implements Verdict {}

  /// Held: by the brake, by a doubt, or by a limit. Nothing is removed until it is resolved.
  ///
  /// @param why the reason that whoever stopped it gave, else in our words
  record Held(Hold hold, String why) implements Verdict {}

  /// Told or to be told, and not yet enforced.
  record Waiting(DeviceDate date) implements Verdict {}

  /// The date has passed.
  ///
  /// @param enforcement what is to be done at most
  record Due(DeviceDate date, Enforcement enforcement) implements Verdict {}

  /// Why a rule does not apply.
  enum Outside {
    SYSTEM,
    EXCLUDED_GROUP,
    OTHER_GROUPS,
    /// The rule is for the corporate network, and none of its signed marks was reached.
    OTHER_NETWORK
  }

  /// Why a rule is held.
  enum Hold {
    STOPPED,
    EXEMPTION_UNREADABLE,
    TOO_MANY_MATCHES,
    POLICY_EXPIRED
  }
}
