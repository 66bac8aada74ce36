package dev.interdict.server.cli.terminal;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// Instants as commands print them.
public final class Times {
  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'");

  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd");

  private Times() {}

  /// The day, in UTC.
  public static String day(Instant instant) {
    return DAY.format(instant.atOffset(ZoneOffset.UTC));
  }

  /// To the minute, in UTC.
  public static String minutes(Instant instant) {
    return MINUTES.format(instant.atOffset(ZoneOffset.UTC));
  }
}
