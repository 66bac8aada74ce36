package dev.interdict.decide;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/// The hours in which people are told, in their own zone: on workdays from 09:30 to 17:30, and on
/// the last day before a date on whatever day it falls, from 10:00 to 20:00. Of holidays nothing is
/// known here; whoever writes a rule is warned of them.
enum WorkingHours {
  WORKDAY(LocalTime.of(9, 30), LocalTime.of(17, 30), true),
  LAST_DAY(LocalTime.of(10, 0), LocalTime.of(20, 0), false);

  private final LocalTime opens;
  private final LocalTime closes;
  private final boolean workdaysOnly;

  WorkingHours(LocalTime opens, LocalTime closes, boolean workdaysOnly) {
    this.opens = opens;
    this.closes = closes;
    this.workdaysOnly = workdaysOnly;
  }

  boolean contain(ZonedDateTime at) {
    var time = at.toLocalTime();
    return open(at.toLocalDate()) && !time.isBefore(opens) && time.isBefore(closes);
  }

  /// `at` if it lies within, else when they next open.
  ZonedDateTime from(ZonedDateTime at) {
    if (contain(at)) {
      return at;
    }
    var day = at.toLocalDate();
    if (!open(day) || !at.toLocalTime().isBefore(opens)) {
      do {
        day = day.plusDays(1);
      } while (!open(day));
    }
    return day.atTime(opens).atZone(at.getZone());
  }

  /// When they open on `day`.
  ZonedDateTime opening(LocalDate day, ZoneId zone) {
    return day.atTime(opens).atZone(zone);
  }

  private boolean open(LocalDate day) {
    return !workdaysOnly || workday(day);
  }

  static boolean workday(LocalDate day) {
    return day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY;
  }

  /// The same time of day on the next workday.
  static ZonedDateTime workdayAfter(ZonedDateTime at) {
    var next = at;
    do {
      next = next.plusDays(1);
    } while (!workday(next.toLocalDate()));
    return next;
  }
}
