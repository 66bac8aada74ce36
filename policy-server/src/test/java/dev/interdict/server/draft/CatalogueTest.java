package dev.interdict.server.draft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.identity.PackageUrl;
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Matcher;
import dev.interdict.policy.Overlap;
import dev.interdict.policy.Rule;
import dev.interdict.policy.RuleMatch;
import dev.interdict.policy.Subject;
import dev.interdict.server.draft.RuleCase.Expected;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogueTest {
  private static final Instant BEFORE = Instant.parse("2026-07-01T00:00:00Z");

  @ParameterizedTest
  @MethodSource("ids")
  void lints_clean(String id) {
    var result = lint(id);
    assertEquals(List.of(), result.findings());
    assertEquals(id, result.drafts().getFirst().rule().id().value());
  }

  @ParameterizedTest
  @MethodSource("ids")
  void passes_its_cases(String id) {
    var cases = Catalogue.cases(id);
    assertTrue(cases.stream().anyMatch(one -> one.expected() == Expected.MATCH));
    assertTrue(cases.stream().anyMatch(one -> one.expected() == Expected.NO_MATCH));
    for (var outcome : RuleTest.run(rule(id), cases)) {
      assertEquals(List.of(), outcome.surprises(), outcome.of()::name);
    }
  }

  @ParameterizedTest
  @MethodSource("ids")
  void its_cases_notice_the_loss_of_any_matcher(String id) {
    var rule = rule(id);
    for (var matcher : rule.match()) {
      if (matcher instanceof Matcher.OfProcess) {
        continue;
      }
      var rest = rule.match().stream().filter(other -> !other.equals(matcher)).toList();
      var outcomes = RuleTest.run(with(rule, rest), Catalogue.cases(id));
      assertTrue(outcomes.stream().anyMatch(outcome -> !outcome.passed()), matcher::toString);
    }
  }

  @ParameterizedTest
  @MethodSource("ids")
  void spares_qoder_by_all_that_is_known_of_it(String id) {
    var replacement = rule(id).tool().replacement();
    assertEquals("Qoder", replacement.name());
    assertEquals(rule("claude-code").tool().replacement().identities(), replacement.identities());
    var greedy =
        with(rule(id), List.of(new Matcher.OfPackage(PackageUrl.npm("@qoder-ai/qodercli"), null)));
    var qoder = new Subject.OfPackage(PackageUrl.npm("@qoder-ai/qodercli").withVersion("1.1.52"));
    assertInstanceOf(RuleMatch.Spared.class, RuleMatch.of(greedy, qoder));
  }

  /// One product is the matter of one rule, so that nobody is told twice of it; what only hints at
  /// a tool may be told by several.
  @Test
  void no_two_rules_mean_the_same() {
    for (var one : Catalogue.IDS) {
      for (var other : Catalogue.IDS) {
        if (one.compareTo(other) < 0) {
          for (var left : rule(one).match()) {
            for (var right : rule(other).match()) {
              assertFalse(Overlap.between(left, right), () -> one + " and " + other + ": " + left);
            }
          }
        }
      }
    }
  }

  @Test
  void only_what_is_an_installation_is_taken() {
    for (var id : List.of("claude-model-use", "anthropic-credentials")) {
      assertEquals(Enforcement.NOTIFY, rule(id).enforcement());
      assertTrue(
          rule(id).match().stream()
              .allMatch(matcher -> matcher.strength() == Matcher.Strength.WEAK));
    }
    for (var id : List.of("claude-agent-sdk", "anthropic-api-sdk")) {
      assertEquals(Enforcement.NOTIFY, rule(id).enforcement());
    }
  }

  @Test
  void the_dates_are_the_announced_ones() {
    var timeline = rule("claude-code").timeline();
    assertEquals(Instant.parse("2026-07-03T01:00:00Z"), timeline.announceAt());
    assertEquals(Instant.parse("2026-07-09T16:00:00Z"), timeline.effectiveAt(timeline.zone()));
  }

  static List<String> ids() {
    return Catalogue.IDS;
  }

  static Rule rule(String id) {
    return lint(id).drafts().getFirst().rule();
  }

  private static Rule with(Rule rule, List<Matcher> match) {
    return new Rule(
        rule.id(),
        rule.tool(),
        match,
        rule.enforcement(),
        rule.timeline(),
        rule.scope(),
        rule.maxItemsPerDevice(),
        rule.keep());
  }

  private static Lint.Result lint(String id) {
    var reading = YamlFile.read(id + ".yaml", Catalogue.rule(id).orElseThrow());
    return new Lint(BEFORE, Map.of()).check(List.of(reading));
  }
}
