package dev.interdict.trust.metadata;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/// The one way in which signed files write a time: `YYYY-MM-DDTHH:MM:SSZ` (specification 1.0.34,
/// section 4.2). Offsets, fractions, hour 24 and second 60 are refused.
public final class Rfc3339 {
  private static final String SHAPE = "dddd-dd-ddTdd:dd:ddZ";

  private Rfc3339() {}

  /// The instant that `text` writes.
  ///
  /// @throws IllegalArgumentException if it is written in any other way
  public static Instant parse(String text) {
    if (!hasShape(text)) {
      throw new IllegalArgumentException("a time is written as YYYY-MM-DDTHH:MM:SSZ");
    }
    try {
      return LocalDateTime.of(
              number(text, 0, 4),
              number(text, 5, 7),
              number(text, 8, 10),
              number(text, 11, 13),
              number(text, 14, 16),
              number(text, 17, 19))
          .toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("there is no such time as " + text, e);
    }
  }

  /// The instant, cut to whole seconds, as text.
  public static String format(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static boolean hasShape(String text) {
    if (text.length() != SHAPE.length()) {
      return false;
    }
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      var expected = SHAPE.charAt(i);
      if (expected == 'd' ? c < '0' || c > '9' : c != expected) {
        return false;
      }
    }
    return true;
  }

  private static int number(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }
}
