package dev.interdict.server.web.pages;

import dev.interdict.server.draft.holiday.WorkCalendar;
import java.time.Instant;
import java.time.ZoneId;

/// By when somebody who asked should have an answer: one workday later, as both sides are told.
/// What is asked on a day off counts from the next workday on. Pure functions.
final class OneWorkday {
  private OneWorkday() {}

  /// @param asked when the server heard of it
  /// @param zone whose workdays count
  static Instant after(Instant asked, ZoneId zone) {
    var calendar = WorkCalendar.of(zone);
    var at = asked.atZone(zone);
    var begin =
        calendar.isWorkday(at.toLocalDate())
            ? at
            : calendar.workdayFrom(at.toLocalDate()).atStartOfDay(zone);
    return calendar
        .workdayFrom(begin.toLocalDate().plusDays(1))
        .atTime(begin.toLocalTime())
        .atZone(zone)
        .toInstant();
  }
}
