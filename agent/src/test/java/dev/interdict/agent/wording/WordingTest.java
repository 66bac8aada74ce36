package dev.interdict.agent.wording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.notice.Matter;
import dev.interdict.agent.notice.Notice;
import dev.interdict.agent.notice.Phase;
import dev.interdict.agent.notice.Samples;
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Language;
import dev.interdict.policy.RuleId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WordingTest {
  private static final Path GOLDEN =
      Path.of("src/test/resources/dev/interdict/agent/wording/wording.golden.txt");

  @Test
  void notices_read_as_agreed() throws IOException {
    var actual = new StringBuilder();
    for (var language : Language.values()) {
      actual.append("# ").append(language.tag()).append("\n\n");
      for (var matters : Told.single()) {
        var matter = matters.getFirst();
        write(
            actual,
            matter.enforcement() + " " + matter.phase().key(),
            Told.texts(language, matter));
      }
      for (var matters : Told.merged()) {
        write(
            actual,
            matters.size() + " " + Leading.of(matters).lead().phase().key(),
            Told.texts(language, matters.toArray(Matter[]::new)));
      }
      for (var answer : Told.answers()) {
        write(actual, "answered " + answer.key(), Told.answered(answer, "Claude Code", language));
      }
    }
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(GOLDEN, actual);
    }
    assertEquals(Files.readString(GOLDEN, StandardCharsets.UTF_8), actual.toString());
  }

  private static void write(StringBuilder out, String occasion, Texts texts) {
    out.append(occasion)
        .append(": ")
        .append(texts.title())
        .append("\n  ")
        .append(texts.body())
        .append("\n  ")
        .append(texts.choices().stream().map(Texts.Choice::label).toList())
        .append('\n');
  }

  @Test
  void long_names_are_shortened_and_dates_and_next_steps_are_not() {
    var announced =
        Told.texts(
            Language.EN,
            Told.matter(
                "The Extraordinarily Long Name of an Assistant for Programming, Enterprise Edition",
                "A Replacement Whose Name Nobody Would Ever Want to Read in Full Either",
                Enforcement.REMOVE,
                new Phase.Announced(Samples.MIDNIGHT)));
    assertEquals("The Extraordinarily… will be removed on 10 July", announced.title());
    assertTrue(announced.body().endsWith("Your projects stay as they are."), announced.body());
    assertTrue(Columns.of(announced.body()) <= 150, announced.body());
    assertEquals("Get A Replacement Whose Name…", announced.choices().getFirst().label());
  }

  @Test
  void tomorrow_and_tonight_are_only_said_where_they_are_true() {
    var midnight = new Phase.DayBefore(Samples.MIDNIGHT, null);
    var notice = Told.notice(Language.EN, Told.claude(midnight));
    assertEquals("Claude Code will be removed tonight at midnight", title(notice, Samples.NOW));
    for (var zone : List.of("America/New_York", "Asia/Tokyo")) {
      var there = notice.in(Language.EN, ZoneId.of(zone));
      assertEquals("Claude Code will be removed on 10 July", title(there, Samples.NOW));
      var body = Wording.texts(there, Samples.NOW).body();
      assertTrue(body.startsWith("At 00:00 (Shanghai) it is closed"), body);
    }
  }

  /// A notice may be shown late, to somebody who was away.
  @Test
  void a_notice_that_is_shown_late_is_true_when_it_is_shown() {
    var morning = new Phase.DayBefore(Samples.MORNING, Samples.MIDNIGHT.minusHours(8));
    var notice = Told.notice(Language.EN, Told.claude(morning));
    assertEquals("Claude Code will be removed tomorrow", title(notice, Samples.NOW));
    var early = Samples.MORNING.minusHours(2).toInstant();
    assertEquals("Claude Code will be removed today at 10:00", title(notice, early));
    assertEquals("Remind me later", labels(Wording.texts(notice, early)).getLast());
    var after = Samples.MORNING.plusHours(2).toInstant();
    assertEquals("Claude Code will be removed on 10 July", title(notice, after));
  }

  @Test
  void a_date_of_another_year_says_so() {
    var far = ZonedDateTime.of(2027, 7, 31, 0, 0, 0, 0, Samples.SHANGHAI);
    var exempted = Told.claude(new Phase.Exempted(far, "", "", 0));
    assertEquals(
        "You may use Claude Code until 31 July 2027", Told.texts(Language.EN, exempted).title());
    assertEquals("您可使用 Claude Code 至2027年7月31日", Told.texts(Language.ZH_CN, exempted).title());
  }

  private static String title(Notice notice, Instant now) {
    return Wording.texts(notice, now).title();
  }

  private static List<String> labels(Texts texts) {
    return texts.choices().stream().map(Texts.Choice::label).toList();
  }

  private static List<String> keys(Texts texts) {
    return texts.choices().stream().map(Texts.Choice::key).toList();
  }

  @Test
  void a_reminder_is_promised_for_the_time_at_which_it_comes() {
    var at = Samples.MIDNIGHT.minusHours(8);
    for (var language : Language.values()) {
      var chinese = language == Language.ZH_CN;
      var days = List.of(at, at.plusDays(1), at.plusDays(4));
      var said =
          chinese
              ? List.of("16:00 再提醒", "明天提醒我", "7月13日（周一）提醒我")
              : List.of("Remind me at 16:00", "Remind me tomorrow", "Remind me on Mon 13 July");
      for (var i = 0; i < days.size(); i++) {
        var reminder = new Phase.Reminder(Samples.MIDNIGHT.plusDays(7), 7, days.get(i));
        assertEquals(said.get(i), labels(Told.texts(language, Told.claude(reminder))).get(1));
      }
    }
  }

  @Test
  void putting_off_names_its_real_span() {
    var spans = List.of(Duration.ofDays(1), Duration.ofHours(36), Duration.ofMinutes(90));
    var said = List.of("Put off 1 day", "Put off 36 hours", "Put off 90 minutes");
    for (var i = 0; i < spans.size(); i++) {
      var last = new Phase.LastHour(Samples.MORNING, 15, 1, spans.get(i));
      assertEquals(said.get(i), labels(Told.texts(Language.EN, Told.claude(last))).get(1));
    }
    var one = new Phase.LastHour(Samples.MORNING, 15, 2, Duration.ofDays(1));
    var other = new Phase.LastHour(Samples.MORNING, 15, 1, Duration.ofHours(4));
    var merged = Told.texts(Language.EN, Told.claude(one), Told.another(other));
    assertEquals(List.of("Remove 2 tools now", "Put it off"), labels(merged));
    assertTrue(merged.body().endsWith("You can put this off once."), merged.body());
  }

  @Test
  void an_answer_applies_to_the_rules_that_allow_it_and_to_no_other() {
    var last = new Phase.LastHour(Samples.MORNING, 15, 1, Duration.ofDays(1));
    var spent = new Phase.LastHour(Samples.MORNING, 15, 0, Duration.ofDays(1));
    var texts =
        Told.texts(
            Language.EN,
            Told.claude(Enforcement.BLOCK, last),
            Told.matter("Aider", "Qoder", Enforcement.REMOVE, spent),
            Told.another(new Phase.Announced(Samples.MIDNIGHT.plusDays(7))));
    var remove = texts.choices().getFirst();
    assertEquals("Remove it now", remove.label());
    assertEquals(
        List.of(Told.matter("Aider", "", Enforcement.REMOVE, spent).rule()), remove.rules());
    assertEquals("defer", texts.choices().get(1).key());
    assertEquals(List.of(new RuleId("claude-code")), texts.choices().get(1).rules());
  }

  @Test
  void removal_is_offered_only_where_the_rule_removes() {
    for (var enforcement : Told.ENFORCEMENTS) {
      var dayBefore = new Phase.DayBefore(Samples.MIDNIGHT, null);
      assertEquals(
          enforcement == Enforcement.REMOVE
              ? List.of("remove", "get", "remind")
              : List.of("get", "remind"),
          keys(Told.texts(Language.EN, Told.claude(enforcement, dayBefore))));
    }
  }

  @Test
  void the_most_urgent_occasion_leads_and_the_others_are_named() {
    var last = new Phase.LastHour(Samples.MORNING, 15, 0, Duration.ZERO);
    var texts =
        Told.texts(
            Language.EN, Told.another(new Phase.Announced(Samples.MIDNIGHT)), Told.claude(last));
    assertEquals("Claude Code closes in 15 minutes", texts.title());
    assertEquals(
        "Save your work in it now. At 10:00 it is closed and removed. Also: OpenClaw.",
        texts.body());
    assertEquals("Why, and what you can do: interdict-agent status", texts.more());
  }

  @Test
  void of_many_rules_as_many_are_named_as_there_is_room_for() {
    for (var language : Language.values()) {
      var notice =
          Notice.of("n", Samples.recipient(1000, language), Samples.matters(Notice.MOST_MATTERS));
      var body = Wording.texts(notice, Samples.NOW).body();
      assertTrue(body.contains(language == Language.EN ? " more: not allowed" : "及另外 4"), body);
      assertTrue(Columns.of(body) <= Budget.of(language).body(), body);
    }
  }

  @Test
  void without_a_replacement_none_is_offered() {
    for (var language : Language.values()) {
      for (var phase : Samples.phases()) {
        var texts = Told.texts(language, Told.matter("Claude Code", "", Enforcement.REMOVE, phase));
        assertNull(texts.link());
        assertFalse(keys(texts).contains("get") || keys(texts).contains("open"));
        assertFalse(texts.choices().isEmpty());
      }
    }
    var announced = new Phase.Announced(Samples.MIDNIGHT);
    var texts =
        Told.texts(Language.EN, Told.matter("Claude Code", "", Enforcement.REMOVE, announced));
    assertTrue(texts.body().contains("Ask IT what to use instead."), texts.body());
  }

  @Test
  void names_and_reasons_from_outside_are_inert() {
    var texts =
        Told.texts(
            Language.EN,
            Told.matter(
                "Cl\u001B[31maude\u202E {repl}\n",
                "Qo\u200Bder\u0007{tool} <b>&'",
                Enforcement.REMOVE,
                new Phase.Announced(Samples.MIDNIGHT)));
    assertEquals("Cl[31maude {repl} will be removed on 10 July", texts.title());
    assertTrue(texts.body().contains("Use Qoder{tool} <b>&' instead."), texts.body());
  }
}
