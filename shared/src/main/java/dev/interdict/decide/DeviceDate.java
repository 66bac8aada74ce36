package dev.interdict.decide;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// From when a rule is enforced on this device, and which input set that.
///
/// @param at the date; null while somebody was not told, since the notice must come first
/// @param effective the rule's own date here, with its ring
/// @param ring the ring that this device is in, or null
/// @param noticeEnds last first notice plus minimum notice, or null as for `at`
/// @param lastCall when everybody who is there has been warned right before the end and had time to
///   save; null before that
public record DeviceDate(
    @Nullable Instant at,
    Instant effective,
    @Nullable String ring,
    @Nullable Instant noticeEnds,
    SetBy setBy,
    @Nullable Instant lastCall) {

  /// Which input decided.
  public enum SetBy {
    EFFECTIVE_DATE,
    MINIMUM_NOTICE,
    /// An exemption was asked for in time, and the rule waits for the answer.
    REQUEST,
    DEFERRAL,
    /// The time has gone unconfirmed for long, and the rule says what counts then.
    OUT_OF_CONTACT,
    /// Not known yet: the first notice has not been shown.
    FIRST_NOTICE_OUTSTANDING
  }

  /// The same, come by what the rule says of devices out of contact.
  DeviceDate outOfContact() {
    return new DeviceDate(at, effective, ring, noticeEnds, SetBy.OUT_OF_CONTACT, lastCall);
  }

  /// From when it is really enforced as far as is known: the date, or the end of a last call that
  /// came late.
  public @Nullable Instant end() {
    return at == null || lastCall == null || !lastCall.isAfter(at) ? at : lastCall;
  }
}
