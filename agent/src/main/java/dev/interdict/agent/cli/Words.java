package dev.interdict.agent.cli;

import dev.interdict.agent.wording.Messages;
import dev.interdict.policy.Language;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What the commands say to employees, in their language.
final class Words {
  private final Language language;
  private final Messages messages;

  Words(Language language, Messages messages) {
    this.language = language;
    this.messages = messages;
  }

  /// The words of `language`.
  static Words in(Language language) {
    return new Words(language, Messages.load(Words.class, "words", language));
  }

  /// The language of `--lang`, or of the environment's locale.
  static Words of(String tag, Map<String, String> environment) {
    for (var language : Language.values()) {
      if (language.tag().equalsIgnoreCase(tag)) {
        return in(language);
      }
    }
    for (var variable : new String[] {"LC_ALL", "LC_MESSAGES", "LANG"}) {
      var value = environment.getOrDefault(variable, "");
      if (!value.isEmpty()) {
        return in(value.startsWith("zh") ? Language.ZH_CN : Language.EN);
      }
    }
    return in(Language.EN);
  }

  Language language() {
    return language;
  }

  Set<String> keys() {
    return messages.keys();
  }

  /// The text `key` with its values put in: texts, and whole numbers.
  String say(String key, Object... values) {
    return messages.say(key, values);
  }

  /// The same, or `otherwise` where there is no such text: what the guard says in codes may be of a
  /// newer version.
  String or(String key, String otherwise, Object... values) {
    return keys().contains(key) ? say(key, values) : otherwise;
  }

  /// A length of time in one unit.
  String span(Duration span) {
    if (span.toHours() >= 48) {
      return say("time.days", Long.toString(span.toDays()));
    }
    return span.toMinutes() >= 120
        ? say("time.hours", Long.toString(span.toHours()))
        : say("time.minutes", Long.toString(span.toMinutes()));
  }

  /// As [#span(Duration)] for a duration in ISO 8601.
  String span(String span) {
    try {
      return span(Duration.parse(span));
    } catch (DateTimeException e) {
      return span;
    }
  }

  /// A day in ten columns.
  String day(String instant, ZoneId zone) {
    try {
      return Instant.parse(instant).atZone(zone).toLocalDate().toString();
    } catch (DateTimeException e) {
      return instant;
    }
  }

  /// A date and time in 23 columns at most, in the zone named.
  String brief(String instant, String zone) {
    try {
      var pattern =
          switch (language) {
            case EN -> "d MMM uuuu HH:mm xx";
            case ZH_CN -> "uuuu-MM-dd HH:mm xx";
          };
      return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH)
          .format(Instant.parse(instant).atZone(ZoneId.of(zone)));
    } catch (DateTimeException e) {
      return instant;
    }
  }

  /// A date and time for people, in the zone named.
  String date(String instant, String zone) {
    try {
      var at = Instant.parse(instant).atZone(ZoneId.of(zone));
      var pattern =
          switch (language) {
            case EN -> "EEE d MMM uuuu, HH:mm:ss '('VV')'";
            case ZH_CN -> "uuuu年M月d日（EEE）HH:mm:ss '('VV')'";
          };
      var locale = language == Language.EN ? Locale.ENGLISH : Locale.SIMPLIFIED_CHINESE;
      return DateTimeFormatter.ofPattern(pattern, locale).format(at).replace(":00 (", " (");
    } catch (DateTimeException e) {
      return instant;
    }
  }
}
