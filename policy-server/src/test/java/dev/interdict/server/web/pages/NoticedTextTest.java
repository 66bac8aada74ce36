package dev.interdict.server.web.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.policy.Language;
import dev.interdict.server.web.Words;
import dev.interdict.server.web.pages.Telling.Told;
import org.junit.jupiter.api.Test;

class NoticedTextTest {
  private static final Words ENGLISH = Words.in(Language.EN);
  private static final Words CHINESE = Words.in(Language.ZH_CN);

  @Test
  void figures_of_that_moment_are_told_in_the_readers_language() {
    assertEquals(
        new Told("1 小时内批次 a 的 40 台工作站中有 21 台移除失败，超过 5 %。", null),
        NoticedText.of(
            "removal failed on 21 of 40 workstations of ring a within PT1H, more than 5 %",
            CHINESE));
    assertEquals(
        "Removal failed on 3 of 8 workstations that were put into ring it, more than it allows"
            + " within 1 h.",
        NoticedText.of(
                "removal failed on 3 of 8 workstations that were put into ring it, more than it"
                    + " allows within PT1H",
                ENGLISH)
            .text());
    assertEquals(
        "1 workstation is silent; it counts as last heard.",
        NoticedText.of("1 workstations are silent; they count as last heard", ENGLISH).text());
  }

  @Test
  void what_is_not_understood_is_shown_as_it_stands() {
    for (var noticed : new String[] {"", "it matches", "it matches nowhere\nor does it"}) {
      assertEquals(new Told(noticed, "en"), NoticedText.of(noticed, CHINESE));
    }
  }
}
