package dev.interdict.server.review;

import dev.interdict.policy.RuleId;
import dev.interdict.policy.RuleReader;
import dev.interdict.server.direction.Direction;
import dev.interdict.server.draft.Lint;
import dev.interdict.server.draft.YamlFile;
import dev.interdict.server.publish.PublishedRules;
import dev.interdict.server.risk.Register;
import dev.interdict.server.risk.RegisterLint;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads the text of a draft as devices would, against what is published now. Thread-safe.
public record Examiner(PublishedRules published, Register register, InstantSource clock) {

  /// @param name as findings show it
  public Examination examine(String name, String content) {
    var now = clock.instant();
    var rules = published.now();
    var reading = YamlFile.read(name, content.getBytes(StandardCharsets.UTF_8));
    var effective = new HashMap<RuleId, Instant>();
    rules.forEach((id, json) -> {
      if (RuleReader.read(json) instanceof RuleReader.Result.Understood(var rule)) {
        effective.put(id, Lint.effective(rule));
      }
    });
    var result = new Lint(now, Map.copyOf(effective)).check(List.of(reading));
    if (result.drafts().isEmpty()) {
      return new Examination(result.findings(), null, null, new Direction(List.of()));
    }
    var draft = result.drafts().getFirst();
    var findings = new ArrayList<>(result.findings());
    findings.addAll(RegisterLint.check(draft, register, now));
    findings.sort(null);
    var id = draft.rule().id();
    var before = rules.get(id);
    return new Examination(
        findings, draft, before, published.direction(id, before, draft.file().json()));
  }
}
