package dev.interdict.server.cli.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.ibm.icu.text.MessagePattern;
import dev.interdict.decide.DeviceDate;
import dev.interdict.decide.NoticePhase;
import dev.interdict.decide.Verdict;
import dev.interdict.decide.story.Happening;
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Language;
import dev.interdict.server.cli.terminal.Columns;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class StoryWordsTest {
  private static final StoryWords ENGLISH = new StoryWords(Language.EN);
  private static final StoryWords CHINESE = new StoryWords(Language.ZH_CN);

  @Test
  void every_message_is_there_in_both_languages_with_the_same_arguments() {
    assertEquals(new TreeSet<>(ENGLISH.keys()), new TreeSet<>(CHINESE.keys()));
    for (var key : ENGLISH.keys()) {
      if (!key.startsWith("pattern.")) {
        assertEquals(arguments(ENGLISH, key), arguments(CHINESE, key), key);
      }
    }
  }

  private static TreeSet<String> arguments(StoryWords words, String key) {
    var pattern = new MessagePattern(words.pattern(key));
    var names = new TreeSet<String>();
    for (var i = 0; i < pattern.countParts(); i++) {
      var part = pattern.getPart(i);
      if (part.getType() == MessagePattern.Part.Type.ARG_NAME) {
        names.add(pattern.getSubstring(part));
      }
    }
    return names;
  }

  @Test
  void every_constant_has_its_words() {
    for (var words : new StoryWords[] {ENGLISH, CHINESE}) {
      for (var enforcement : Enforcement.values()) {
        assertFalse(words.of("enforcement", enforcement).isBlank());
        assertFalse(words.of("enforced", enforcement).isBlank());
      }
      for (var phase : NoticePhase.values()) {
        assertFalse(words.of("phase", phase).isBlank());
        assertFalse(words.of("machine", phase).isBlank());
        assertFalse(words.of("told", phase).isBlank());
      }
      for (var why : DeviceDate.SetBy.values()) {
        assertFalse(words.of("set-by", why).isBlank());
      }
      for (var why : Verdict.Outside.values()) {
        assertFalse(words.of("outside", why).isBlank());
      }
      for (var hold : Verdict.Hold.values()) {
        assertFalse(words.of("held", hold).isBlank());
      }
      for (var choice : Happening.Choice.values()) {
        assertFalse(words.of("choice", choice).isBlank());
      }
    }
  }

  @Test
  void hanzi_take_two_columns_and_lines_break_between_them() {
    assertEquals(9, Columns.of("7月10日 a"));
    var text = new StoryText(CHINESE);
    for (var line : text.folded("设备自己的日期为七月十日，即规则的生效日期。", 20)) {
      assertTrue(Columns.of(line) <= 20, line);
    }
  }
}
