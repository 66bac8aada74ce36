package dev.interdict.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.agent.wording.Pseudo;
import dev.interdict.policy.Language;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/// The commands in a language whose words are two fifths longer than ours.
class WordsInPseudoTest {
  private static final Words PSEUDO = new Words(Language.EN, Pseudo.of(Words.class, "words"));

  @Test
  void what_status_says_above_its_table_is_not_cut() {
    var out = new StringWriter();
    StatusCommand.print(StatusCommandTest.full(), PSEUDO, paper(out));
    var above = out.toString().split("\n\n", 2)[0];
    assertEquals(7, above.lines().count(), above);
    whole(above);
  }

  @Test
  void explain_cuts_no_word() {
    var out = new StringWriter();
    for (var rule : StatusCommandTest.full().get("rules").items()) {
      ExplainCommand.explain(rule, StatusCommandTest.full().get("time"), false, PSEUDO, paper(out));
    }
    whole(out.toString());
  }

  /// Wide enough that no line goes on below, where a word could seem cut.
  private static Paper paper(StringWriter out) {
    return new Paper(new PrintWriter(out), 1_000, false);
  }

  private static void whole(String text) {
    for (var line : text.lines().toList()) {
      assertEquals(
          line.chars().filter(c -> c == '⟦').count(),
          line.chars().filter(c -> c == '⟧').count(),
          line);
    }
  }
}
