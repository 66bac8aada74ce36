package dev.interdict.server.cli.simulate;

import com.ibm.icu.text.MessageFormat;
import com.ibm.icu.util.ULocale;
import dev.interdict.json.Fields;
import dev.interdict.policy.Language;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;

/// The texts of a story in one language, ICU messages with named arguments. Immutable; thread-safe.
final class StoryWords {
  /// Full-width punctuation brings its own space, and none stands between Hanzi.
  private static final Pattern UNSPACED = Pattern.compile("(?<=[\\p{IsHan}）]) (?=\\p{IsHan})");

  private final ULocale locale;
  private final Language language;
  private final Properties texts = new Properties();

  StoryWords(Language language) {
    this.language = language;
    this.locale = ULocale.forLanguageTag(language.tag());
    var name = "story_" + language.tag() + ".properties";
    try (var in = StoryWords.class.getResourceAsStream(name)) {
      texts.load(new InputStreamReader(Objects.requireNonNull(in, name), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Language language() {
    return language;
  }

  /// A moment by the clock on the wall.
  String moment(ZonedDateTime at) {
    return DateTimeFormatter.ofPattern(text("pattern.moment"), locale()).format(at);
  }

  /// A date that people may misread: midnight with the days between which it lies.
  String date(ZonedDateTime at) {
    var moment = moment(at);
    if (!at.toLocalTime().equals(LocalTime.MIDNIGHT)) {
      return moment;
    }
    var day = DateTimeFormatter.ofPattern(text("pattern.weekday"), locale());
    return text(
        "midnight",
        Map.of("moment", moment, "before", day.format(at.minusDays(1)), "after", day.format(at)));
  }

  Locale locale() {
    return Locale.forLanguageTag(language.tag());
  }

  Set<String> keys() {
    return texts.stringPropertyNames();
  }

  /// The message `key`.
  ///
  /// @throws IllegalArgumentException if there is none
  String text(String key, Map<String, Object> arguments) {
    var text = new MessageFormat(pattern(key), locale).format(arguments);
    return UNSPACED.matcher(text).replaceAll("");
  }

  String pattern(String key) {
    var pattern = texts.getProperty(key);
    if (pattern == null) {
      throw new IllegalArgumentException("no " + language.tag() + " message named " + key);
    }
    return pattern;
  }

  String text(String key) {
    return text(key, Map.of());
  }

  /// The message for a constant: `prefix`, a dot, and its name in kebab-case.
  String of(String prefix, Enum<?> constant) {
    return text(prefix + "." + Fields.written(constant));
  }
}
