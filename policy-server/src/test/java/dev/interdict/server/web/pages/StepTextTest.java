package dev.interdict.server.web.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.interdict.policy.Language;
import dev.interdict.server.web.Words;
import dev.interdict.server.web.pages.Telling.Told;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepTextTest {
  private static final Words CHINESE = Words.in(Language.ZH_CN);

  @Test
  void a_step_is_said_with_its_values() {
    assertEquals(
        "2026-07-10T10:00 → 2026-07-24T10:00：推迟",
        StepText.of("2026-07-10T10:00 -> 2026-07-24T10:00: later", CHINESE).text());
    assertEquals("提前 3 d 2 h", StepText.of("EARLIER by 3 d 2 h", CHINESE).text());
    assertEquals("更严格", StepText.of("HARDER", CHINESE).text());
    assertEquals(new Told("observe → remove", null), StepText.of("observe -> remove", CHINESE));
    for (var step :
        List.of(
            "was only observed so far: all of the ban is new",
            "a new ban",
            "- -> PT24H: longer",
            "WIDER for 3 workstations with older agents, which could not read the rule so far",
            "2026-07-10T10:00 -> 2026-07-11T10:00: later, by LESS than may have been put off,"
                + " which begins anew",
            "{\"data\":\"a: b\"}: found as well")) {
      assertNull(StepText.of(step, CHINESE).language(), step);
    }
  }

  @Test
  void what_is_not_understood_is_shown_as_it_stands() {
    assertEquals(new Told("brighter", "en"), StepText.of("brighter", CHINESE));
    assertEquals(new Told("", "en"), StepText.of("", CHINESE));
  }
}
