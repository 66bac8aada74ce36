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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a language needs whose words are longer than ours: nothing but names may be cut.
final class PseudoLanguageTest {
  private static final Messages PSEUDO = Pseudo.of(Wording.class, "notices");
  private static final Dating DATING =
      new Dating(Language.EN, PSEUDO, Samples.SHANGHAI, Samples.NOW);

  /// Two fifths more than in English, and the brackets.
  private static final Budget BUDGET = new Budget(76, 226, 46);

  /// What is in the texts and comes from no message file.
  private static final List<String> VALUES =
      List.of(
          "Claude Code",
          "OpenClaw",
          "Codex CLI",
          "Gemini CLI",
          "Aider",
          "Qoder does this too",
          "Qoder",
          "Lingma",
          "Shanghai",
          "IR-0042",
          "Li Na",
          "it@example.com",
          "removed by mistake",
          "migration of plugin X is not finished",
          "claude-code");

  private static Texts texts(List<Matter> matters) {
    var notice = Notice.of("n", Samples.recipient(1000, Language.EN), matters);
    return Wording.texts(notice, DATING, BUDGET);
  }

  private static List<List<Matter>> all() {
    var all = new ArrayList<>(Told.single());
    all.addAll(Told.merged());
    return all;
  }

  @Test
  void the_language_is_longer_and_keeps_its_syntax() {
    assertEquals(
        "⟦{n_n, plural, =1 {1 đáý} other {{n} đáýš ł~~éƒŧ}} ŧó {tool}⟧",
        Pseudo.pattern("{n_n, plural, =1 {1 day} other {{n} days left}} to {tool}"));
  }

  @Test
  void no_message_is_cut() {
    for (var matters : all()) {
      var texts = texts(matters);
      var parts = new ArrayList<>(List.of(texts.sender(), texts.title(), texts.body()));
      parts.add(texts.more());
      texts.choices().forEach(choice -> parts.add(choice.label()));
      for (var part : parts) {
        assertTrue(part.startsWith("⟦") && part.endsWith("⟧"), part);
        assertFalse(part.contains("…"), part);
      }
    }
  }

  @Test
  void a_terminal_shows_it_whole() {
    for (var matters : all()) {
      var lines = TerminalText.lines(texts(matters), false);
      assertTrue(lines.size() <= 6, lines.toString());
      lines.forEach(line -> assertTrue(Columns.of(line) <= 76, line));
      var shown = String.join(" ", lines);
      assertEquals(count(shown, '⟦'), count(shown, '⟧'), shown);
      assertFalse(shown.contains("…"), shown);
    }
  }

  @Test
  void a_long_name_is_cut_and_the_message_around_it_is_not() {
    var names = "Extraordinarily Long Name of Something to Say ".repeat(3);
    for (var phase : Samples.phases()) {
      var texts = texts(List.of(Told.matter(names, names, Enforcement.REMOVE, phase)));
      for (var part : List.of(texts.title(), texts.body())) {
        assertTrue(part.startsWith("⟦") && part.endsWith("⟧"), part);
      }
    }
  }

  @Test
  void every_word_comes_from_the_message_file() {
    for (var matters : all()) {
      var texts = texts(matters);
      var said = texts.title() + texts.body() + texts.more();
      for (var choice : texts.choices()) {
        said += choice.label();
      }
      for (var value : VALUES) {
        said = said.replace(value, "");
      }
      assertFalse(said.matches(".*[A-Za-z].*"), said);
    }
  }

  private static long count(String text, char c) {
    return text.chars().filter(one -> one == c).count();
  }

  @Test
  void what_is_cut_by_hand_would_be_noticed() {
    var texts = texts(List.of(Told.claude(new Phase.Announced(Samples.MIDNIGHT))));
    assertFalse(Columns.cut(texts.title(), 40).endsWith("⟧"));
  }
}
