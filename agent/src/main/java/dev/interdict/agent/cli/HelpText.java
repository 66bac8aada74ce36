package dev.interdict.agent.cli;

import dev.interdict.policy.Language;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.PropertyResourceBundle;
import picocli.CommandLine;

/// The help of the commands in the language of whoever reads it. English stands beside the code, as
/// annotations; any other language is a file `help.LANGUAGE.properties` with the keys that the
/// command line's library looks for. Pure functions.
final class HelpText {
  private HelpText() {}

  /// Puts the texts of `language` in place of the English ones.
  static void in(Language language, CommandLine line) {
    if (language == Language.EN) {
      return;
    }
    var name = "help." + language.tag() + ".properties";
    try (var stream = HelpText.class.getResourceAsStream(name);
        var reader =
            new InputStreamReader(Objects.requireNonNull(stream, name), StandardCharsets.UTF_8)) {
      line.setResourceBundle(new PropertyResourceBundle(reader));
    } catch (IOException e) {
      throw new UncheckedIOException("the program's own texts cannot be read", e);
    }
  }

  /// What `--help` prints of `guard` or `page`, which read their arguments themselves: the guard,
  /// since the command line's library would stay resident.
  static String ofRole(String role, Language language) {
    var name = role + "." + language.tag() + ".txt";
    try (var stream = HelpText.class.getResourceAsStream(name)) {
      return new String(
          Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the program's own texts cannot be read", e);
    }
  }

  /// What `--lang` says among words that were not parsed yet; empty without it.
  static String tag(String... arguments) {
    for (var i = 0; i < arguments.length; i++) {
      if (arguments[i].startsWith("--lang=")) {
        return arguments[i].substring("--lang=".length());
      }
      if (arguments[i].equals("--lang") && i + 1 < arguments.length) {
        return arguments[i + 1];
      }
    }
    return "";
  }
}
