package dev.interdict.policy;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.fuzz.Fuzz;
import dev.interdict.identity.PackageUrl;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The signed vocabulary. It is verified before it is read, but online keys sign some of it and a
/// newer publisher may write more than this version knows.
class PolicyFuzzTest {
  /// Whether two patterns overlap is found by walking both at once: quadratic, and asked only by
  /// the publisher's lint.
  private static final long OVERLAPS = 4L << 30;

  private static final String DEVICE = "0123456789abcdef0123456789abcdef";
  private static final String EVERY_KIND =
      """
      {
        "id": "every-kind", "name": "n", "publisher": "p", "risk": "low",
        "reason": {"en": "e", "zh-CN": "z"},
        "replacement": {"name": "r", "url": "https://example.com/"},
        "match": [
          {"package": "pkg:pypi/x", "versions": "vers:pypi/>=1.0|<2.0"},
          {"application": {"macos": "a.b", "windows-family": "A.B_c", "desktop-id": "a"}},
          {"program": {"system": "/opt/x/**", "sha256": [
            "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"], "signer": "S"}},
          {"model-use": {"models": ["claude-*"], "tools": ["aider"]}},
          {"environment": {"variables": ["KEY"]}}
        ],
        "enforcement": "notify",
        "timeline": {"announce": "2026-07-03T09:00", "effective": "2026-07-10T00:00:01",
          "zone": "Europe/Berlin", "clock": "local", "minimum-notice": "P1D",
          "defer": {"times": 2, "by": "PT4H"}},
        "scope": {"os": ["linux"], "groups": {"include": ["a"], "exclude": ["b"]},
          "network": "corporate",
          "corporate": [{"host": "fd00::1", "port": 443, "key":
            "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}],
          "rings": [{"name": "pilot", "percent": 5, "at": "2026-07-09T00:00"}]}
      }
      """;
  private static final List<Subject> SUBJECTS =
      List.of(
          new Subject.OfPackage(PackageUrl.parse("pkg:npm/%40anthropic-ai/claude-code@2.1.112")),
          new Subject.OfPackage(PackageUrl.parse("pkg:pypi/x@1.5")),
          new Subject.OfExtension("vscode", "anthropic.claude-code"),
          new Subject.OfApplication("windows-family", "A.B_c"),
          Subject.OfProgram.inHome(".local/share/claude/versions/2.1.1"),
          Subject.OfProgram.at("/opt/x/y"),
          new Subject.OfModel("aider", "claude-opus"),
          new Subject.OfVariable("KEY"));

  /// What an agent and the publisher's lint do with a rule that was read.
  private static void use(Rule rule) {
    SUBJECTS.forEach(subject -> RuleMatch.of(rule, subject));
    rule.match().forEach(ProtectedSoftware::reachedBy);
    assertFalse(
        rule.timeline()
            .effectiveAt(ZoneId.of("Pacific/Kiritimati"))
            .isBefore(rule.timeline().announceAt().minusSeconds(48 * 3600)));
    assertTrue(rule.maxItemsPerDevice() >= 1 && !rule.match().isEmpty());
  }

  @Test
  void rules() throws InterruptedException {
    Fuzz.of("rule")
        .seeds(RuleFixtures.CLAUDE_CODE, EVERY_KIND)
        .words("pkg:npm/", "vers:npm/>=1", "**", "~/", "P1D", "2026-07-10T00:00", "Asia/Shanghai")
        .refuses(JsonException.class)
        .grants(OVERLAPS)
        .run(input -> {
          switch (RuleReader.read(JsonReader.read(input, JsonLimits.OWN))) {
            case RuleReader.Result.Understood(var rule) -> use(rule);
            case RuleReader.Result.Faulty(var faults) -> assertFalse(faults.isEmpty());
          }
        });
  }

  @Test
  void blocklists() throws InterruptedException {
    var rules = List.of(RuleFixtures.json(RuleFixtures.CLAUDE_CODE), RuleFixtures.json(EVERY_KIND));
    Fuzz.of("blocklist")
        .seeds(
            JsonWriter.compact(Blocklist.document(7, "IT", rules)),
            JsonWriter.compact(
                Blocklist.document(8, "IT", List.of(), CollectionTest.WRITTEN.json())),
            JsonWriter.pretty(Blocklist.document(1, "IT", List.of())))
        .refuses(JsonException.class)
        .grants(OVERLAPS)
        .run(input -> Blocklist.read(input).rules().forEach(PolicyFuzzTest::use));
  }

  @Test
  void an_exemption_is_never_lost_by_being_unreadable() throws InterruptedException {
    var exemption =
        """
        {"format": 1, "exemptions": [
          {"id": "e1", "rule": "claude-code", "device": "%s", "until": "2026-08-01T00:00:00Z",
           "granted-by": "a", "reason": "r"}]}
        """;
    var answers =
        """
        "r"}],
        "refused": [{"id": "r1", "rule": "claude-code", "device": "%s", "by": "a", "reason": "r",
          "contact": "c", "at": "2026-07-08T02:00:00Z"}],
        "confirmed": [{"rule": "claude-code", "identity": "pkg:npm/x", "device": null, "by": "a",
          "at": "2026-07-08T02:00:00Z"}]}
        """
            .formatted(DEVICE);
    Fuzz.of("exemptions")
        .seeds(
            exemption.formatted(DEVICE),
            exemption.formatted("another"),
            exemption.formatted(DEVICE).replace("\"r\"}]}", answers))
        .refuses(JsonException.class)
        .run(input -> {
          var read = Exemptions.read(input, DEVICE);
          var document = assertInstanceOf(Json.Obj.class, JsonReader.read(input, JsonLimits.OWN));
          var one = document.get("exemptions");
          if (one instanceof Json.Arr(var items)
              && items.size() == 1
              && items.getFirst() instanceof Json.Obj granted
              && new Json.Text(DEVICE).equals(granted.get("device"))) {
            assertTrue(
                read.granted().size() == 1 || !read.undecided().isEmpty() || read.wholeHeld());
          }
        });
  }

  @Test
  void a_stop_is_never_lost_by_being_unreadable() throws InterruptedException {
    Fuzz.of("stop")
        .seeds(
            "{\"format\": 1, \"all\": false, \"rules\": [\"claude-code\", \"x-y\"], \"reason\":"
                + " \"r\"}",
            "{\"format\": 1, \"all\": true, \"rules\": [], \"reason\": \"r\"}")
        .refuses(JsonException.class)
        .run(input -> {
          var stop = Stop.read(input);
          var document = assertInstanceOf(Json.Obj.class, JsonReader.read(input, JsonLimits.OWN));
          if (document.get("all") == Json.Bool.TRUE) {
            assertTrue(stop.all());
          }
          if (document.get("rules") instanceof Json.Arr(var items)
              && items.contains(new Json.Text("claude-code"))) {
            assertTrue(stop.holds(new RuleId("claude-code")));
          }
        });
  }
}
