package dev.interdict.agent.notice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Language;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NoticeTest {
  private static final Recipient PERSON = Samples.recipient(1000, Language.EN);

  @Test
  void a_notice_is_as_urgent_as_the_most_urgent_of_its_rules() {
    var calm = Samples.matter("one", new Phase.CalledOff(Samples.MIDNIGHT));
    var last = new Phase.LastHour(Samples.MIDNIGHT, 15, 0, Duration.ZERO);
    assertEquals(Notice.Urgency.LOW, Notice.of("n", PERSON, List.of(calm)).urgency());
    assertEquals(
        Notice.Urgency.CRITICAL,
        Notice.of("n", PERSON, List.of(calm, Samples.matter("two", last))).urgency());
  }

  @Test
  void a_notice_is_about_something_and_about_no_rule_twice() {
    var matter = Samples.matter("one", new Phase.CalledOff(Samples.MIDNIGHT));
    assertThrows(IllegalArgumentException.class, () -> Notice.of("n", PERSON, List.of()));
    assertThrows(
        IllegalArgumentException.class, () -> Notice.of("n", PERSON, List.of(matter, matter)));
    assertThrows(
        IllegalArgumentException.class,
        () -> Notice.of("n", PERSON, Samples.matters(Notice.MOST_MATTERS + 1)));
    Notice.of("n", PERSON, Samples.matters(Notice.MOST_MATTERS));
  }

  @Test
  void a_name_of_a_notice_is_plain() {
    var matters = Samples.matters(1);
    for (var id : List.of("", "a b", "A", "../x", "n\n", "n".repeat(65))) {
      assertThrows(IllegalArgumentException.class, () -> Notice.of(id, PERSON, matters), id);
    }
  }

  @Test
  void a_session_may_speak_another_language_in_another_zone() {
    var notice = Notice.of("n", PERSON, Samples.matters(2));
    var there = notice.in(Language.ZH_CN, ZoneOffset.UTC);
    assertEquals(new Recipient(PERSON.home(), Language.ZH_CN, ZoneOffset.UTC), there.recipient());
    assertEquals(notice, there.in(Language.EN, Samples.SHANGHAI));
  }

  @Test
  void nobody_is_told_of_a_rule_that_only_observes() {
    var rule = Samples.rule("Claude Code", "Qoder", Enforcement.OBSERVE);
    var phase = new Phase.Announced(Samples.MIDNIGHT);
    assertThrows(IllegalArgumentException.class, () -> Matter.of(rule, phase));
  }
}
