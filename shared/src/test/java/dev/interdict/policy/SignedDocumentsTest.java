package dev.interdict.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SignedDocumentsTest {
  private static final Json RULE = RuleFixtures.json(RuleFixtures.CLAUDE_CODE);

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void an_unreadable_rule_is_skipped_alone() throws JsonException {
    var newer =
        RuleFixtures.json(
            RuleFixtures.CLAUDE_CODE
                .replace("\"claude-code\"", "\"newer\"")
                .replace("\"limits\"", "\"only-on-sundays\": true, \"limits\""));
    var document = JsonWriter.compact(Blocklist.document(7, "IT", List.of(newer, RULE)));
    var blocklist = Blocklist.read(document);
    assertEquals(7, blocklist.serial());
    assertEquals(List.of(RuleFixtures.rule(RuleFixtures.CLAUDE_CODE)), blocklist.rules());
    assertEquals("newer", blocklist.unreadable().getFirst().rule());
  }

  @Test
  void a_document_of_another_format_or_frame_is_refused_whole() {
    for (var document :
        List.of(
            "{\"format\":2,\"serial\":1,\"issuer\":\"IT\",\"rules\":[]}",
            "{\"format\":1,\"serial\":1,\"issuer\":\"IT\",\"rules\":[],\"only\":\"macos\"}",
            "{\"format\":1,\"serial\":0,\"issuer\":\"IT\",\"rules\":[]}")) {
      assertThrows(JsonException.class, () -> Blocklist.read(bytes(document)), document);
    }
    var twice = JsonWriter.compact(Blocklist.document(1, "IT", List.of(RULE, RULE)));
    assertThrows(JsonException.class, () -> Blocklist.read(twice));
  }

  @Test
  void an_unreadable_exemption_holds_its_rule_on_the_devices_it_may_concern() throws JsonException {
    var document =
        """
        {"format":1,"exemptions":[
          {"id":"EX-1","rule":"claude-code","device":"d1","until":"2026-08-01T00:00:00Z",
           "granted-by":"Li Na","reason":"demo"},
          {"id":"EX-2","rule":"openclaw","device":"d1","until":"2026-08-01T00:00:00Z",
           "granted-by":"Li Na","reason":"demo","weekdays":true},
          {"id":"EX-3","rule":"other","device":"d2","until":"someday",
           "granted-by":"Li Na","reason":"demo"}
        ]}
        """;
    var exemptions = Exemptions.read(bytes(document), "d1");
    assertEquals("EX-1", exemptions.granted().getFirst().id());
    assertEquals(Set.of(new RuleId("openclaw")), exemptions.undecided());
    assertFalse(exemptions.wholeHeld());
    assertTrue(
        Exemptions.read(bytes("{\"format\":1,\"exemptions\":[{\"device\":\"d1\"}]}"), "d1")
            .wholeHeld());
  }

  @Test
  void answers_of_persons_are_read_for_the_device_they_concern() throws JsonException {
    var document =
        """
        {"format":1,"exemptions":[],
         "refused":[
          {"id":"R-1","rule":"claude-code","device":"d1","by":"Li Na","reason":"no need",
           "contact":"it@example.com","at":"2026-07-08T02:00:00Z"},
          {"id":"R-2","rule":"claude-code","device":"d2","by":"Li Na","reason":"no need",
           "contact":"it@example.com","at":"2026-07-08T02:00:00Z"}],
         "confirmed":[
          {"rule":"claude-code","identity":"pkg:npm/x","device":"d1","by":"Li Na",
           "at":"2026-07-08T02:00:00Z"},
          {"rule":"claude-code","identity":"pkg:npm/y","device":"d2","by":"Li Na",
           "at":"2026-07-08T02:00:00Z"},
          {"rule":"claude-code","identity":"pkg:npm/z","device":null,"by":"Li Na",
           "at":"2026-07-08T02:00:00Z"}]}
        """;
    var exemptions = Exemptions.read(bytes(document), "d1");
    var at = Instant.parse("2026-07-08T02:00:00Z");
    var rule = new RuleId("claude-code");
    assertEquals(
        List.of(new Refusal("R-1", rule, "d1", "Li Na", "no need", "it@example.com", at)),
        exemptions.refused());
    assertEquals(
        List.of(
            new Confirmation(rule, "pkg:npm/x", "d1", "Li Na", at),
            new Confirmation(rule, "pkg:npm/z", null, "Li Na", at)),
        exemptions.confirmed());
    assertEquals(0, exemptions.ignored());
  }

  @Test
  void an_answer_that_cannot_be_read_is_left_out_and_counted_and_holds_nothing()
      throws JsonException {
    var document =
        """
        {"format":1,"exemptions":[
          {"id":"EX-1","rule":"claude-code","device":"d1","until":"2026-08-01T00:00:00Z",
           "granted-by":"Li Na","reason":"demo"}],
         "refused":[
          {"id":"R-1","rule":"claude-code","device":"d1","by":"Li Na","reason":"no need",
           "contact":"it@example.com","at":"yesterday"},
          {"id":"R-2","rule":"claude-code","device":"d2","by":"Li Na"},
          7],
         "confirmed":{"rule":"claude-code"}}
        """;
    var exemptions = Exemptions.read(bytes(document), "d1");
    assertEquals(List.of(), exemptions.refused());
    assertEquals(List.of(), exemptions.confirmed());
    assertEquals(3, exemptions.ignored());
    assertEquals(1, exemptions.granted().size());
    assertEquals(Set.of(), exemptions.undecided());
    assertFalse(exemptions.wholeHeld());
  }

  @Test
  void a_stop_with_an_unknown_field_holds_everything() throws JsonException {
    var rule = new RuleId("claude-code");
    assertFalse(Stop.NONE.holds(rule));
    assertTrue(
        Stop.read(bytes("{\"format\":1,\"rules\":[\"claude-code\"],\"reason\":\"r\"}"))
            .holds(rule));
    assertFalse(
        Stop.read(bytes("{\"format\":1,\"rules\":[\"other\"],\"reason\":\"r\"}")).holds(rule));
    assertTrue(
        Stop.read(bytes("{\"format\":1,\"rules\":[],\"groups\":[\"x\"],\"reason\":\"r\"}"))
            .holds(rule));
  }
}
