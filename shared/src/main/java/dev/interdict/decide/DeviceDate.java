package dev.interdict.decide;

import dev.interdict.policy.Rule;
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
  /// came late. Out of contact the last call alone counts, since trusted time may be far from the
  /// date.
  public @Nullable Instant end() {
    if (at == null || lastCall == null) {
      return at;
    }
    return setBy == SetBy.OUT_OF_CONTACT ? lastCall : later(at, lastCall);
  }

  /// The date that a notice of `now` is about: the device's own, or what it becomes by this very
  /// notice.
  public Instant spoken(Rule rule, Instant now) {
    return at != null ? at : later(effective, now.plus(rule.timeline().minimumNotice()));
  }

  /// When the end is that a notice of `now` speaks of: never before there was time to save one's
  /// work after the last call, which may be this very notice.
  public Instant end(Rule rule, Instant now) {
    var notice = rule.timeline().minimumNotice();
    var saved = now.plus(notice.compareTo(Deciding.LAST_CALL) < 0 ? notice : Deciding.LAST_CALL);
    if (setBy == SetBy.OUT_OF_CONTACT) {
      return lastCall == null ? saved : lastCall;
    }
    var date = spoken(rule, now);
    return later(date, lastCall == null ? saved : lastCall);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
