package dev.interdict.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.interdict.agent.wording.MessageRules;
import dev.interdict.agent.wording.Messages;
import dev.interdict.policy.Language;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What holds for every word of every command.
class WordsLintTest {
  private static final Pattern LATIN_BESIDE_HANZI =
      Pattern.compile("[A-Za-z0-9]\\p{IsHan}|\\p{IsHan}[A-Za-z0-9]");

  private static Messages words(Language language) {
    return Messages.load(Words.class, "words", language);
  }

  @Test
  void both_languages_take_the_same_values() {
    for (var key : words(Language.EN).keys()) {
      assertEquals(words(Language.EN).names(key), words(Language.ZH_CN).names(key), key);
    }
  }

  @Test
  void no_quote_eats_a_placeholder() {
    for (var language : Language.values()) {
      assertEquals("", MessageRules.quoted(words(language)));
    }
  }

  @Test
  void nothing_shouts() {
    for (var language : Language.values()) {
      for (var key : words(language).keys()) {
        assertFalse(words(language).say(key).matches(".*[!！].*"), key);
      }
    }
  }

  @Test
  void chinese_is_set_as_chinese_is() {
    for (var key : words(Language.ZH_CN).keys()) {
      var text = words(Language.ZH_CN).say(key).replaceAll("\\{\\d\\}", "▯");
      assertFalse(LATIN_BESIDE_HANZI.matcher(text).find(), text);
      assertFalse(text.matches(".*\\p{IsHan}[,.;:()?].*|.*[,.;()?]\\p{IsHan}.*"), text);
      assertFalse(text.contains("你"), text);
    }
  }
}
