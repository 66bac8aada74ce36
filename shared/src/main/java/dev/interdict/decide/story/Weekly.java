package dev.interdict.decide.story;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Set;

/// Hours that come again every week, by the clock on the wall where the device is.
///
/// @param to after `from`; who works over midnight has two
public record Weekly(Set<DayOfWeek> days, LocalTime from, LocalTime to) {
  public Weekly {
    days = Set.copyOf(days);
    if (days.isEmpty() || !from.isBefore(to)) {
      throw new IllegalArgumentException("names no day, or ends at " + to + ", not after " + from);
    }
  }

  boolean contains(ZonedDateTime at) {
    var time = at.toLocalTime();
    return days.contains(at.getDayOfWeek()) && !time.isBefore(from) && time.isBefore(to);
  }
}
