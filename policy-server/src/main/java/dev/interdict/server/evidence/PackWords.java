package dev.interdict.server.evidence;

import dev.interdict.policy.Language;
import dev.interdict.server.web.Words;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Properties;
import java.util.Set;

/// The texts of the archive in one language; states, errors, numbers and dates are the console's.
/// Immutable.
final class PackWords {
  private final Words console;
  private final Properties texts = new Properties();
  private final String readme;

  PackWords(Language language) {
    this.console = Words.in(language);
    try (var in =
            new InputStreamReader(open("pack_", language, ".properties"), StandardCharsets.UTF_8);
        var text = open("readme_", language, ".txt")) {
      texts.load(in);
      readme = new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the texts of the audit pack cannot be read", e);
    }
  }

  private static java.io.InputStream open(String prefix, Language language, String suffix) {
    var name = prefix + language.tag() + suffix;
    var in = PackWords.class.getResourceAsStream(name);
    if (in == null) {
      throw new IllegalStateException(name + " is missing from the server's own files");
    }
    return in;
  }

  /// The words of the console.
  Words console() {
    return console;
  }

  Set<String> keys() {
    return texts.stringPropertyNames();
  }

  /// The text of a key, with its values in it.
  String get(String key, Object... values) {
    var text = texts.getProperty(key);
    if (text == null) {
      throw new IllegalArgumentException("no text named " + key);
    }
    return new MessageFormat(
            text,
            console.language() == Language.EN
                ? java.util.Locale.ENGLISH
                : java.util.Locale.SIMPLIFIED_CHINESE)
        .format(values);
  }

  /// What people call a deed of the audit log; the word itself where it has no name.
  String deed(String action) {
    return texts.containsKey("deed." + action) ? get("deed." + action) : action;
  }

  /// `part` of `whole`, with both numbers.
  String share(long part, long whole) {
    return get("share", part, whole, console.percent(part, whole));
  }

  String dateTime(Instant at, ZoneId zone) {
    return console.dateTime(at, zone);
  }

  /// How to check what is in the archive.
  String readme() {
    return readme;
  }
}
