package dev.interdict.decide;

import static dev.interdict.decide.DeviceDate.SetBy.OUT_OF_CONTACT;
import static dev.interdict.decide.ToldOutcome.SHOWN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.decide.Situation.PolicyAge;
import dev.interdict.policy.Exemptions;
import dev.interdict.policy.OperatingSystem;
import dev.interdict.policy.Rule;
import dev.interdict.policy.RuleFixtures;
import dev.interdict.policy.Stop;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class TellingTest {
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  private static final DeviceFacts DEVICE =
      new DeviceFacts("d1", OperatingSystem.LINUX, SHANGHAI, Set.of());
  private static final Sighting ONE = new Sighting(1, true, Set.of("lin"));
  private static final String AT_TEN =
      RuleFixtures.CLAUDE_CODE.replace("2026-07-10T00:00", "2026-07-10T10:00");

  private final Recollection memory = new Recollection();
  private final List<String> shown = new ArrayList<>();
  private Duration awake = Duration.ZERO;

  private static Rule rule(String json) {
    return RuleFixtures.rule(json);
  }

  private static Rule usual(String json) {
    return rule(json.replace("[\"P2D\", \"P5D\"]", "[]"));
  }

  private static Instant shanghai(String local) {
    return java.time.LocalDateTime.parse(local).atZone(SHANGHAI).toInstant();
  }

  /// What is shown to somebody who is there at `present` times, on a device that looks every five
  /// minutes from `start` until the end.
  private List<String> life(Rule rule, String start, Predicate<java.time.ZonedDateTime> present) {
    for (var now = shanghai(start); shown.size() < 40; now = now.plus(Duration.ofMinutes(5))) {
      var verdict = verdict(rule, now);
      if (verdict instanceof Verdict.Due) {
        shown.add("DUE " + now.atZone(SHANGHAI).toLocalDateTime());
        return shown;
      }
      if (verdict instanceof Verdict.Waiting(var date)) {
        look(rule, date, now, present.test(now.atZone(SHANGHAI)));
      }
      awake = awake.plus(Duration.ofMinutes(5));
    }
    return shown;
  }

  private Verdict verdict(Rule rule, Instant now) {
    var situation =
        new Situation(
            DEVICE, Exemptions.NONE, Stop.NONE, PolicyAge.CURRENT, TimeView.certain(now), Set.of());
    return Deciding.verdict(rule, ONE, memory.history(), situation);
  }

  private void look(Rule rule, DeviceDate date, Instant now, boolean there) {
    var person = memory.history().of("lin");
    var next = Telling.next(rule, date, person, SHANGHAI, TimeView.certain(now), awake);
    var spoken = date.at() == null ? now.plus(Duration.ofHours(24)) : date.at();
    if (next.heldBack()) {
      memory.told("lin", now, NoticePhase.ANNOUNCED, spoken, ToldOutcome.HELD_BACK, awake);
    } else if (next.phase() != null) {
      var outcome = there ? ToldOutcome.SHOWN : ToldOutcome.NO_SESSION;
      memory.told("lin", now, next.phase(), spoken, outcome, awake);
      if (there) {
        shown.add(next.phase() + " " + now.atZone(SHANGHAI).toLocalDateTime());
      }
    }
    var tried = memory.history().of("lin").tried();
    if (tried != null && awake.minus(tried).compareTo(Deciding.UNSHOWN_GRACE) >= 0) {
      memory.gaveUp("lin", now);
    }
  }

  private static boolean office(java.time.ZonedDateTime at) {
    return WorkingHours.workday(at.toLocalDate()) && at.getHour() >= 9 && at.getHour() < 18;
  }

  @Test
  void the_usual_schedule_is_once_then_daily_then_twice_then_three_times() {
    assertEquals(
        List.of(
            "ANNOUNCED 2026-07-03T09:30",
            "REMINDER 2026-07-06T09:30",
            "REMINDER 2026-07-07T09:30",
            "REMINDER 2026-07-08T09:30",
            "DAY_BEFORE 2026-07-09T10:00",
            "DAY_BEFORE 2026-07-09T16:00",
            "LAST_HOUR 2026-07-10T09:00",
            "LAST_HOUR 2026-07-10T09:45",
            "LAST_HOUR 2026-07-10T09:55",
            "DUE 2026-07-10T10:00"),
        life(usual(AT_TEN), "2026-07-03T09:00", TellingTest::office));
  }

  @Test
  void long_before_the_date_once_a_week() {
    assertEquals(
        List.of(
            "ANNOUNCED 2026-06-01T09:30",
            "REMINDER 2026-06-08T09:30",
            "REMINDER 2026-06-15T09:30",
            "REMINDER 2026-06-22T09:30",
            "REMINDER 2026-06-29T09:30",
            "REMINDER 2026-07-03T09:30"),
        life(
                usual(AT_TEN.replace("2026-07-03T09:00", "2026-06-01T09:00")),
                "2026-06-01T09:00",
                TellingTest::office)
            .subList(0, 6));
  }

  @Test
  void a_rule_with_reminders_of_its_own_reminds_on_those_days_only() {
    assertEquals(
        List.of(
            "ANNOUNCED 2026-07-03T09:30",
            "REMINDER 2026-07-06T09:30",
            "REMINDER 2026-07-08T10:00",
            "DAY_BEFORE 2026-07-09T10:00"),
        life(rule(AT_TEN), "2026-07-03T09:00", TellingTest::office).subList(0, 4));
  }

  @Test
  void before_the_last_day_nobody_is_reminded_twice_on_one_day() {
    var often = rule(AT_TEN.replace("[\"P2D\", \"P5D\"]", "[\"P2D\", \"PT44H\", \"PT42H\"]"));
    var days =
        life(often, "2026-07-03T09:00", TellingTest::office).stream()
            .filter(told -> told.startsWith("REMINDER"))
            .map(told -> told.substring(0, told.indexOf('T', 10)))
            .toList();
    assertEquals(Set.copyOf(days).size(), days.size(), days::toString);
    assertTrue(days.contains("REMINDER 2026-07-08"), days::toString);
  }

  @Test
  void midnight_belongs_to_the_day_that_ends() {
    assertEquals(
        List.of(
            "REMINDER 2026-07-08T09:30",
            "DAY_BEFORE 2026-07-09T10:00",
            "DAY_BEFORE 2026-07-09T16:00",
            "DUE 2026-07-10T00:00"),
        life(usual(RuleFixtures.CLAUDE_CODE), "2026-07-03T09:00", TellingTest::office)
            .subList(3, 7));
  }

  @Test
  void who_comes_after_the_date_has_half_an_hour_at_least_and_until_the_end_that_was_named() {
    life(
        usual(RuleFixtures.CLAUDE_CODE),
        "2026-07-03T09:00",
        at -> office(at) && at.getDayOfMonth() < 9);
    assertEquals("DUE 2026-07-10T00:00", shown.getLast());
    shown.clear();
    // Off over the date: what was tried while nobody was there is not on record.
    var off = new TellingTest();
    off.memory.told(
        "lin",
        shanghai("2026-07-03T09:30"),
        NoticePhase.ANNOUNCED,
        Instant.MAX,
        ToldOutcome.SHOWN,
        Duration.ZERO);
    assertEquals(
        List.of(
            "LAST_HOUR 2026-07-13T08:40",
            "LAST_HOUR 2026-07-13T09:15",
            "LAST_HOUR 2026-07-13T09:25",
            "DUE 2026-07-13T09:30"),
        off.life(
            usual(RuleFixtures.CLAUDE_CODE),
            "2026-07-13T08:30",
            at -> at.getHour() * 60 + at.getMinute() >= 520));
  }

  @Test
  void first_seen_after_the_date_is_told_at_once_at_whatever_hour() {
    var found = life(usual(AT_TEN), "2026-07-18T22:00", _ -> true);
    assertEquals("ANNOUNCED 2026-07-18T22:00", found.getFirst());
    assertEquals("DUE 2026-07-19T22:00", found.getLast());
  }

  @Test
  void an_announcement_on_friday_evening_waits_for_monday() {
    assertEquals(
        "ANNOUNCED 2026-07-06T09:30",
        life(usual(AT_TEN), "2026-07-03T18:00", TellingTest::office).getFirst());
  }

  @Test
  void who_works_at_night_is_told_at_night_once_three_days_of_running_have_gone_by() {
    var found =
        life(
            usual(AT_TEN.replace("2026-07-03T09:00", "2026-06-01T09:00")),
            "2026-06-01T20:00",
            at -> at.getHour() >= 20 || at.getHour() < 6);
    assertEquals("ANNOUNCED 2026-06-04T20:00", found.getFirst());
  }

  @Test
  void a_promised_reminder_comes_at_its_time_and_nothing_before_it() {
    memory.told(
        "lin",
        shanghai("2026-07-03T09:30"),
        NoticePhase.ANNOUNCED,
        Instant.MAX,
        ToldOutcome.SHOWN,
        Duration.ZERO);
    memory.snoozed("lin", shanghai("2026-07-09T18:00"));
    assertEquals(
        List.of(
            "DAY_BEFORE 2026-07-09T18:00",
            "LAST_HOUR 2026-07-10T09:00",
            "LAST_HOUR 2026-07-10T09:45",
            "LAST_HOUR 2026-07-10T09:55",
            "DUE 2026-07-10T10:00"),
        life(usual(AT_TEN), "2026-07-03T10:00", _ -> true));
  }

  @Test
  void the_last_hour_breaks_through_a_promise() {
    memory.told(
        "lin",
        shanghai("2026-07-03T09:30"),
        NoticePhase.ANNOUNCED,
        Instant.MAX,
        ToldOutcome.SHOWN,
        Duration.ZERO);
    memory.snoozed("lin", shanghai("2026-07-11T18:00"));
    assertEquals(
        "LAST_HOUR 2026-07-10T09:00",
        life(usual(AT_TEN), "2026-07-03T10:00", _ -> true).getFirst());
  }

  @Test
  void nobody_there_at_all_ends_a_day_and_the_minimum_notice_after_the_first_try() {
    assertEquals(
        List.of("DUE 2026-07-20T22:00"), life(usual(AT_TEN), "2026-07-18T22:00", _ -> false));
  }

  @Test
  void a_rule_that_only_observes_tells_nobody() {
    var observe =
        rule(
            RuleFixtures.CLAUDE_CODE.replace(
                "\"enforcement\": \"remove\"", "\"enforcement\": \"observe\""));
    assertEquals(List.of("DUE 2026-07-10T00:00"), life(observe, "2026-07-03T09:00", _ -> true));
    assertTrue(memory.history().people().isEmpty());
  }

  @Test
  void out_of_contact_the_end_that_is_told_is_the_end_of_the_call() {
    var rule = usual(AT_TEN);
    var now = shanghai("2026-07-08T14:00");
    var date = shanghai("2026-07-10T10:00");
    memory.told("lin", now.minus(Duration.ofDays(3)), NoticePhase.ANNOUNCED, date, SHOWN, awake);
    var notice = now.minus(Duration.ofDays(2));
    var come = new DeviceDate(date, date, null, notice, OUT_OF_CONTACT, null);
    var half = now.plus(Deciding.LAST_CALL);
    assertEquals(half, come.end(rule, now));
    assertEquals(NoticePhase.LAST_HOUR, alone(rule, come, now).phase());
    memory.told("lin", now, NoticePhase.LAST_HOUR, date, SHOWN, awake);
    var called = new DeviceDate(date, date, null, notice, OUT_OF_CONTACT, half);
    assertEquals(half, called.end());
    assertEquals(half, called.end(rule, now.plusSeconds(60)));
    var quarter = half.minus(Duration.ofMinutes(15));
    assertEquals(quarter, alone(rule, called, now.plusSeconds(60)).at());
    assertEquals(NoticePhase.LAST_HOUR, alone(rule, called, quarter).phase());
  }

  private Telling.Next alone(Rule rule, DeviceDate date, Instant now) {
    return Telling.next(
        rule, date, memory.history().of("lin"), SHANGHAI, TimeView.certain(now), awake);
  }

  @Test
  void hours_are_those_of_the_clock_that_people_see_where_nothing_speaks_against_it() {
    var atWork = shanghai("2026-07-03T09:50");
    assertFalse(hours(atWork, shanghai("2026-07-03T09:20"), false), "a server that is ahead");
    assertTrue(hours(atWork, shanghai("2026-07-03T09:20"), true), "a clock seen being set");
    assertTrue(hours(atWork, shanghai("2026-06-30T09:20"), false), "a clock that is disproved");
    assertTrue(hours(shanghai("2026-07-03T08:00"), atWork, false), "trusted time that lags");
    assertFalse(hours(shanghai("2026-07-04T10:00"), shanghai("2026-08-05T10:00"), false), "absurd");
  }

  private static boolean hours(Instant trusted, Instant wall, boolean stepped) {
    return Telling.inWorkingHours(
        new TimeView(trusted, trusted, Duration.ZERO, Witness.SERVER, wall, stepped, null),
        SHANGHAI);
  }
}
