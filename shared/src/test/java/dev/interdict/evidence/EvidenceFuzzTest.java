package dev.interdict.evidence;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.fuzz.Fuzz;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.policy.Rule;
import dev.interdict.policy.RuleFixtures;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// Inventories that an author was sent from somewhere.
class EvidenceFuzzTest {
  private static final Rule RULE = RuleFixtures.rule(RuleFixtures.EVERYTHING);
  private static final String SEED =
      """
      {"format": 1, "homes": [], "items": [
        {"source": "npm", "identity": {"package": "pkg:npm/%40anthropic-ai/claude-code@2.1.112"},
         "version": "2.1.112", "owner": "/home/ada", "location": "/home/ada/n", "parts": [
          {"role": "main", "path": "/home/ada/n", "kind": "regular", "sha256": "ab"}]},
        {"source": "s", "identity": {"extension": {"host": "vscode", "id": "a.b"}},
         "location": "/x", "parts": []},
        {"source": "s", "identity": {"model": {"tool": "aider", "name": "claude-x"}},
         "location": "/x", "parts": []},
        {"source": "s", "identity": {"residue": {"kind": "alias", "id": "a"}},
         "location": "/x", "parts": []},
        {"source": "s", "identity": {"program": "a/b"}, "location": "/x", "parts": []}]}
      """;

  @Test
  void an_inventory_is_explained_or_refused() throws InterruptedException {
    Fuzz.of("inventory-document")
        .seeds(SEED.getBytes(StandardCharsets.UTF_8))
        .run(input -> {
          try {
            var items = InventoryDocument.read(JsonReader.read(input, JsonLimits.OWN));
            var explanation = RuleExplanation.of(RULE, items);
            ExplanationText.json(explanation);
            for (var line : ExplanationText.lines(explanation)) {
              assertTrue(line.codePoints().noneMatch(Character::isISOControl));
            }
          } catch (JsonException e) {
            // The one error that is declared.
          }
        });
  }
}
