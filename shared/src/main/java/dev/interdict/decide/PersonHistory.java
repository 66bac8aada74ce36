package dev.interdict.decide;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What one person was told of one rule and answered. Instants are trusted time; spans of awake
/// time are measured by the device's whole awake time, which does not count while it is off or
/// asleep.
///
/// @param firstShown when a notice was first really shown
/// @param lastShown when one was last shown
/// @param wanted awake time at which a notice was first due
/// @param tried awake time at which one was first tried and not shown
/// @param givenUp when the person counted as told without a notice, since none could be shown
/// @param snoozedUntil the promised time of the next reminder
/// @param lastCall what the person heard of the end
public record PersonHistory(
    @Nullable Instant firstShown,
    @Nullable Instant lastShown,
    @Nullable Duration wanted,
    @Nullable Duration tried,
    @Nullable Instant givenUp,
    @Nullable Instant snoozedUntil,
    @Nullable LastCall lastCall) {

  /// Nothing was said yet.
  public static final PersonHistory NONE =
      new PersonHistory(null, null, null, null, null, null, null);

  /// The warning right before the end.
  ///
  /// @param date the device's date that it spoke of
  /// @param shown when it was first shown, or null
  /// @param tried when it was first tried and not shown, or null
  public record LastCall(Instant date, @Nullable Instant shown, @Nullable Instant tried) {}

  /// From when the minimum notice runs, or null while it does not.
  public @Nullable Instant told() {
    return firstShown != null ? firstShown : givenUp;
  }

  /// When the last call for `date` has been heard out, or null if it was not made. Being heard at
  /// last makes the end of one no earlier: that end was named.
  ///
  /// @param notice the rule's minimum notice: a call need not be longer than that
  @Nullable Instant calledOut(Instant date, Duration notice) {
    if (lastCall == null || !lastCall.date().equals(date)) {
      return null;
    }
    var shown = lastCall.shown();
    var tried = lastCall.tried();
    var heard = shown == null ? null : shown.plus(shorter(Deciding.LAST_CALL, notice));
    if (tried == null || shown != null && !tried.isBefore(shown)) {
      return heard;
    }
    var unheard = tried.plus(shorter(Deciding.UNHEARD_CALL, notice));
    return heard == null || heard.isBefore(unheard) ? unheard : heard;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
