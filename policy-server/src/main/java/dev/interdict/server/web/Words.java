package dev.interdict.server.web;

import dev.interdict.policy.Language;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Every text of the console in one language, with its numbers and dates. Immutable, thread-safe.
public final class Words {
  /// What has a file of words of its own, beside the common ones.
  private static final List<String> AREAS =
      List.of(
          "audit",
          "chosen",
          "deeds",
          "device",
          "drafts",
          "enrolment",
          "exemptions",
          "fields",
          "integrations",
          "me",
          "navigation",
          "queue",
          "releases",
          "reports",
          "rings",
          "risks",
          "rulepage",
          "settings",
          "signing",
          "software",
          "sources",
          "steps",
          "telling");

  private static final Words ENGLISH = new Words(Language.EN);
  private static final Words CHINESE = new Words(Language.ZH_CN);

  private final Language language;
  private final Locale locale;
  private final Map<String, String> patterns;
  private final Map<String, String> sentences;
  private final Comparator<String> names;

  private Words(Language language) {
    this.language = language;
    this.locale = Locale.forLanguageTag(language.tag());
    this.patterns = load(language);
    this.sentences = language == Language.EN ? Map.of() : sentences(language);
    this.names = Alphabet.of(language);
  }

  /// The words of `language`.
  public static Words in(Language language) {
    return switch (language) {
      case EN -> ENGLISH;
      case ZH_CN -> CHINESE;
    };
  }

  public Language language() {
    return language;
  }

  /// The BCP 47 tag for the document's `lang`.
  public String tag() {
    return language.tag();
  }

  /// The order of names for whoever reads the language; thread-safe.
  public Comparator<String> names() {
    return names;
  }

  /// The names of the server's sentences that it has words for; of none in English.
  public Set<String> sentences() {
    return sentences.keySet();
  }

  /// The keys of all messages.
  public Set<String> keys() {
    return patterns.keySet();
  }

  /// The message `key` with `arguments`, whose numbers are grouped as the language does.
  ///
  /// @throws IllegalArgumentException if there is no such message
  public String text(String key, Object... arguments) {
    var pattern = patterns.get(key);
    if (pattern == null) {
      throw new IllegalArgumentException("no " + language.tag() + " message named " + key);
    }
    return new MessageFormat(pattern, locale).format(arguments);
  }

  /// The message for a constant: `prefix`, a dot, and its name in kebab-case.
  public String of(String prefix, Enum<?> constant) {
    return text(prefix + "." + constant.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  /// The message `prefix.word`, or the word itself where there is none: for words that only a newer
  /// agent or source knows.
  public String named(String prefix, String word) {
    return patterns.containsKey(prefix + "." + word) ? text(prefix + "." + word) : word;
  }

  /// A sentence of the server, which is written in English where the reason for it is; null where
  /// this language has no words for it.
  ///
  /// @param key its name
  /// @param english as it was said
  /// @param values what stands in it, each in this language or in none
  public @Nullable String sentence(String key, String english, List<Object> values) {
    if (language == Language.EN) {
      return english;
    }
    var pattern = sentences.get(key);
    if (pattern == null) {
      pattern = patterns.get(key);
    }
    return pattern == null ? null : new MessageFormat(pattern, locale).format(values.toArray());
  }

  /// Several things side by side.
  public String list(List<String> things) {
    return String.join(text("format.list"), things);
  }

  public String number(long value) {
    return NumberFormat.getIntegerInstance(locale).format(value);
  }

  /// `part` of `whole` with one decimal; a dash where the whole is 0.
  public String percent(long part, long whole) {
    if (whole == 0) {
      return "–";
    }
    var format = NumberFormat.getNumberInstance(locale);
    format.setMinimumFractionDigits(1);
    format.setMaximumFractionDigits(1);
    return text("format.percent", format.format(100.0 * part / whole));
  }

  /// Such as `Fri 10 Jul 2026, 00:00`.
  public String dateTime(Instant at, ZoneId zone) {
    return format("format.date-time", at, zone);
  }

  /// Such as `Fri 10 Jul, 00:00`: for dates about which the year is no question.
  public String dayTime(Instant at, ZoneId zone) {
    return format("format.day-time", at, zone);
  }

  /// Such as `10 Jul 00:00`.
  public String shortDateTime(Instant at, ZoneId zone) {
    return format("format.short-date-time", at, zone);
  }

  /// Such as `10 Jul 2026`.
  public String date(Instant at, ZoneId zone) {
    return format("format.date", at, zone);
  }

  /// A time zone as people say it, such as `China Time`.
  public String zone(ZoneId zone) {
    var plain = zone.normalized().equals(ZoneOffset.UTC);
    return plain ? "UTC" : zone.getDisplayName(TextStyle.FULL, locale);
  }

  /// For machines and tooltips: ISO 8601 in UTC.
  public String utc(Instant at) {
    return DateTimeFormatter.ISO_INSTANT.format(at.atOffset(ZoneOffset.UTC).withNano(0));
  }

  /// For whoever points at a time: in UTC, and in `zone` with its name.
  public String moment(Instant at, ZoneId zone) {
    return text(
        "time.moment", utc(at).replace('T', ' ').replace("Z", ""), dateTime(at, zone), zone(zone));
  }

  /// Between which days a midnight lies, since many take it for the end of the day it begins; null
  /// for any other time.
  public @Nullable String midnight(Instant at, ZoneId zone) {
    var local = at.atZone(zone);
    return local.toLocalTime().toSecondOfDay() / 60 != 0
        ? null
        : text("time.midnight", weekday(local.minusDays(1)), weekday(local));
  }

  private String weekday(ZonedDateTime day) {
    return day.getDayOfWeek().getDisplayName(TextStyle.FULL, locale);
  }

  /// For a place on a time axis whose marks are `step` apart.
  public String tick(Instant at, ZoneId zone, Duration step) {
    if (step.compareTo(Duration.ofDays(1)) >= 0) {
      return format("format.tick.day", at, zone);
    }
    return format(step.toSeconds() < 60 ? "format.tick.second" : "format.tick.minute", at, zone);
  }

  /// A length of time in its two largest units, such as `6 d 14 h`.
  public String span(Duration length) {
    var span = length.isNegative() ? Duration.ZERO : length;
    if (span.toDays() > 0) {
      return two("unit.day", span.toDays(), "unit.hour", span.toHoursPart());
    }
    if (span.toHours() > 0) {
      return two("unit.hour", span.toHours(), "unit.minute", span.toMinutesPart());
    }
    return span.toMinutes() > 0
        ? two("unit.minute", span.toMinutes(), "unit.second", span.toSecondsPart())
        : text("unit.second", span.toSeconds());
  }

  /// How long ago, in the largest unit only; under ten seconds is `just now`.
  public String ago(Instant at, Instant now) {
    var age = Duration.between(at, now);
    return age.toSeconds() < 10 ? text("age.now") : text("age.ago", rough(age));
  }

  /// A length of time in its largest unit, such as `2 min`.
  public String rough(Duration length) {
    if (length.toDays() > 0) {
      return text("unit.day", length.toDays());
    }
    if (length.toHours() > 0) {
      return text("unit.hour", length.toHours());
    }
    return length.toMinutes() > 0
        ? text("unit.minute", length.toMinutes())
        : text("unit.second", Math.max(0, length.toSeconds()));
  }

  private String two(String large, long first, String small, long second) {
    return second == 0 ? text(large, first) : text(large, first) + " " + text(small, second);
  }

  private String format(String key, Instant at, ZoneId zone) {
    var pattern = patterns.get(key);
    if (pattern == null) {
      throw new IllegalArgumentException("no " + language.tag() + " pattern named " + key);
    }
    return DateTimeFormatter.ofPattern(pattern, locale).format(at.atZone(zone));
  }

  private static Map<String, String> load(Language language) {
    var patterns = new TreeMap<String, String>();
    load("words_" + language.tag() + ".properties", patterns);
    for (var area : AREAS) {
      load("words/" + area + "_" + language.tag() + ".properties", patterns);
    }
    return Map.copyOf(patterns);
  }

  private static Map<String, String> sentences(Language language) {
    var sentences = new TreeMap<String, String>();
    for (var of : List.of("sentences", "lint")) {
      load("words/" + of + "_" + language.tag() + ".properties", sentences);
    }
    return Map.copyOf(sentences);
  }

  private static void load(String name, Map<String, String> patterns) {
    try (var in = Words.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the server's own files");
      }
      var properties = new Properties();
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
      properties.forEach((key, value) -> {
        if (patterns.put((String) key, (String) value) != null) {
          throw new IllegalStateException("the message " + key + " is in two files");
        }
      });
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read", e);
    }
  }
}
