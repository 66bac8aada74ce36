package dev.interdict.server.cli.remote;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/// When to come again, as a server or whatever stands before it says (RFC 9110, 10.2.3).
final class RetryAfter {
  private static final long USUAL = 1;

  private RetryAfter() {}

  /// Seconds to wait, never less than none; one where nothing readable is said. A date is held
  /// against that of the answer, since this machine's clock may be another.
  static long seconds(HttpHeaders headers) {
    var field = headers.firstValue("Retry-After").orElse("").strip();
    if (field.matches("[0-9]{1,18}")) {
      return Long.parseLong(field);
    }
    try {
      var now = date(headers.firstValue("Date").orElse(""));
      return Math.max(0, Duration.between(now, date(field)).toSeconds());
    } catch (DateTimeException e) {
      return USUAL;
    }
  }

  private static Instant date(String field) {
    return ZonedDateTime.parse(field.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
  }
}
