package dev.interdict.server.mail;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/// The words of mails, in English and Simplified Chinese. Immutable.
final class MailWords {
  private final Locale locale;
  private final Properties words = new Properties();

  private MailWords(Locale locale) {
    this.locale = locale;
    var name = "mail_" + (locale.getLanguage().equals("zh") ? "zh-CN" : "en") + ".properties";
    try (var in = MailWords.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing");
      }
      words.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }

  static MailWords of(Locale locale) {
    return new MailWords(locale);
  }

  Locale locale() {
    return locale;
  }

  Set<String> keys() {
    return new TreeSet<>(words.stringPropertyNames());
  }

  /// The text of a key, with its values in it.
  String get(String key, Object... values) {
    var text = words.getProperty(key);
    if (text == null) {
      throw new IllegalStateException("no words for " + key);
    }
    return new MessageFormat(text, locale).format(values);
  }
}
