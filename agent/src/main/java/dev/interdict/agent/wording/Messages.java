package dev.interdict.agent.wording;

import com.ibm.icu.text.MessageFormat;
import com.ibm.icu.text.MessagePattern;
import com.ibm.icu.util.ULocale;
import dev.interdict.policy.Language;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The messages of one language as ICU patterns ([MessageFormat]), each compiled when it is first
/// said. Thread-safe.
///
/// What a language does not say, or says with an empty text, is said in English, never not at all.
/// A text that is put in stays inert text ([Inert]): it cannot act as a placeholder, bring controls
/// or spread over lines.
///
/// A number `days` is there twice: as `{days}` in plain digits, and as `{days_n, plural, …}` to
/// choose by. ICU's own digits (`#`), and plural categories other than `=0`, `=1` and `other`, work
/// as well, but cost a short-lived process a third of a second of loading.
public final class Messages {
  private static final Map<String, Messages> LOADED = new ConcurrentHashMap<>();

  /// Ends the name under which a number is chosen by.
  private static final String NUMBER = "_n";

  private final ULocale locale;
  private final Map<String, String> patterns;
  private final @Nullable Messages otherwise;
  private final Map<String, Compiled> compiled = new ConcurrentHashMap<>();

  /// @param names of the values that it takes, in all its branches
  private record Compiled(MessageFormat format, Set<String> names) {
    /// Those of `values` that it takes, as inert text, or as a number to choose by.
    Map<String, Object> taken(Map<String, ?> values) {
      var taken = new HashMap<String, Object>();
      for (var name : names) {
        var value = values.get(name);
        if (value != null) {
          taken.put(name, Inert.text(value.toString()));
        } else if (name.endsWith(NUMBER)
            && values.get(name.substring(0, name.length() - NUMBER.length()))
                instanceof Number number) {
          taken.put(name, number);
        }
      }
      return taken;
    }

    /// The format itself is not thread-safe.
    synchronized String with(Map<String, Object> values) {
      return format.format(values);
    }
  }

  /// @param patterns by key
  /// @param otherwise says what these do not
  public Messages(Language language, Map<String, String> patterns, @Nullable Messages otherwise) {
    this.locale =
        switch (language) {
          case EN -> ULocale.ENGLISH;
          case ZH_CN -> ULocale.SIMPLIFIED_CHINESE;
        };
    this.patterns = Map.copyOf(patterns);
    this.otherwise = otherwise;
  }

  /// The messages in the file `NAME.LANGUAGE.properties` beside `owner`. Not a `ResourceBundle`,
  /// which would fall back to whatever the process's own locale is.
  ///
  /// @throws IllegalStateException if there is no file in English
  public static Messages load(Class<?> owner, String name, Language language) {
    var known = LOADED.get(owner.getName() + " " + name + language);
    if (known != null) {
      return known;
    }
    var otherwise = language == Language.EN ? null : load(owner, name, Language.EN);
    var read = new Messages(language, read(owner, name, language), otherwise);
    LOADED.put(owner.getName() + " " + name + language, read);
    return read;
  }

  private static Map<String, String> read(Class<?> owner, String name, Language language) {
    var file = name + "." + language.tag() + ".properties";
    var texts = new Properties();
    try (var stream = owner.getResourceAsStream(file)) {
      if (stream != null) {
        texts.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
      } else if (language == Language.EN) {
        throw new IllegalStateException("message file " + file + " is missing from the program");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("message file " + file + " cannot be read", e);
    }
    var patterns = new HashMap<String, String>();
    texts.stringPropertyNames().forEach(key -> patterns.put(key, texts.getProperty(key)));
    return patterns;
  }

  /// The keys that this language itself has.
  public Set<String> keys() {
    return patterns.keySet();
  }

  /// The names of the values that the message takes, in all its branches.
  public Set<String> names(String key) {
    return compiled(key).names();
  }

  /// The message with its values put in: texts, and whole numbers.
  ///
  /// @throws IllegalStateException if no language has the message, or it takes another value
  public String say(String key, Map<String, ?> values) {
    var message = compiled(key);
    var given = message.taken(values);
    if (!given.keySet().containsAll(message.names())) {
      throw new IllegalStateException(
          "message " + key + " takes " + message.names() + " and was given " + values.keySet());
    }
    return message.with(given);
  }

  /// As [#say(String, Map)] for a message whose values are numbered from `{0}`; one that is not
  /// given stays as it is written.
  public String say(String key, Object... values) {
    var numbered = new HashMap<String, Object>();
    for (var i = 0; i < values.length; i++) {
      numbered.put(Integer.toString(i), values[i]);
    }
    var message = compiled(key);
    return message.with(message.taken(numbered));
  }

  private Compiled compiled(String key) {
    return compiled.computeIfAbsent(
        key,
        _ -> {
          var format = new MessageFormat(pattern(key), locale);
          return new Compiled(format, names(new MessagePattern(pattern(key))));
        });
  }

  private static Set<String> names(MessagePattern pattern) {
    var names = new TreeSet<String>();
    for (var i = 0; i < pattern.countParts(); i++) {
      switch (pattern.getPartType(i)) {
        case ARG_NAME, ARG_NUMBER -> names.add(pattern.getSubstring(pattern.getPart(i)));
        default -> {}
      }
    }
    return names;
  }

  /// The pattern as it is written, in English where this language has none.
  String pattern(String key) {
    var pattern = patterns.getOrDefault(key, "");
    if (!pattern.isBlank()) {
      return pattern;
    }
    if (otherwise == null) {
      throw new IllegalStateException("no message \"" + key + "\" in any language");
    }
    return otherwise.pattern(key);
  }
}
