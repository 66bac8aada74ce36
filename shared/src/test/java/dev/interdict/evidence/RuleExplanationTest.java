package dev.interdict.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.policy.Matcher;
import dev.interdict.policy.Rule;
import dev.interdict.policy.RuleFixtures;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RuleExplanationTest {
  private static final Rule RULE = RuleFixtures.rule(RuleFixtures.CLAUDE_CODE);

  /// Matched by name, matched by place, spared, near, something else.
  private static final String INVENTORY =
      """
      {"format": 1, "complete": true, "homes": [], "processes": [], "gaps": [], "newer": 1,
       "items": [
        {"source": "npm", "identity": {"package": "pkg:npm/%40anthropic-ai/claude-code@2.1.112"},
         "version": "2.1.112", "owner": "/home/ada", "location": "/home/ada/n/claude-code",
         "parts": []},
        {"source": "npm", "identity": {"package": "pkg:npm/odd@1.0.0"}, "version": "1.0.0",
         "owner": "/home/ada", "location": "/home/ada/odd", "parts": [
          {"role": "main", "path": "/home/ada/odd", "kind": "directory"},
          {"role": "executable", "path": "/home/ada/.local/share/claude/versions/2",
           "kind": "regular", "sha256": "%s"}]},
        {"source": "npm", "identity": {"package": "pkg:npm/%40qoder-ai/qodercli@1.1.52"},
         "location": "/home/ada/q", "owner": "/home/ada", "parts": [
          {"role": "executable", "path": "/home/ada/.local/share/claude/versions/3",
           "kind": "regular"}]},
        {"source": "npm", "identity": {"package": "pkg:npm/claude-code@1.0.0"},
         "location": "/home/ada/x", "parts": []},
        {"source": "shell", "identity": {"residue": {"kind": "alias", "id": "ll"}},
         "location": "/home/ada/.bashrc", "parts": []}]}
      """
          .replace("%s", "ab".repeat(32));

  private static List<Evidence> inventory() throws JsonException {
    return InventoryDocument.read(RuleFixtures.json(INVENTORY));
  }

  @Test
  void each_item_is_matched_spared_near_or_something_else() throws Exception {
    var explanation = RuleExplanation.of(RULE, inventory());
    assertEquals(
        List.of("/home/ada/n/claude-code", "/home/ada/odd"),
        explanation.matched().stream().map(match -> match.evidence().location()).toList());
    assertEquals(Matcher.Strength.STRONG, explanation.matched().getFirst().strength());
    assertEquals("the approved replacement Qoder", explanation.spared().getFirst().why());
    assertEquals("/home/ada/x", explanation.near().getFirst().evidence().location());
    assertEquals(1, explanation.others());
  }

  @Test
  void the_text_says_why_and_fits_the_terminal() throws Exception {
    var lines = ExplanationText.lines(RuleExplanation.of(RULE, inventory()));
    assertEquals(
        """
        MATCH   pkg:npm/%40anthropic-ai/claude-code@2.1.112
                /home/ada/n/claude-code (npm)
                meant by package pkg:npm/%40anthropic-ai/claude-code
        MATCH   pkg:npm/odd@1.0.0
                /home/ada/odd (npm)
                meant by program ~/.local/share/claude/versions/*
        SPARED  pkg:npm/%40qoder-ai/qodercli@1.1.52
                /home/ada/q (npm)
                it is the approved replacement Qoder, though meant by program
                  ~/.local/share/claude/versions/*
        NEAR    pkg:npm/claude-code@1.0.0
                /home/ada/x (npm)
                not meant: the same name in another scope or of another publisher:
                  package pkg:npm/%40anthropic-ai/claude-code
        2 matched, 1 spared, 1 near, 1 others not meant
        """,
        String.join("\n", lines) + "\n");
  }

  @Test
  void nothing_that_a_file_states_steers_the_terminal() throws Exception {
    var odd =
        INVENTORY.replace(
            "/home/ada/n/claude-code", "/home/ada/\\u001b[2J\\u202e" + "x ".repeat(300));
    var lines =
        ExplanationText.lines(
            RuleExplanation.of(RULE, InventoryDocument.read(RuleFixtures.json(odd))));
    var text = String.join("", lines);
    assertFalse(text.contains("\u001b") || text.contains("\u202e"));
    assertTrue(lines.stream().allMatch(line -> line.length() <= 80), lines::toString);
  }

  @Test
  void what_would_decide_and_is_not_known_is_said() throws Exception {
    var ranged =
        RuleFixtures.rule(
            RuleFixtures.CLAUDE_CODE.replace(
                "claude-code\"},\n    {\"ext",
                "claude-code\", \"versions\": \"vers:npm/>=1.0.0\"},\n    {\"ext"));
    var unknown = INVENTORY.replace("claude-code@2.1.112", "claude-code@workspace");
    var match =
        RuleExplanation.of(ranged, InventoryDocument.read(RuleFixtures.json(unknown)))
            .matched()
            .getLast();
    assertFalse(match.certain());
    assertEquals(Matcher.Strength.WEAK, match.strength());
  }

  @Test
  void programs_can_read_the_same() throws Exception {
    var json = ExplanationText.json(RuleExplanation.of(RULE, inventory()));
    assertEquals(
        2, ((Json.Arr) Objects.requireNonNull(json.members().get("matched"))).items().size());
    assertEquals(new Json.Int(1), json.members().get("others"));
  }

  @Test
  void what_is_no_inventory_is_refused() {
    assertFalse(InventoryDocument.is(RuleFixtures.json("{\"cases\": []}")));
    for (var broken :
        List.of(
            INVENTORY.replace("\"format\": 1", "\"format\": 2"),
            INVENTORY.replace("pkg:npm/odd", "npm/odd"),
            INVENTORY.replace("\"alias\"", "\"alien\""),
            INVENTORY.replace("\"location\": \"/home/ada/q\",", ""))) {
      assertTrue(InventoryDocument.is(RuleFixtures.json(broken)));
      assertThrows(JsonException.class, () -> InventoryDocument.read(RuleFixtures.json(broken)));
    }
  }
}
