package dev.interdict.agent.cli;

import dev.interdict.agent.pipe.GuardAnswer;
import dev.interdict.agent.state.ThisDevice;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// When a person wants to be reminded, as they type it.
///
/// @param now as the guard knows it, which this computer's own clock may not
/// @param zone in which the person reads a clock
record Moment(Instant now, ZoneId zone) {
  private static final Pattern SPAN = Pattern.compile("(\\d{1,4})([dhm])");

  /// The present, by the guard's time, which was `wall-ahead` apart from this computer's clock when
  /// it last looked.
  static Moment of(GuardAnswer status, InstantSource clock) {
    var ahead = status.get("time").get("wall-ahead").number();
    return new Moment(clock.instant().minusSeconds(ahead), ThisDevice.zone());
  }

  /// After a span such as `1d`, `4h` or `30m`; null if it is none.
  @Nullable Instant in(String span) {
    var parts = SPAN.matcher(span.strip());
    if (!parts.matches()) {
      return null;
    }
    var number = Long.parseLong(parts.group(1));
    var length =
        switch (parts.group(2)) {
          case "d" -> Duration.ofDays(number);
          case "h" -> Duration.ofHours(number);
          default -> Duration.ofMinutes(number);
        };
    return length.isZero() ? null : now.plus(length);
  }

  /// When a clock such as `16:00` next shows that; null if it never does.
  @Nullable Instant at(String clock) {
    try {
      var today = now.atZone(zone);
      var time = LocalTime.parse(clock.strip());
      var at = ZonedDateTime.of(today.toLocalDate(), time, zone);
      return (at.toInstant().isAfter(now) ? at : at.plusDays(1)).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }
}
