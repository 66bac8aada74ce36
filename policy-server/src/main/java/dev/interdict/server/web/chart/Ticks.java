package dev.interdict.server.web.chart;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// Round places on an axis. Pure functions.
final class Ticks {
  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long[] STEPS = {
    5,
    10,
    15,
    30,
    MINUTE,
    2 * MINUTE,
    5 * MINUTE,
    10 * MINUTE,
    15 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    3 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
    2 * DAY,
    7 * DAY,
    14 * DAY,
    28 * DAY,
    91 * DAY,
    182 * DAY,
    364 * DAY
  };

  private Ticks() {}

  /// Instants at round times of `zone`.
  ///
  /// @param step between two of them
  record Times(List<Instant> at, Duration step) {}

  /// At most `most` + 1 instants between `from` and `to`; days are counted from that of `anchor`,
  /// so that it has its place.
  static Times times(Instant from, Instant to, Instant anchor, int most, ZoneId zone) {
    var span = Math.max(1, Duration.between(from, to).toSeconds());
    var step = STEPS[STEPS.length - 1];
    for (var candidate : STEPS) {
      if (span / candidate <= most) {
        step = candidate;
        break;
      }
    }
    var found = new ArrayList<Instant>();
    var midnight = from.atZone(zone).with(LocalTime.MIDNIGHT);
    if (step >= DAY) {
      var steps = Math.floorDiv(ChronoUnit.DAYS.between(midnight, at(anchor, zone)), step / DAY);
      var day = at(anchor, zone).minusDays(steps * (step / DAY));
      for (; !day.toInstant().isAfter(to); day = day.plusDays(step / DAY)) {
        found.add(day.toInstant());
      }
    } else {
      var into = ChronoUnit.SECONDS.between(midnight.toInstant(), from);
      var at = midnight.toInstant().plusSeconds((into + step - 1) / step * step);
      for (; !at.isAfter(to) && found.size() < 100; at = at.plusSeconds(step)) {
        if (!at.isBefore(from)) {
          found.add(at);
        }
      }
    }
    return new Times(List.copyOf(found), Duration.ofSeconds(step));
  }

  private static ZonedDateTime at(Instant anchor, ZoneId zone) {
    return anchor.atZone(zone).with(LocalTime.MIDNIGHT);
  }

  /// From 0 in equal round steps to the first that is not below `most`.
  static List<Long> counts(long most) {
    long step = 1;
    while (step * 4 < most) {
      var digits = String.valueOf(step);
      step = digits.startsWith("2") ? step / 2 * 5 : step * 2;
    }
    var counts = new ArrayList<Long>();
    for (long count = 0; count < most + step; count += step) {
      counts.add(count);
    }
    return List.copyOf(counts);
  }
}
