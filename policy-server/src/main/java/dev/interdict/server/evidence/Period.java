package dev.interdict.server.evidence;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/// Whole days.
///
/// @param from the first
/// @param to the last
/// @param zone in which days begin
public record Period(LocalDate from, LocalDate to, ZoneId zone) {
  /// How many days one may have.
  public static final int MOST_DAYS = 400;

  /// @throws IllegalArgumentException if it has no day, or too many
  public Period {
    if (to.isBefore(from) || ChronoUnit.DAYS.between(from, to) >= MOST_DAYS) {
      throw new IllegalArgumentException(
          "a period is 1 to " + MOST_DAYS + " days, from the first to the last");
    }
  }

  /// Its first instant.
  public Instant start() {
    return from.atStartOfDay(zone).toInstant();
  }

  /// The first instant after it.
  public Instant end() {
    return to.plusDays(1).atStartOfDay(zone).toInstant();
  }

  /// Up to when there is anything to tell: its end, or now where it goes on.
  Instant known(Instant now) {
    return now.isBefore(end()) ? now : end();
  }
}
