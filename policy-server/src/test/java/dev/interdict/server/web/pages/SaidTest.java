package dev.interdict.server.web.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.json.Json;
import dev.interdict.policy.Language;
import dev.interdict.server.web.Row;
import dev.interdict.server.web.Words;
import dev.interdict.server.web.pages.Telling.Told;
import dev.interdict.server.wording.Sentence;
import org.junit.jupiter.api.Test;

class SaidTest {
  private static final Words ENGLISH = Words.in(Language.EN);
  private static final Words CHINESE = Words.in(Language.ZH_CN);

  private static Row answer(Sentence detail) {
    var answer = Json.object();
    Sentence.put(answer, "detail", detail);
    return new Row(answer.build());
  }

  @Test
  void a_sentence_is_said_in_the_language_of_whoever_reads() {
    var answer = answer(Sentence.of("draft.missing", "there is no draft %s", 7));
    assertEquals(new Told("there is no draft 7", null), Said.of(answer, "detail", ENGLISH));
    assertEquals(new Told("没有草稿 7", null), Said.of(answer, "detail", CHINESE));
  }

  @Test
  void a_sentence_within_one_and_a_word_of_the_console_are_too() {
    var needs =
        Sentence.of(
            "draft.needs-preview",
            "%s; take one: interdict draft preview %s",
            Sentence.of("draft.no-preview", "there is no preview of this text"),
            3);
    assertEquals(
        "此文本还没有预览；请先预览：interdict draft preview 3",
        Said.of(answer(needs), "detail", CHINESE).text());
    var closed =
        Sentence.of(
            "draft.closed",
            "%s is %s already",
            "draft-3",
            Sentence.word("draft.state", "published"));
    assertEquals("draft-3 is published already", Said.of(answer(closed), "detail", ENGLISH).text());
    assertEquals("draft-3 的状态已是“已发布”", Said.of(answer(closed), "detail", CHINESE).text());
  }

  @Test
  void what_only_english_says_is_marked_as_english() {
    for (var unknown :
        new Sentence[] {
          Sentence.plain("the disk is full"), Sentence.of("newer.server", "the disk is full")
        }) {
      var answer = answer(unknown);
      assertEquals(new Told("the disk is full", "en"), Said.of(answer, "detail", CHINESE));
      assertEquals(new Told("the disk is full", null), Said.of(answer, "detail", ENGLISH));
    }
  }

  /// What people wrote stands in a sentence as it is, braces and quotes too.
  @Test
  void values_are_no_patterns() {
    var answer = answer(Sentence.of("ring.missing", "no ring %s is described", "{0} it's %s"));
    assertEquals("没有已描述的批次 {0} it's %s", Said.of(answer, "detail", CHINESE).text());
  }
}
