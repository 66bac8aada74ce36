package dev.interdict.agent.wording;

import com.ibm.icu.text.TimeZoneNames;
import com.ibm.icu.util.ULocale;
import dev.interdict.policy.Language;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;

/// How one reader is told a date: in the date's own zone, with that zone's name wherever the
/// reader's clock shows another time.
///
/// @param zone in which the reader lives
/// @param now to which "tomorrow" refers
record Dating(Language language, Messages messages, ZoneId zone, Instant now) {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

  /// Beyond this a day and a month could be taken for those of this year.
  private static final int PLAIN_DAYS = 180;

  /// Whether the reader's clock shows the same date and time, so that "tomorrow" is true there.
  boolean local(ZonedDateTime at) {
    return at.withZoneSameInstant(zone).toLocalDateTime().equals(at.toLocalDateTime());
  }

  /// Which word says when: `today`, `tonight` (for the midnight that ends today), `tomorrow`, or
  /// `dated` where only the date does.
  String day(ZonedDateTime at) {
    if (!local(at) || !at.toInstant().isAfter(now)) {
      return "dated";
    }
    return switch ((int) Math.min(2, daysUntil(at))) {
      case 0 -> "today";
      case 1 -> at.toLocalTime().equals(LocalTime.MIDNIGHT) ? "tonight" : "tomorrow";
      default -> "dated";
    };
  }

  private long daysUntil(ZonedDateTime at) {
    return ChronoUnit.DAYS.between(now.atZone(zone).toLocalDate(), at.toLocalDate());
  }

  String date(ZonedDateTime at) {
    var far = Math.abs(daysUntil(at)) > PLAIN_DAYS;
    return messages.say(
        far ? "date.year" : "date",
        Map.of(
            "day",
            at.getDayOfMonth(),
            "month",
            messages.say("month." + at.getMonthValue(), Map.of()),
            "year",
            at.getYear()));
  }

  String weekday(ZonedDateTime at) {
    return messages.say("weekday." + at.getDayOfWeek().getValue(), Map.of());
  }

  String clock(ZonedDateTime at) {
    return CLOCK.format(at);
  }

  String time(ZonedDateTime at) {
    return local(at)
        ? clock(at)
        : messages.say("time.foreign", Map.of("clock", clock(at), "tz", zone(at)));
  }

  /// The zone as people call it, which is by its city.
  String zone(ZonedDateTime at) {
    if (at.getZone() instanceof ZoneOffset offset) {
      return offset.equals(ZoneOffset.UTC) ? "UTC" : "UTC" + offset.getId();
    }
    var id = at.getZone().getId();
    var city =
        TimeZoneNames.getInstance(ULocale.forLanguageTag(language.tag()))
            .getExemplarLocationName(id);
    return city == null ? id : city;
  }
}
