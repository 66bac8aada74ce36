package dev.interdict.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
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

  @Test
  void the_strongest_evidence_of_an_installation_counts() throws JsonException {
    var digest = "ab".repeat(32);
    var rule =
        rule(
            "{\"package\": \"pkg:npm/some-tool\", \"versions\": \"vers:npm/<2.0.0\"},"
                + " {\"program\": {\"sha256\": [\""
                + digest
                + "\"]}}");
    var unsure = MatchingTest.pkg("pkg:npm/some-tool@workspace");
    var other = MatchingTest.pkg("pkg:npm/other@1.0.0");
    assertInstanceOf(RuleMatch.Uncertain.class, RuleMatch.of(rule, unsure, List.of()));
    assertInstanceOf(RuleMatch.Found.class, RuleMatch.of(rule, unsure, List.of(file(digest))));
    assertInstanceOf(RuleMatch.Found.class, RuleMatch.of(rule, other, List.of(file(digest))));
    assertInstanceOf(
        RuleMatch.Missed.class, RuleMatch.of(rule, other, List.of(file("00".repeat(32)))));
  }

  @Test
  void a_digest_alone_says_nothing_of_a_file_that_nobody_has_read() throws JsonException {
    var rule = rule("{\"program\": {\"sha256\": [\"" + "ab".repeat(32) + "\"]}}");
    assertEquals(new RuleMatch.Missed(), RuleMatch.of(rule, file(null)));
    assertEquals(
        new RuleMatch.Missed(),
        RuleMatch.of(rule, MatchingTest.pkg("pkg:npm/other@1.0.0"), List.of(file(null))));
    var placed =
        rule(
            "{\"program\": {\"home\": \"tools/some/*\", \"sha256\": [\""
                + "ab".repeat(32)
                + "\"]}}");
    assertInstanceOf(RuleMatch.Uncertain.class, RuleMatch.of(placed, file(null)));
  }

  @Test
  void what_is_protected_spares_the_whole_installation() throws JsonException {
    var digest = "ab".repeat(32);
    var rule =
        rule(
            "{\"package\": \"pkg:npm/some-tool\"}, {\"program\": {\"sha256\": [\""
                + digest
                + "\"]}}");
    var replacement = MatchingTest.pkg("pkg:npm/%40qoder-ai/qodercli@1.1.52");
    assertInstanceOf(
        RuleMatch.Spared.class, RuleMatch.of(rule, replacement, List.of(file(digest))));
    var system =
        new Subject.OfProgram(null, "/usr/sbin/sshd", null, new Subject.Signature.NotRead());
    assertInstanceOf(
        RuleMatch.Spared.class,
        RuleMatch.of(rule, MatchingTest.pkg("pkg:npm/other@1.0.0"), List.of(file(digest), system)));
  }

  @Test
  void a_banned_tool_in_a_protected_place_is_told_and_not_acted_upon() throws JsonException {
    var rule = rule("{\"package\": \"pkg:npm/some-tool\"}");
    var hidden =
        new Subject.OfProgram(
            ".nvm/versions/node/v1/lib/node_modules/npm/node_modules/some-tool/run",
            "/home/ada/.nvm/versions/node/v1/lib/node_modules/npm/node_modules/some-tool/run",
            null,
            new Subject.Signature.NotRead());
    assertInstanceOf(
        RuleMatch.Uncertain.class,
        RuleMatch.of(rule, MatchingTest.pkg("pkg:npm/some-tool@1.0.0"), List.of(hidden)));
  }

  private static Subject file(@Nullable String digest) {
    return new Subject.OfProgram(
        "tools/some/run", "/home/ada/tools/some/run", digest, new Subject.Signature.NotRead());
  }

  private static Rule rule(String match) throws JsonException {
    var json =
        JsonReader.read(
            FRAME.replace("[%s]", "[" + match + "]").getBytes(StandardCharsets.UTF_8),
            JsonLimits.OWN);
    return assertInstanceOf(RuleReader.Result.Understood.class, RuleReader.read(json)).rule();
  }
}
