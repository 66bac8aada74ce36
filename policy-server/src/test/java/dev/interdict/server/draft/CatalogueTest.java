package dev.interdict.server.draft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.server.draft.RuleCase.Expected;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CatalogueTest {
  private static final Instant BEFORE = Instant.parse("2026-07-01T00:00:00Z");

  @Test
  void every_rule_lints_clean() {
    for (var id : Catalogue.IDS) {
      var result = lint(id, text(id));
      assertEquals(List.of(), result.findings());
      assertEquals(id, result.drafts().getFirst().rule().id().value());
    }
  }

  @Test
  void every_rule_passes_its_cases() {
    for (var id : Catalogue.IDS) {
      var cases = Catalogue.cases(id);
      assertTrue(cases.stream().anyMatch(one -> one.expected() == Expected.MATCH));
      assertTrue(cases.stream().anyMatch(one -> one.expected() == Expected.NO_MATCH));
      var rule = lint(id, text(id)).drafts().getFirst().rule();
      for (var outcome : RuleTest.run(rule, cases)) {
        assertEquals(List.of(), outcome.surprises(), outcome.of()::name);
      }
    }
  }

  @Test
  void the_cases_notice_a_rule_that_lost_a_matcher() {
    var text = text("claude-code");
    var lines = text.lines().filter(line -> line.startsWith("  - ")).toList();
    assertFalse(lines.isEmpty());
    for (var line : lines) {
      if (line.contains("process:") || line.contains("url-handler") || unproven(line)) {
        continue;
      }
      var without = text.replace(line + "\n", "");
      var rule = lint("claude-code", without).drafts().getFirst().rule();
      var outcomes = RuleTest.run(rule, Catalogue.cases("claude-code"));
      assertTrue(outcomes.stream().anyMatch(outcome -> !outcome.passed()), line);
    }
  }

  @Test
  void the_dates_are_the_announced_ones() {
    var timeline = lint("claude-code", text("claude-code")).drafts().getFirst().rule().timeline();
    assertEquals(Instant.parse("2026-07-03T01:00:00Z"), timeline.announceAt());
    assertEquals(Instant.parse("2026-07-09T16:00:00Z"), timeline.effectiveAt(timeline.zone()));
  }

  /// Platform packages without a case of their own, since they differ by suffix only.
  private static boolean unproven(String line) {
    return line.contains("darwin-x64")
        || line.contains("linux-arm64\n")
        || line.endsWith("linux-arm64")
        || line.contains("-musl")
        || line.contains("linux-x64-android")
        || line.contains("win32-arm64");
  }

  private static Lint.Result lint(String id, String text) {
    var reading = YamlFile.read(id + ".yaml", text.getBytes(StandardCharsets.UTF_8));
    return new Lint(BEFORE, Map.of()).check(List.of(reading));
  }

  private static String text(String id) {
    return new String(Catalogue.rule(id).orElseThrow(), StandardCharsets.UTF_8);
  }
}
