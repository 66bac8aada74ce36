package dev.interdict.agent.cli;

import dev.interdict.policy.Language;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/// What the commands say to employees, in their language.
final class Words {
  private final Language language;
  private final Properties texts;

  private Words(Language language, Properties texts) {
    this.language = language;
    this.texts = texts;
  }

  /// The words of `language`.
  static Words in(Language language) {
    var name = "words." + language.tag() + ".properties";
    var texts = new Properties();
    try (var stream = Words.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("message file " + name + " is missing from the program");
      }
      texts.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("message file " + name + " cannot be read", e);
    }
    return new Words(language, texts);
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
    return texts.stringPropertyNames();
  }

  /// The text `key` with its values put in.
  String say(String key, Object... values) {
    var text = texts.getProperty(key);
    if (text == null) {
      throw new IllegalStateException("no message " + key + " in " + language.tag());
    }
    return new MessageFormat(text, Locale.ROOT).format(values);
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
