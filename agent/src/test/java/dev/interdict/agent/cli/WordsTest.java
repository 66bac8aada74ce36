package dev.interdict.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.decide.DeviceDate;
import dev.interdict.decide.Situation;
import dev.interdict.json.Fields;
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Language;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WordsTest {
  private static final Pattern KEY = Pattern.compile("\"([a-z]+(?:[.-][a-z]+)*)\"");

  @Test
  void both_languages_have_the_same_words() {
    assertEquals(
        new TreeSet<>(Words.in(Language.EN).keys()),
        new TreeSet<>(Words.in(Language.ZH_CN).keys()));
  }

  /// What the commands say and what stands in the files: neither more nor less.
  @ParameterizedTest
  @EnumSource(Language.class)
  void every_word_that_is_said_exists_and_every_other_one_goes(Language language)
      throws IOException {
    var words = Words.in(language);
    var said = new TreeSet<String>();
    try (var files = Files.list(Path.of("src/main/java/dev/interdict/agent/cli"))) {
      for (var file : files.toList()) {
        var keys = KEY.matcher(Files.readString(file));
        while (keys.find()) {
          said.add(keys.group(1));
        }
      }
    }
    for (var age : Situation.PolicyAge.values()) {
      said.add("policy." + Fields.written(age));
    }
    for (var enforcement : Enforcement.values()) {
      said.add("explain.what." + Fields.written(enforcement));
    }
    for (var setBy : DeviceDate.SetBy.values()) {
      if (setBy != DeviceDate.SetBy.FIRST_NOTICE_OUTSTANDING) {
        said.add("explain.how." + Fields.written(setBy));
      }
    }
    for (var kind : new String[] {"waiting", "due", "out-of-scope", "held"}) {
      said.add("explain.verdict." + kind);
    }
    for (var key : words.keys()) {
      assertTrue(said.contains(key), () -> key + " is never said");
      assertFalse(words.say(key, "a", "b", "c", "d").isEmpty());
    }
    for (var key : said) {
      if (key.matches("(explain|restore|policy|server|scan|from|heading)\\..*")
          && !key.equals("explain.what.")) {
        words.say(key);
      }
    }
  }

  @Test
  void the_option_comes_before_the_environment_and_english_is_the_last_resort() {
    assertEquals(Language.ZH_CN, Words.of("zh-cn", Map.of("LANG", "en_US.UTF-8")).language());
    assertEquals(Language.ZH_CN, Words.of("", Map.of("LANG", "zh_CN.UTF-8")).language());
    assertEquals(
        Language.EN, Words.of("", Map.of("LC_ALL", "C", "LANG", "zh_CN.UTF-8")).language());
    assertEquals(Language.EN, Words.of("", Map.of()).language());
  }

  @Test
  void dates_are_written_in_the_zone_of_the_rule() {
    var midnight = "2026-07-09T16:00:00Z";
    var words = Words.in(Language.EN);
    assertEquals("10 Jul 2026 00:00 +0800", words.brief(midnight, "Asia/Shanghai"));
    assertEquals("Fri 10 Jul 2026, 00:00 (Asia/Shanghai)", words.date(midnight, "Asia/Shanghai"));
    assertEquals(
        "2026-07-10 00:00 +0800", Words.in(Language.ZH_CN).brief(midnight, "Asia/Shanghai"));
    assertEquals("soon", words.brief("soon", "Nowhere/Land"));
  }
}
