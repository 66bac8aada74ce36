package dev.interdict.server.fleetsim;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// When machines are on and reach the server: office hours of their own zone with jitter, servers
/// always, laptops away for weeks. Pure.
///
/// @param always whether every machine is on at all times, for measurements
/// @param outages when nobody reaches the server
record Hours(Company company, boolean always, List<Outage> outages) {
  private static final int MOST_DAYS = 120;

  /// A time in which nobody reaches the server.
  record Outage(Instant from, Instant until) {
    boolean covers(Instant at) {
      return !at.isBefore(from) && at.isBefore(until);
    }
  }

  /// Whether the machine is on.
  boolean on(int machine, Instant at) {
    return nextOn(machine, at).equals(at);
  }

  /// Whether it gets through to the server while it is on.
  boolean reaches(Instant at) {
    return outages.stream().noneMatch(outage -> outage.covers(at));
  }

  /// The first instant from `at` on at which the machine is on.
  Instant nextOn(int machine, Instant at) {
    if (always || company.draw().below(100, machine, 20) < 4) {
      return at;
    }
    var zone = ZoneOffset.ofHours(company.hoursAhead(machine));
    var first = at.atOffset(zone).toLocalDate();
    for (var day = 0; day < MOST_DAYS; day++) {
      var date = first.plusDays(day);
      if (works(machine, date)) {
        var start = edge(machine, date, zone, 9, Duration.ofMinutes(50), 21);
        var end = edge(machine, date, zone, 18, Duration.ofMinutes(110), 22);
        if (at.isBefore(end)) {
          return at.isBefore(start) ? start : at;
        }
      }
    }
    throw new IllegalStateException("machine " + machine + " is never on after " + at);
  }

  private Instant edge(
      int machine, LocalDate date, ZoneOffset zone, int hour, Duration spread, int question) {
    var jitter =
        company.draw().below(spread.toMillis(), machine + date.toEpochDay() * 1_000_003, question);
    return date.atTime(LocalTime.of(hour, 0)).toInstant(zone).plusMillis(jitter);
  }

  private boolean works(int machine, LocalDate date) {
    var weekend = date.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) >= 0;
    if (weekend && company.draw().below(100, machine, 23) >= 5) {
      return false;
    }
    return !away(machine, date);
  }

  /// One in twenty-five is away once, for one to four weeks.
  private boolean away(int machine, LocalDate date) {
    var draw = company.draw();
    if (draw.below(100, machine, 24) >= 4) {
      return false;
    }
    var begins = TimeUnit.MILLISECONDS.toDays(company.begins().toEpochMilli());
    var from = begins + 1 + draw.below(20, machine, 25);
    var until = from + 7 + draw.below(21, machine, 26);
    return date.toEpochDay() >= from && date.toEpochDay() < until;
  }
}
