package dev.interdict.agent.page;

import dev.interdict.agent.pipe.GuardAnswer;
import dev.interdict.agent.wording.Inert;
import dev.interdict.agent.wording.Messages;
import dev.interdict.policy.Language;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The page's words in one language. Every value is inert text.
///
/// @param here the zone in which the person lives
/// @param now to which "in 6 days" refers
public record Phrases(Language language, ZoneId here, Instant now, Messages messages) {
  static Phrases in(Language language, ZoneId here, Instant now) {
    return new Phrases(language, here, now, Messages.load(Phrases.class, "page", language));
  }

  /// The message `key` without values.
  public String say(String key) {
    return messages.say(key, Map.of());
  }

  /// The message `key` with its values: texts, and whole numbers.
  public String say(String key, Map<String, ?> values) {
    return messages.say(key, values);
  }

  /// The message with instants in its `until` said as dates.
  String say(Outcome outcome) {
    var values = new HashMap<String, Object>(outcome.values());
    values.computeIfPresent(
        "until", (_, until) -> date(new GuardAnswer(text(until)).instant(), here));
    values.computeIfPresent("left", (_, left) -> Integer.valueOf("0" + left));
    return say(outcome.key(), values);
  }

  private static dev.interdict.json.Json text(Object value) {
    return new dev.interdict.json.Json.Text(value.toString());
  }

  /// The text in this language, of those that a policy gives.
  String local(GuardAnswer texts) {
    var own = texts.get(language.tag()).raw();
    return Inert.text(own.isBlank() ? texts.get("en").raw() : own);
  }

  /// `Fri 10 Jul 2026, 00:00`, with the zone's name where it is another one than here.
  String date(@Nullable Instant at, ZoneId zone) {
    if (at == null) {
      return say("date.unset");
    }
    var there = at.atZone(zone);
    var pattern =
        switch (language) {
          case EN -> "EEE d MMM uuuu, HH:mm";
          case ZH_CN -> "uuuu年M月d日（EEE）HH:mm";
        };
    var locale = language == Language.EN ? Locale.ENGLISH : Locale.SIMPLIFIED_CHINESE;
    var text = DateTimeFormatter.ofPattern(pattern, locale).format(there);
    var same = there.toLocalDateTime().equals(at.atZone(here).toLocalDateTime());
    return same ? text : say("date.zone", Map.of("date", text, "zone", zone.getId()));
  }

  /// `in 6 days`, `today`, `tonight at midnight`.
  String until(Instant at, ZoneId zone) {
    var there = at.atZone(zone);
    var days = ChronoUnit.DAYS.between(now.atZone(zone).toLocalDate(), there.toLocalDate());
    if (days == 1 && there.toLocalTime().equals(LocalTime.MIDNIGHT)) {
      return say("until.tonight");
    }
    return say("until.days", Map.of("days", (int) Math.min(days, 100_000)));
  }

  /// Whole days from now on, at least 0.
  int daysLeft(@Nullable Instant at) {
    return at == null ? 0 : (int) Math.max(0, ChronoUnit.DAYS.between(now, at));
  }

  ZoneId zone(GuardAnswer name) {
    try {
      return ZoneId.of(name.raw());
    } catch (DateTimeException e) {
      return here;
    }
  }

  String size(long bytes) {
    return bytes < 1024
        ? bytes + " B"
        : bytes < 1 << 20 ? bytes / 1024 + " KiB" : bytes / (1 << 20) + " MiB";
  }
}
