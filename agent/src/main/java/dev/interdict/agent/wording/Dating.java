package dev.interdict.agent.wording;

import dev.interdict.agent.notice.Recipient;
import dev.interdict.policy.Language;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.Map;

/// One date as a person reads it: in its own zone, with the zone's name wherever the person's own
/// clock shows another time.
record Dating(ZonedDateTime at, Recipient recipient) {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

  /// Whether the person's clock shows the same date and time, so that "tomorrow" is true there.
  boolean local() {
    return at.withZoneSameInstant(recipient.zone()).toLocalDateTime().equals(at.toLocalDateTime());
  }

  boolean midnight() {
    return at.toLocalTime().equals(LocalTime.MIDNIGHT);
  }

  String date() {
    return Catalogue.fill(
        catalogue().template("date"),
        Map.of(
            "day", Integer.toString(at.getDayOfMonth()),
            "month", catalogue().template("month." + at.getMonthValue())));
  }

  String weekday() {
    return catalogue().template("weekday." + at.getDayOfWeek().getValue());
  }

  String clock() {
    return CLOCK.format(at);
  }

  String time() {
    return local()
        ? clock()
        : Catalogue.fill(
            catalogue().template("time.foreign"), Map.of("clock", clock(), "tz", zone()));
  }

  String zone() {
    return name(at.getZone(), recipient.language());
  }

  private static String name(ZoneId zone, Language language) {
    return zone.getDisplayName(TextStyle.FULL, Locale.forLanguageTag(language.tag()));
  }

  private Catalogue catalogue() {
    return Catalogue.of(recipient.language());
  }
}
