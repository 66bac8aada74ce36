package dev.interdict.policy;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Set;

/// Reads dates, times and durations in the one form each has, with messages that say what to write.
public final class Dates {
  /// Held, because each question for them copies them all.
  private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd").withResolverStyle(ResolverStyle.STRICT);
  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm").withResolverStyle(ResolverStyle.STRICT);
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);

  private Dates() {}

  public static LocalDate date(String text) {
    try {
      return LocalDate.parse(text, DATE);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no date; write YYYY-MM-DD, such as 2026-07-10", e);
    }
  }

  public static LocalDateTime dateTime(String text) {
    try {
      return LocalDateTime.parse(text, text.length() > 16 ? SECONDS : MINUTES);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no date and time; write YYYY-MM-DDTHH:MM, such as 2026-07-10T00:00",
          e);
    }
  }

  public static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no instant; write it in UTC, such as 2026-07-09T16:00:00Z", e);
    }
  }

  public static ZoneId zone(String text) {
    try {
      var zone = ZoneId.of(text);
      if (!ZONES.contains(text)) {
        throw new DateTimeException("an offset, not a zone");
      }
      return zone;
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "\""
              + text
              + "\" is no time zone; write a name of the IANA database, such as"
              + " Asia/Shanghai",
          e);
    }
  }

  public static Duration duration(String text) {
    try {
      var duration = Duration.parse(text);
      if (!duration.isNegative()) {
        return duration;
      }
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(durationHelp(text), e);
    }
    throw new IllegalArgumentException(durationHelp(text));
  }

  private static String durationHelp(String text) {
    return "\"" + text + "\" is no duration; write hours as PT24H, days as P2D, minutes as PT30M";
  }
}
