package dev.interdict.server.draft;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.fuzz.Fuzz;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import dev.interdict.policy.RuleReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Files that people write: whatever they hold, the answer is a list of findings.
class DraftFuzzTest {
  private static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");

  private static byte[] starter() {
    return Catalogue.rule("claude-code").orElseThrow();
  }

  private static byte[] json(byte[] yaml) {
    var read = assertInstanceOf(YamlFile.Reading.Read.class, YamlFile.read("r.yaml", yaml));
    return JsonWriter.pretty(read.file().json());
  }

  @Test
  void what_lint_lets_through_is_what_devices_read() throws InterruptedException {
    Fuzz.of("rule-file")
        .seeds(starter(), json(starter()))
        // Lint compares each way to match with each place that is protected.
        .grants(96 << 20)
        .words(
            "&a",
            "*a",
            "!!binary",
            "!x",
            "? ",
            "- ",
            "|\n",
            ">-\n",
            "---\n",
            "...\n",
            "<<: ",
            "[[[[")
        .run(input -> {
          var lint = new Lint(NOW, Map.of()).check(List.of(YamlFile.read("r.yaml", input)));
          if (lint.publishable()) {
            for (var draft : lint.drafts()) {
              var published = JsonWriter.compact(draft.file().json());
              assertInstanceOf(
                  RuleReader.Result.Understood.class,
                  RuleReader.read(JsonReader.read(published, JsonLimits.OWN)));
            }
          }
          lint.findings().forEach(finding -> assertFalse(finding.message().isBlank()));
        });
  }

  @Test
  void cases() throws InterruptedException {
    var rule =
        new Lint(NOW, Map.of())
            .check(List.of(YamlFile.read("r.yaml", starter())))
            .drafts()
            .getFirst()
            .rule();
    Fuzz.of("case-file")
        .seeds(Catalogue.caseFiles("claude-code").values().toArray(byte[][]::new))
        .run(input -> {
          if (YamlFile.read("c.yaml", input) instanceof YamlFile.Reading.Read(var file)) {
            var findings = new ArrayList<Finding>();
            var cases = RuleCase.read(file, findings);
            assertTrue(cases.isEmpty() != findings.isEmpty());
            RuleTest.run(rule, cases);
          }
        });
  }

  @Test
  void yaml_nested_as_deep_as_it_is_long() {
    for (var open : new String[] {"[", "{a: ", "- ", "? "}) {
      var deep = open.repeat(60_000).getBytes(StandardCharsets.UTF_8);
      assertInstanceOf(YamlFile.Reading.Malformed.class, YamlFile.read("deep.yaml", deep));
    }
  }
}
