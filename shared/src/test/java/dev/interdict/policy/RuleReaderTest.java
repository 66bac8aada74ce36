package dev.interdict.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.Fault;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  @Test
  void a_request_for_exemption_holds_nothing_unless_the_rule_says_so() {
    assertFalse(RuleFixtures.rule(RuleFixtures.CLAUDE_CODE).timeline().requestFreezes());
    assertTrue(RuleFixtures.rule(RuleFixtures.EVERYTHING).timeline().requestFreezes());
  }

  @Test
  void reads_by_which_keys_the_corporate_network_is_known() {
    assertEquals(
        List.of(new Beacon("intranet.example.com", 443, "a".repeat(64))),
        RuleFixtures.rule(RuleFixtures.EVERYTHING).scope().corporate());
    var bare =
        RuleFixtures.CLAUDE_CODE.replace(
            "\"limits\"", "\"scope\": {\"network\": \"corporate\"}, \"limits\"");
    assertEquals(List.of(), RuleFixtures.rule(bare).scope().corporate());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "intranet", "3com.example.com", "a-b.example", "10.0.0.1", "fd00::1", "::1"})
  void a_beacon_is_a_name_or_an_address(String host) {
    assertEquals(host, new Beacon(host, 65_535, "0".repeat(64)).host());
  }

  @ParameterizedTest
  @CsvSource({
    "'',                       443, a, host",
    "a b,                      443, a, host",
    "https://a.example,        443, a, host",
    "a.example:443,            443, a, host",
    "-a.example,               443, a, host",
    "a..example,               443, a, host",
    "a.example.,               443, a, host",
    "10.0.0.256,               443, a, host",
    "10.1,                     443, a, host",
    "[::1],                    443, a, host",
    "fe80::1%eth0,             443, a, host",
    "::::,                     443, a, host",
    "a.example,                0,   a, port",
    "a.example,                65536, a, port",
    "a.example,                443, A, key",
    "a.example,                443, g, key",
  })
  void a_beacon_of_no_host_port_or_key_is_refused(String host, int port, String digit, String at) {
    assertThrows(IllegalArgumentException.class, () -> new Beacon(host, port, digit.repeat(64)));
    var text =
        RuleFixtures.EVERYTHING.replaceFirst(
            "\\{\"host\".*}",
            "{\"host\": \"%s\", \"port\": %d, \"key\": \"sha256:%s\"}"
                .formatted(host, port, digit.repeat(64)));
    var faulty =
        assertInstanceOf(RuleReader.Result.Faulty.class, RuleReader.read(RuleFixtures.json(text)));
    assertEquals(
        List.of("/scope/corporate/0/" + at), faulty.faults().stream().map(Fault::pointer).toList());
  }

  @Test
  void eight_beacons_are_enough() {
    var one =
        "{\"host\": \"a.example\", \"port\": 443, \"key\": \"sha256:" + "a".repeat(64) + "\"}";
    for (var count : List.of(8, 9)) {
      var text =
          RuleFixtures.EVERYTHING.replaceFirst(
              "\\{\"host\".*}", String.join(",", Collections.nCopies(count, one)));
      assertEquals(
          count == 8,
          RuleReader.read(RuleFixtures.json(text)) instanceof RuleReader.Result.Understood);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      value = {
        "\"zone\":|\"out-of-contact\": \"never\", \"zone\":|/timeline/out-of-contact",
        "\"zone\":|\"request-freezes\": \"yes\", \"zone\":|/timeline/request-freezes",
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
