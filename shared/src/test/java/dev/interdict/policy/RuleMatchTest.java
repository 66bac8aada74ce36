package dev.interdict.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RuleMatchTest {
  private static final String FRAME =
      """
      {"id": "some-tool", "name": "Some Tool", "publisher": "Somebody", "risk": "high",
       "reason": {"en": "Because.", "zh-CN": "原因。"},
       "replacement": {"name": "Qoder", "url": "https://qoder.com/",
         "identities": [{"package": "pkg:npm/%40qoder-ai/qodercli"}]},
       "match": [%s],
       "enforcement": "remove",
       "timeline": {"announce": "2026-07-03T09:00", "effective": "2026-07-10T00:00",
         "zone": "Asia/Shanghai", "minimum-notice": "PT24H"}}
      """;

  @Test
  void a_rule_without_a_version_in_its_package_url_is_understood() throws JsonException {
    var rule = rule("{\"package\": \"pkg:npm/some-tool\"}");
    var found =
        assertInstanceOf(
            RuleMatch.Found.class, RuleMatch.of(rule, MatchingTest.pkg("pkg:npm/some-tool@1.0.0")));
    assertEquals(rule.match().getFirst(), found.by());
    assertEquals(
        new RuleMatch.Missed(), RuleMatch.of(rule, MatchingTest.pkg("pkg:npm/other@1.0.0")));
  }

  @Test
  void the_replacement_is_spared_whatever_the_matchers_say() throws JsonException {
    var rule = rule("{\"package\": \"pkg:npm/%40qoder-ai/qodercli\"}");
    var spared =
        assertInstanceOf(
            RuleMatch.Spared.class,
            RuleMatch.of(rule, MatchingTest.pkg("pkg:npm/%40qoder-ai/qodercli@1.1.52")));
    assertEquals("the approved replacement Qoder", spared.why());
  }

  @Test
  void protected_software_is_spared_whatever_the_matchers_say() throws JsonException {
    var rule = rule("{\"program\": {\"system\": \"/usr/sbin/*\"}}");
    assertInstanceOf(
        RuleMatch.Spared.class, RuleMatch.of(rule, Subject.OfProgram.at("/usr/sbin/sshd")));
  }

  @Test
  void a_certain_match_goes_before_an_uncertain_one() throws JsonException {
    var uncertain = "{\"package\": \"pkg:npm/some-tool\", \"versions\": \"vers:npm/<2.0.0\"}";
    var subject = MatchingTest.pkg("pkg:npm/some-tool");
    assertInstanceOf(RuleMatch.Uncertain.class, RuleMatch.of(rule(uncertain), subject));
    assertInstanceOf(
        RuleMatch.Found.class,
        RuleMatch.of(rule(uncertain + ", {\"package\": \"pkg:npm/some-tool\"}"), subject));
  }

  private static Rule rule(String match) throws JsonException {
    var json =
        JsonReader.read(
            FRAME.replace("[%s]", "[" + match + "]").getBytes(StandardCharsets.UTF_8),
            JsonLimits.OWN);
    return assertInstanceOf(RuleReader.Result.Understood.class, RuleReader.read(json)).rule();
  }
}
