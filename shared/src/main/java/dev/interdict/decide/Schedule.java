package dev.interdict.decide;

import dev.interdict.policy.Rule;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// When people are reminded of a date before its last hour: as the rule says, or else weekly, from
/// a week before on each workday, and twice on the day before. Pure functions.
public final class Schedule {
  private static final int DAILY_FROM = 7;
  private static final int MOST_WEEKS = 104;
  private static final List<LocalTime> DAY_BEFORE =
      List.of(LocalTime.of(10, 0), LocalTime.of(16, 0));

  private final ZoneId zone;
  private final ZonedDateTime date;

  /// The day before that in whose course the date falls; a midnight belongs to the day that ends.
  private final LocalDate lastDay;

  private final List<Moment> moments = new ArrayList<>();

  private Schedule(Instant date, ZoneId zone) {
    this.zone = zone;
    this.date = date.atZone(zone);
    this.lastDay = this.date.minusNanos(1).toLocalDate().minusDays(midnight() ? 0 : 1);
  }

  /// The moments after `since` for a date, in their order.
  ///
  /// @param date a computer's own
  /// @param zone of whoever works there
  public static List<Moment> of(Rule rule, Instant since, Instant date, ZoneId zone) {
    var schedule = new Schedule(date, zone);
    var reminders = rule.timeline().reminders();
    if (reminders.isEmpty()) {
      schedule.usual(since.atZone(zone));
    } else {
      reminders.forEach(schedule::before);
    }
    DAY_BEFORE.forEach(schedule::onLastDay);
    schedule.moments.sort(Comparator.comparing(moment -> moment.from().toInstant()));
    return schedule.moments.stream()
        .filter(moment -> moment.from().toInstant().isAfter(since))
        .filter(moment -> moment.from().toInstant().isBefore(date))
        .toList();
  }

  private boolean midnight() {
    return date.toLocalTime().equals(LocalTime.MIDNIGHT);
  }

  private void usual(ZonedDateTime since) {
    var daily = lastDay.minusDays(DAILY_FROM - 1);
    var weekly = since.toLocalDate().plusWeeks(1);
    for (var week = 0; week < MOST_WEEKS && weekly.isBefore(daily); week++) {
      remind(weekly);
      weekly = weekly.plusWeeks(1);
    }
    var first = since.toLocalDate().plusDays(1);
    for (var day = first.isAfter(daily) ? first : daily; day.isBefore(lastDay); ) {
      if (WorkingHours.workday(day)) {
        remind(day);
      }
      day = day.plusDays(1);
    }
  }

  private void remind(LocalDate day) {
    moments.add(
        new Moment(
            NoticePhase.REMINDER,
            WorkingHours.WORKDAY.from(WorkingHours.WORKDAY.opening(day, zone))));
  }

  private void before(Duration before) {
    var at = WorkingHours.WORKDAY.from(date.minus(before));
    if (at.toLocalDate().isBefore(lastDay)) {
      moments.add(new Moment(NoticePhase.REMINDER, at));
    }
  }

  private void onLastDay(LocalTime time) {
    moments.add(new Moment(NoticePhase.DAY_BEFORE, lastDay.atTime(time).atZone(zone)));
  }
}
