package dev.interdict.agent.wording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.notice.Matter;
import dev.interdict.agent.notice.Notice;
import dev.interdict.agent.notice.Phase;
import dev.interdict.agent.notice.Samples;
import dev.interdict.agent.platform.TerminalColour;
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Language;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TerminalTextTest {
  private static final Instant NOW = Instant.parse("2026-07-03T01:00:00Z");

  @Test
  void english_notice_is_framed() {
    assertEquals(
        """
        -- Interdict: IT notice ----------------------------------------------------
        Claude Code will be removed on 10 July
        From Fri 10 July, 00:00 (Shanghai), it is not allowed on company computers.
        Use Qoder instead. Your projects stay as they are.
        Qoder: https://it.example.com/qoder
        Why, and how to ask for an exemption: interdict-agent explain claude-code
        """,
        text(announced(Language.EN), false));
  }

  @Test
  void chinese_notice_is_framed_by_its_width() {
    assertEquals(
        """
        -- Interdict：IT 通知 ------------------------------------------------------
        Claude Code 将于7月10日移除
        自7月10日（周五）00:00（上海）起，公司电脑不再允许使用该软件。请改用 Qoder，
        您的项目文件不受影响。
        Qoder: https://it.example.com/qoder
        原因及豁免申请方法：interdict-agent explain claude-code
        """,
        text(announced(Language.ZH_CN), false));
  }

  @Test
  void several_rules_are_told_in_one_frame() {
    var midnight = new Phase.Announced(Samples.MIDNIGHT);
    var merged =
        Told.notice(
            Language.EN,
            Told.claude(midnight),
            Told.another(midnight),
            Told.matter("Gemini CLI", "Lingma", Enforcement.REMOVE, midnight));
    assertEquals(
        """
        -- Interdict: IT notice ----------------------------------------------------
        3 tools will be removed on 10 July
        Claude Code, OpenClaw and Gemini CLI: not allowed from Fri 10 July, 00:00
        (Shanghai). What to use instead: interdict-agent status.
        Why, and what you can do: interdict-agent status
        """,
        text(merged, false));
  }

  @Test
  void no_notice_takes_more_than_six_lines_of_76_columns() {
    var all = new ArrayList<List<Matter>>();
    all.addAll(Told.single());
    all.addAll(Told.merged());
    var names = "Extraordinarily Long Name of Something to Say ".repeat(3);
    for (var phase : Samples.phases()) {
      all.add(List.of(Told.matter(names, names, Enforcement.REMOVE, phase)));
    }
    for (var matters : all) {
      for (var language : Language.values()) {
        var texts = Told.texts(language, matters.toArray(Matter[]::new));
        var lines = TerminalText.lines(texts, false);
        assertTrue(lines.size() <= 6, lines.toString());
        lines.forEach(line -> assertTrue(Columns.of(line) <= 76, line));
      }
    }
  }

  @Test
  void a_terminal_is_sent_nothing_but_text_unless_it_may_be_coloured() {
    assertFalse(text(announced(Language.EN), false).contains("\u001B"));
    assertTrue(
        text(announced(Language.EN), true)
            .contains("\n\u001B[1mClaude Code will be removed on 10 July\u001B[0m\n"));
  }

  @Test
  void colour_needs_a_terminal_that_can_and_no_objection() {
    assertTrue(TerminalColour.permitted(true, Map.of("TERM", "xterm")));
    assertTrue(TerminalColour.permitted(true, Map.of("TERM", "xterm", "NO_COLOR", "")));
    assertFalse(TerminalColour.permitted(true, Map.of("TERM", "xterm", "NO_COLOR", "1")));
    assertFalse(TerminalColour.permitted(false, Map.of("TERM", "xterm")));
    assertFalse(TerminalColour.permitted(true, Map.of("TERM", "dumb")));
    assertFalse(TerminalColour.permitted(true, Map.of()));
  }

  private static String text(Notice notice, boolean colour) {
    return String.join("\n", TerminalText.lines(Wording.texts(notice, NOW), colour)) + "\n";
  }

  private static Notice announced(Language language) {
    return Samples.notice(
        Samples.rule(), new Phase.Announced(Samples.MIDNIGHT), Samples.recipient(1000, language));
  }
}
