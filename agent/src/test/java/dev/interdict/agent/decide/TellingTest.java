package dev.interdict.agent.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.policy.OperatingSystem;
import dev.interdict.policy.Rule;
import dev.interdict.policy.RuleFixtures;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TellingTest {
  private static final Rule RULE = RuleFixtures.rule(RuleFixtures.CLAUDE_CODE);
  private static final DeviceFacts DEVICE =
      new DeviceFacts("d1", OperatingSystem.LINUX, ZoneId.of("Asia/Shanghai"), Set.of());
  private static final Instant ANNOUNCE = Instant.parse("2026-07-03T01:00:00Z");

  /// What is shown when the device looks every quarter of an hour from `start` on.
  private static List<String> life(Rule rule, Instant start) {
    var shown = new ArrayList<String>();
    var phases = new EnumMap<NoticePhase, Instant>(NoticePhase.class);
    Instant first = null;
    for (var now = start; shown.size() < 20; now = now.plus(Duration.ofMinutes(15))) {
      var history = history(first, phases);
      var date = Deciding.date(rule, history, DEVICE);
      if (date.at() != null && !now.isBefore(date.at())) {
        return shown;
      }
      var phase = Telling.now(rule, date, history, now);
      if (phase != null) {
        first = first == null ? now : first;
        phases.put(phase, now);
        shown.add(phase + " " + now);
      }
    }
    return shown;
  }

  private static History history(@Nullable Instant first, EnumMap<NoticePhase, Instant> phases) {
    return new History(first, first, first, Duration.ZERO, phases);
  }

  @Test
  void each_phase_and_each_reminder_is_shown_once() {
    assertEquals(
        List.of(
            "ANNOUNCED 2026-07-03T01:00:00Z",
            "REMINDER 2026-07-04T16:00:00Z",
            "REMINDER 2026-07-07T16:00:00Z",
            "DAY_BEFORE 2026-07-08T16:00:00Z",
            "LAST_HOUR 2026-07-09T15:00:00Z"),
        life(RULE, ANNOUNCE));
  }

  @Test
  void a_device_that_is_late_gets_no_phases_that_its_announcement_covers() {
    var late = Instant.parse("2026-07-20T08:00:00Z");
    assertEquals(
        List.of("ANNOUNCED 2026-07-20T08:00:00Z", "LAST_HOUR 2026-07-21T07:00:00Z"),
        life(RULE, late));
  }

  @Test
  void a_rule_that_only_observes_tells_nobody() {
    var observe =
        RuleFixtures.rule(
            RuleFixtures.CLAUDE_CODE.replace(
                "\"enforcement\": \"remove\"", "\"enforcement\": \"observe\""));
    var date = Deciding.date(observe, History.NONE, DEVICE);
    assertEquals(null, Telling.now(observe, date, History.NONE, ANNOUNCE));
  }
}
