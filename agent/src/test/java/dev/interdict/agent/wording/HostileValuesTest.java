package dev.interdict.agent.wording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.notice.Matter;
import dev.interdict.agent.notice.Notice;
import dev.interdict.agent.notice.Phase;
import dev.interdict.agent.notice.Samples;
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Language;
import dev.interdict.policy.RuleId;
import dev.interdict.report.ErrorClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Names, reasons and contacts that nobody sane would write, by seed.
final class HostileValuesTest {
  private static final int ROUNDS = 150;
  private static final List<String> PIECES =
      List.of(
          "{tool}",
          "{0}",
          "{",
          "}",
          "'",
          "''",
          "#",
          "{n, plural, other {#}}",
          "<b>",
          "&amp;",
          "<script>",
          "\u001B[2J",
          "\u009B1m",
          "\u0000",
          "\n",
          "\r",
          "\t",
          "\u202E",
          "\u2066",
          "\u200B",
          "\uFEFF",
          "\u0301\u0302\u0303\u0304",
          "\uD83D",
          "\uDE00",
          "\uD83D\uDE80",
          "移除",
          "，",
          "Qoder",
          " ",
          "\u3000",
          "\uE000",
          "x".repeat(10_000),
          "漢".repeat(10_000),
          "\u0301".repeat(10_000),
          "$(id)",
          "`",
          "\\",
          "%s",
          "..",
          "。");

  private static String text(Random random) {
    var text = new StringBuilder();
    for (var i = random.nextInt(6); i > 0; i--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }

  private static Phase phase(Random random) {
    var phases = new ArrayList<>(Samples.phases());
    phases.add(new Phase.Exempted(Samples.MIDNIGHT, text(random), text(random), 0));
    phases.add(
        new Phase.ExemptionRefused(Samples.MIDNIGHT, text(random), text(random), text(random)));
    phases.add(new Phase.Restored(text(random), text(random)));
    phases.add(new Phase.Failed(ErrorClass.OTHER, text(random), random.nextBoolean()));
    return phases.get(random.nextInt(phases.size()));
  }

  private static Notice notice(Random random, Language language) {
    var matters = new ArrayList<Matter>();
    for (var i = random.nextInt(4); i >= 0; i--) {
      var enforcements = List.copyOf(Told.ENFORCEMENTS);
      matters.add(
          new Matter(
              new RuleId("rule-" + i),
              text(random),
              text(random),
              random.nextBoolean() ? "" : "https://" + text(random),
              enforcements.get(random.nextInt(enforcements.size())),
              phase(random)));
    }
    return Notice.of("n", Samples.recipient(1000, language), matters);
  }

  @Test
  void no_value_empties_overflows_or_steers_a_notice() {
    for (var seed = 0; seed < ROUNDS; seed++) {
      for (var language : Language.values()) {
        var notice = notice(new Random(seed), language);
        var texts = Wording.texts(notice, Samples.NOW);
        var why = "seed " + seed + " in " + language + ": " + texts;
        var budget = Budget.of(language);
        assertTrue(Columns.of(texts.title()) <= budget.title(), why);
        assertTrue(Columns.of(texts.body()) <= budget.body(), why);
        assertTrue(texts.choices().size() <= 3 && !texts.choices().isEmpty(), why);
        for (var choice : texts.choices()) {
          inert(choice.label(), why);
          assertTrue(Columns.of(choice.label()) <= budget.label(), why);
        }
        for (var line : TerminalText.lines(texts, false)) {
          inert(line, why);
          assertTrue(Columns.of(line) <= TerminalText.COLUMNS, why);
        }
        for (var text : List.of(texts.sender(), texts.title(), texts.body(), texts.more())) {
          inert(text, why);
        }
      }
    }
  }

  @Test
  void what_follows_an_answer_is_as_safe() {
    for (var seed = 0; seed < ROUNDS; seed++) {
      var name = text(new Random(seed));
      for (var language : Language.values()) {
        for (var answer : Told.answers()) {
          var texts = Told.answered(answer, name, language);
          inert(texts.title(), name);
          inert(texts.body(), name);
          assertTrue(Columns.of(texts.title()) <= 48, texts.title());
        }
      }
    }
  }

  @Test
  void a_tool_without_a_readable_name_is_called_by_its_rule() {
    var matter =
        new Matter(
            new RuleId("claude-code"),
            "\u200B\u0000",
            "\u202E",
            "https://x.example",
            Enforcement.REMOVE,
            new Phase.Announced(Samples.MIDNIGHT));
    var texts = Told.texts(Language.EN, matter);
    assertEquals("claude-code will be removed on 10 July", texts.title());
    assertTrue(texts.body().contains("Ask IT what to use instead."), texts.body());
  }

  private static void inert(String text, String why) {
    assertFalse(text.isBlank(), why);
    assertEquals(Inert.text(text), text, why);
    assertTrue(text.codePoints().noneMatch(Character::isISOControl), why);
  }
}
