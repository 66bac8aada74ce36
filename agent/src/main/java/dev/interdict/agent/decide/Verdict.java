package dev.interdict.agent.decide;

import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Exemption;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What follows for one rule on this device now.
public sealed interface Verdict {

  /// The rule is not for this device.
  record OutOfScope(String why) implements Verdict {}

  /// Not announced yet: nothing is said or done.
  record Unannounced(Instant announce) implements Verdict {}

  /// This device may keep it until then.
  record Exempt(Exemption exemption) implements Verdict {}

  /// Held: by the brake, by a doubt, or by a limit. Nothing is removed until it is resolved.
  record Held(Hold hold, String why) implements Verdict {}

  /// Told, and not yet enforced.
  ///
  /// @param notice the phase to be shown now, or null if none is
  record Waiting(DeviceDate date, @Nullable NoticePhase notice) implements Verdict {}

  /// The date has passed.
  ///
  /// @param enforcement what is to be done at most
  record Due(DeviceDate date, Enforcement enforcement) implements Verdict {}

  /// Why a rule is held.
  enum Hold {
    STOPPED,
    EXEMPTION_UNREADABLE,
    TOO_MANY_MATCHES,
    POLICY_EXPIRED
  }
}
