package dev.interdict.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.interdict.json.Fault;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleReaderTest {

  @Test
  void reads_a_whole_rule() {
    var rule = RuleFixtures.rule(RuleFixtures.CLAUDE_CODE);
    assertEquals(new RuleId("claude-code"), rule.id());
    assertEquals("高风险。", rule.tool().reason().in(Language.ZH_CN));
    assertEquals(4, rule.match().size());
    assertEquals(Enforcement.REMOVE, rule.enforcement());
    assertEquals(List.of(".claude"), rule.keep());
    assertEquals(
        Instant.parse("2026-07-09T16:00:00Z"),
        rule.timeline().effectiveAt(ZoneId.of("America/New_York")));
    assertEquals(List.of(Duration.ofDays(5), Duration.ofDays(2)), rule.timeline().reminders());
  }

  @Test
  void local_clock_takes_effect_at_each_devices_own_time() {
    var rule =
        RuleFixtures.rule(
            RuleFixtures.CLAUDE_CODE.replace("\"zone\":", "\"clock\": \"local\", \"zone\":"));
    assertEquals(
        Instant.parse("2026-07-10T04:00:00Z"),
        rule.timeline().effectiveAt(ZoneId.of("America/New_York")));
  }

  @ParameterizedTest
  @CsvSource({"wall-clock,WALL_CLOCK", "wait,WAIT", "enforce,ENFORCE"})
  void says_what_counts_on_a_device_out_of_contact(String word, Timeline.OutOfContact expected) {
    assertEquals(
        Timeline.OutOfContact.WALL_CLOCK,
        RuleFixtures.rule(RuleFixtures.CLAUDE_CODE).timeline().outOfContact());
    assertEquals(
        expected,
        RuleFixtures.rule(
                RuleFixtures.CLAUDE_CODE.replace(
                    "\"zone\":", "\"out-of-contact\": \"" + word + "\", \"zone\":"))
            .timeline()
            .outOfContact());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      value = {
        "\"zone\":|\"out-of-contact\": \"never\", \"zone\":|/timeline/out-of-contact",
        "2026-07-10T00:00|2026-02-30T00:00|/timeline/effective",
        "2026-07-10T00:00|tomorrow|/timeline/effective",
        "2026-07-10T00:00|2026-07-03T09:00|/timeline/effective",
        "Asia/Shanghai|Asia/Nowhere|/timeline/zone",
        "Asia/Shanghai|+08:00|/timeline/zone",
        "PT24H|a day|/timeline/minimum-notice",
        "PT24H|-PT24H|/timeline/minimum-notice",
        "\"zh-CN\"|\"zh-TW\"|/reason",
        "\"高风险。\"|\"\"|/reason/zh-CN",
        "\"remove\"|\"destroy\"|/enforcement",
        "claude-code\",|Claude Code\",|/id",
        "https://qoder.com/|javascript:alert(1)|/replacement/url",
        ".local/share/claude/versions/*|**|/match/2/program/home",
        ".local/share/claude/versions/*|/etc/*|/match/2/program/home",
        "~/.claude|/etc|/keep",
        "~/.claude|~/../x|/keep",
        "~/.claude|~/.claude//x|/keep",
        "~/.claude|~/./x|/keep",
        "~/.claude|~//|/keep",
        "{\"process\": {\"executable-of\": \"matched\"}}|{\"command\": \"rm -rf\"}|/match/3",
        "\"limits\"|\"run\": \"x\", \"limits\"|/run",
        "pkg:npm/%40anthropic-ai/claude-code|pkg:npm/%40anthropic-ai/claude-code@1.0.0|/match/0/package",
        "pkg:npm/%40anthropic-ai/claude-code|claude|/match/0/package",
      })
  void refuses_a_rule_it_does_not_understand_whole(String good, String bad, String pointer) {
    var text = RuleFixtures.CLAUDE_CODE.replace(good, bad);
    var faulty =
        assertInstanceOf(
            RuleReader.Result.Faulty.class, RuleReader.read(RuleFixtures.json(text)), text);
    assertEquals(
        pointer,
        faulty.faults().stream()
            .map(Fault::pointer)
            .filter(pointer::equals)
            .findFirst()
            .orElse(faulty.faults().toString()));
  }
}
