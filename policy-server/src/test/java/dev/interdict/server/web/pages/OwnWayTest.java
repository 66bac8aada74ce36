package dev.interdict.server.web.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Language;
import dev.interdict.policy.Rule;
import dev.interdict.policy.RuleFixtures;
import dev.interdict.server.web.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnWayTest {
  private static final Words WORDS = Words.in(Language.EN);
  private static final Duration DAY = Duration.ofDays(1);

  private final Rule rule = RuleFixtures.rule(RuleFixtures.CLAUDE_CODE);
  private final Instant due = rule.timeline().term();

  private List<MeView.Step> at(Instant now) {
    return OwnWay.of(rule, Enforcement.REMOVE, due, now, WORDS);
  }

  @Test
  void reminders_to_come_stand_before_the_date_and_none_is_promised_twice_a_day() {
    var steps = at(rule.timeline().announceAt().plus(DAY));
    assertEquals("Announced", steps.getFirst().label());
    assertTrue(steps.getFirst().done());
    var reminders = steps.subList(1, steps.size() - 1);
    // Five days before is a Sunday; on the last day there are two.
    assertEquals(
        List.of("2026-07-06", "2026-07-08", "2026-07-09"),
        reminders.stream()
            .map(step -> step.at().atZone(rule.timeline().zone()).toLocalDate().toString())
            .toList());
    assertTrue(reminders.stream().allMatch(step -> step.day() && !step.done()), steps::toString);
    assertEquals(1, steps.stream().filter(MeView.Step::next).count());
    assertTrue(reminders.getFirst().next());
  }

  /// The tool is there: whatever the date, it was not removed.
  @Test
  void what_was_not_done_by_its_date_is_to_come() {
    for (var late : List.of(Duration.ZERO, DAY, Duration.ofDays(60))) {
      var steps = at(due.plus(late));
      assertEquals(2, steps.size(), steps::toString);
      assertFalse(steps.getLast().done());
      assertTrue(steps.getLast().next());
    }
  }

  @Test
  void of_what_is_only_observed_nothing_is_told() {
    assertEquals(List.of(), OwnWay.of(rule, Enforcement.OBSERVE, due, due, WORDS));
  }
}
