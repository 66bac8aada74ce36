package dev.interdict.agent.wording;

import dev.interdict.policy.Language;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/// The message texts of one language, with named placeholders in braces. A text that is missing in
/// a language is taken from English. Not a `ResourceBundle`, which would fall back to whatever the
/// guard's own locale is. Immutable.
final class Catalogue {
  private static final Map<Language, Catalogue> BY_LANGUAGE = loadAll();

  private final Properties texts;
  private final Properties english;

  private Catalogue(Properties texts, Properties english) {
    this.texts = texts;
    this.english = english;
  }

  static Catalogue of(Language language) {
    var catalogue = BY_LANGUAGE.get(language);
    if (catalogue == null) {
      throw new IllegalStateException("no messages in " + language);
    }
    return catalogue;
  }

  private static Map<Language, Catalogue> loadAll() {
    var english = load(Language.EN);
    var all = new EnumMap<Language, Catalogue>(Language.class);
    for (var language : Language.values()) {
      all.put(language, new Catalogue(load(language), english));
    }
    return all;
  }

  private static Properties load(Language language) {
    var name = "notices." + language.tag() + ".properties";
    var texts = new Properties();
    try (var stream = Catalogue.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("message file " + name + " is missing from the program");
      }
      texts.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("message file " + name + " cannot be read", e);
    }
    return texts;
  }

  /// The keys that this language itself has.
  Set<String> keys() {
    return texts.stringPropertyNames();
  }

  boolean has(String key) {
    return english.containsKey(key);
  }

  /// The text as written, with its placeholders.
  String template(String key) {
    var text = texts.getProperty(key, english.getProperty(key));
    if (text == null) {
      throw new IllegalStateException("no message \"" + key + "\" in any language");
    }
    return text;
  }

  /// `key.one` or `key.other` with the number in it.
  String count(String key, int n) {
    var form = n == 1 ? ".one" : ".other";
    return fill(template(key + form), Map.of("n", Integer.toString(n)));
  }

  /// Puts values into `template` in one pass, so that a brace in a value stays a brace.
  static String fill(String template, Map<String, String> values) {
    var out = new StringBuilder();
    var at = 0;
    for (var open = template.indexOf('{'); open >= 0; open = template.indexOf('{', at)) {
      var close = template.indexOf('}', open);
      var name = template.substring(open + 1, close);
      var value = values.get(name);
      if (value == null) {
        throw new IllegalStateException("message \"" + template + "\" lacks a value for " + name);
      }
      out.append(template, at, open).append(value);
      at = close + 1;
    }
    return out.append(template, at, template.length()).toString();
  }
}
