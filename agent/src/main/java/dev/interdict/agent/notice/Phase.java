package dev.interdict.agent.notice;

import dev.interdict.report.ErrorClass;
import java.time.Duration;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/// The occasion of a notice, with the facts that only this occasion knows.
///
/// A date is the device's own one, not the rule's, in the zone in which it is to be written: the
/// rule's zone, or the device's where the rule's clock is local. Texts here (a reason, a name) come
/// from people and are treated as hostile wherever they are shown; each of them may be empty.
public sealed interface Phase {

  /// Told for the first time.
  record Announced(ZonedDateTime date) implements Phase {}

  /// Told again, `days` whole days before the date.
  ///
  /// @param nextReminder when the one after this comes, in the recipient's zone; null where no
  ///   other is planned
  record Reminder(ZonedDateTime date, int days, @Nullable ZonedDateTime nextReminder)
      implements Phase {}

  /// Told on the day before.
  ///
  /// @param nextReminder as for [Reminder]
  record DayBefore(ZonedDateTime date, @Nullable ZonedDateTime nextReminder) implements Phase {}

  /// Told in the last hour.
  ///
  /// @param minutes left until the date
  /// @param deferrals how many times it may still be put off
  /// @param span by how much each time; of no meaning where `deferrals` is 0
  record LastHour(ZonedDateTime date, int minutes, int deferrals, Duration span) implements Phase {}

  /// The date has come and enforcement begins.
  record Enforced(ZonedDateTime date) implements Phase {}

  /// Removed, and verified to be gone.
  ///
  /// @param days for which what was removed can be given back
  record Removed(ZonedDateTime at, int days) implements Phase {}

  /// Not removed or blocked as it should have been.
  ///
  /// @param reference under which IT knows of it
  /// @param held whether it really cannot be started meanwhile
  record Failed(ErrorClass cause, String reference, boolean held) implements Phase {}

  /// An exemption was granted.
  ///
  /// @param days before its end at which the employee is reminded
  record Exempted(ZonedDateTime until, String approver, String reason, int days) implements Phase {}

  /// An exemption ends in `days` whole days.
  record ExemptionEnding(ZonedDateTime until, int days) implements Phase {}

  /// An exemption was refused.
  ///
  /// @param contact whom to ask
  record ExemptionRefused(ZonedDateTime date, String approver, String reason, String contact)
      implements Phase {}

  /// What was removed is back in its place.
  record Restored(String actor, String reason) implements Phase {}

  /// The removal planned for `date` will not happen.
  record CalledOff(ZonedDateTime date) implements Phase {}

  /// This occasion's stable name, such as `last-hour`; for ledgers, reports and message keys.
  default String key() {
    return switch (this) {
      case Announced _ -> "announced";
      case Reminder _ -> "reminder";
      case DayBefore _ -> "day-before";
      case LastHour _ -> "last-hour";
      case Enforced _ -> "enforced";
      case Removed _ -> "removed";
      case Failed _ -> "failed";
      case Exempted _ -> "exempted";
      case ExemptionEnding _ -> "exemption-ending";
      case ExemptionRefused _ -> "exemption-refused";
      case Restored _ -> "restored";
      case CalledOff _ -> "called-off";
    };
  }

  /// How loud this occasion is. Nothing but the last hour and the enforcement may break through a
  /// wish not to be disturbed.
  default Notice.Urgency urgency() {
    return switch (this) {
      case LastHour _, Enforced _ -> Notice.Urgency.CRITICAL;
      case Announced _, Reminder _, DayBefore _, Failed _, ExemptionEnding _, ExemptionRefused _ ->
          Notice.Urgency.NORMAL;
      case Removed _, Exempted _, Restored _, CalledOff _ -> Notice.Urgency.LOW;
    };
  }
}
