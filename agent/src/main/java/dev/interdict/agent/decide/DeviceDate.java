package dev.interdict.agent.decide;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// From when a rule is enforced on this device, and which input set that.
///
/// @param at the date; null while no notice was shown or tried, since the notice must come first
/// @param effective the rule's own date here, with its ring
/// @param ring the ring that this device is in, or null
/// @param noticeEnds first notice plus minimum notice, or null as for `at`
public record DeviceDate(
    @Nullable Instant at,
    Instant effective,
    @Nullable String ring,
    @Nullable Instant noticeEnds,
    SetBy setBy) {

  /// Which input decided.
  public enum SetBy {
    EFFECTIVE_DATE,
    MINIMUM_NOTICE,
    DEFERRAL,
    /// The time has gone unconfirmed for long, and the rule says what counts then.
    OUT_OF_CONTACT,
    /// Not known yet: the first notice has not been shown.
    FIRST_NOTICE_OUTSTANDING
  }

  DeviceDate outOfContact() {
    return new DeviceDate(at, effective, ring, noticeEnds, SetBy.OUT_OF_CONTACT);
  }
}
