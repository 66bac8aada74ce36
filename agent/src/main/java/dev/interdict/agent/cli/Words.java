package dev.interdict.agent.cli;

import dev.interdict.agent.wording.Messages;
import dev.interdict.policy.Language;
import java.time.DateTimeException;
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
