package dev.interdict.decide;

import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Rule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one person is to be told of one rule now, or when next.
///
/// Before the last hour only in [WorkingHours], at most once a day before the day before, never
/// sooner than a reminder was promised. Of what was missed only the latest is told. Hours are those
/// of the computer's own clock where nothing speaks against it; dates go by trusted time.
public final class Telling {
  private static final int AFTERNOON = 16;
  static final Duration HOUR = Duration.ofHours(1);
  private static final List<Duration> LAST_CALLS =
      List.of(HOUR, Duration.ofMinutes(15), Duration.ofMinutes(5));

  /// Awake time for which a notice waits for working hours, longer than any weekend: whoever only
  /// works at night is told at night then.
  private static final Duration HELD_BACK_AT_MOST = Duration.ofHours(72);

  /// What is due.
  ///
  /// @param phase what is to be told now, or null
  /// @param heldBack whether it is due and waits for working hours; `phase` is null then
  /// @param at if nothing is to be told now: when something may be, or null
  public record Next(@Nullable NoticePhase phase, boolean heldBack, @Nullable Instant at) {
    static final Next NOTHING = new Next(null, false, null);

    static Next now(NoticePhase phase) {
      return new Next(phase, false, null);
    }

    static Next later(Instant at) {
      return new Next(null, false, at);
    }

    static Next heldBack(Instant until) {
      return new Next(null, true, until);
    }
  }

  private Telling() {}

  /// What is due of `rule` to a person.
  ///
  /// @param date as the verdict waits for it
  /// @param zone the person's
  /// @param awake the device's awake time in all
  public static Next next(
      Rule rule,
      DeviceDate date,
      PersonHistory person,
      ZoneId zone,
      TimeView time,
      Duration awake) {
    if (rule.enforcement() == Enforcement.OBSERVE) {
      return Next.NOTHING;
    }
    if (date.at() == null) {
      // Where this person knows, others are still to be told.
      return person.firstShown() == null ? first(date, person, zone, time, awake) : Next.NOTHING;
    }
    var lastHour = date.at().minus(HOUR);
    var come = date.setBy() == DeviceDate.SetBy.OUT_OF_CONTACT;
    if (come || !time.trusted().isBefore(lastHour)) {
      var out = person.calledOut(date.at(), rule.timeline().minimumNotice());
      return lastHour(date.at(), come, person, out, time.trusted());
    }
    if (person.firstShown() == null) {
      return first(date, person, zone, time, awake);
    }
    var snoozed = person.snoozedUntil();
    if (snoozed != null && time.trusted().isBefore(snoozed)) {
      return Next.later(snoozed.isBefore(lastHour) ? snoozed : lastHour);
    }
    if (snoozed != null && (person.lastShown() == null || person.lastShown().isBefore(snoozed))) {
      return Next.now(phase(rule, person.firstShown(), date.at(), zone, time.trusted()));
    }
    return reminder(rule, date.at(), person.firstShown(), person, zone, time, lastHour);
  }

  /// Whether it is a time at which people may be told what can wait, by the computer's own clock.
  public static boolean inWorkingHours(TimeView time, ZoneId zone) {
    return WorkingHours.WORKDAY.contain(time.shown().atZone(zone));
  }

  /// When the next reminder after one of `phase` comes by itself, so that it can be promised; null
  /// where nothing but the last hour follows.
  public static @Nullable Instant promise(
      NoticePhase phase, Instant date, Instant now, ZoneId zone) {
    var local = now.atZone(zone);
    var next =
        switch (phase) {
          case ANNOUNCED, REMINDER ->
              WorkingHours.WORKDAY.from(local.toLocalDate().plusDays(1).atStartOfDay(zone));
          case DAY_BEFORE ->
              local.getHour() < AFTERNOON
                  ? local.toLocalDate().atTime(AFTERNOON, 0).atZone(zone)
                  : null;
          case LAST_HOUR -> null;
        };
    return next == null || !next.toInstant().isBefore(date.minus(HOUR)) ? null : next.toInstant();
  }

  /// The first notice: in working hours, unless the rule is in force already or about to be.
  private static Next first(
      DeviceDate date, PersonHistory person, ZoneId zone, TimeView time, Duration awake) {
    var local = time.shown().atZone(zone);
    var urgent = !time.trusted().isBefore(date.effective().minus(HOUR));
    var waited =
        person.wanted() != null && awake.minus(person.wanted()).compareTo(HELD_BACK_AT_MOST) >= 0;
    if (urgent || waited || WorkingHours.WORKDAY.contain(local)) {
      return Next.now(NoticePhase.ANNOUNCED);
    }
    var opens = ahead(WorkingHours.WORKDAY.from(local).toInstant(), time);
    var urgentAt = date.effective().minus(HOUR);
    return Next.heldBack(urgentAt.isBefore(opens) ? urgentAt : opens);
  }

  /// Sixty, fifteen and five minutes before the end; of those that were missed only the latest.
  private static Next lastHour(
      Instant date, boolean come, PersonHistory person, @Nullable Instant out, Instant now) {
    var call = person.lastCall();
    var shown = call != null && call.date().equals(date) ? call.shown() : null;
    if (shown == null || out == null) {
      return Next.now(NoticePhase.LAST_HOUR);
    }
    var last = person.lastShown() == null ? shown : person.lastShown();
    var end = come || out.isAfter(date) ? out : date;
    Instant next = null;
    for (var before : LAST_CALLS) {
      var at = end.minus(before);
      if (!at.isAfter(now) && now.isBefore(end)) {
        if (last.isBefore(at)) {
          return Next.now(NoticePhase.LAST_HOUR);
        }
      } else if (next == null && at.isAfter(now)) {
        next = at;
      }
    }
    return next == null ? Next.NOTHING : Next.later(next);
  }

  private static Next reminder(
      Rule rule,
      Instant date,
      Instant told,
      PersonHistory person,
      ZoneId zone,
      TimeView time,
      Instant lastHour) {
    var since = person.lastShown() == null ? told : person.lastShown();
    var now = time.trusted();
    Moment due = null;
    var next = lastHour;
    for (var moment : Schedule.of(rule, told, date, zone)) {
      var at = moment.from().toInstant();
      if (at.isAfter(now)) {
        next = at.isBefore(lastHour) ? at : lastHour;
        break;
      }
      due = since.isBefore(at) ? moment : due;
    }
    if (due == null) {
      return Next.later(next);
    }
    var local = time.shown().atZone(zone);
    var today = local.toLocalDate().equals(asShown(since, time).atZone(zone).toLocalDate());
    if (due.phase() == NoticePhase.REMINDER && today) {
      var tomorrow = local.toLocalDate().plusDays(1).atStartOfDay(zone);
      var opens = ahead(WorkingHours.WORKDAY.from(tomorrow).toInstant(), time);
      return Next.later(opens.isBefore(next) ? opens : next);
    }
    if (due.hours().contain(local)) {
      return Next.now(due.phase());
    }
    var opens = ahead(due.hours().from(local).toInstant(), time);
    return Next.heldBack(opens.isBefore(next) ? opens : next);
  }

  /// What a reminder is called that was asked for at this very time.
  private static NoticePhase phase(
      Rule rule, Instant told, Instant date, ZoneId zone, Instant now) {
    var phase = NoticePhase.REMINDER;
    for (var moment : Schedule.of(rule, told, date, zone)) {
      phase = moment.from().toInstant().isAfter(now) ? phase : moment.phase();
    }
    return phase;
  }

  /// A moment of trusted time as the computer's own clock has it.
  private static Instant asShown(Instant at, TimeView time) {
    return at.plus(Duration.between(time.trusted(), time.shown()));
  }

  /// A moment of the computer's own clock in trusted time.
  private static Instant ahead(Instant at, TimeView time) {
    return at.minus(Duration.between(time.trusted(), time.shown()));
  }
}
