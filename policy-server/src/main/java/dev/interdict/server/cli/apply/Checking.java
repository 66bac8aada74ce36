package dev.interdict.server.cli.apply;

import dev.interdict.json.Json;
import dev.interdict.policy.RuleId;
import dev.interdict.policy.RuleReader;
import dev.interdict.server.draft.Draft;
import dev.interdict.server.draft.Finding;
import dev.interdict.server.draft.Lint;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Files against the parser and the lint of the server, all of them before anything is written.
///
/// @param files those that the device's reader understands
record Checking(List<Desk.Said> findings, Map<RuleText, Draft> files) {

  static Checking of(List<RuleText> texts, Map<RuleId, Json> inForce, Instant now) {
    var effective = new HashMap<RuleId, Instant>();
    inForce.forEach((id, json) -> {
      if (RuleReader.read(json) instanceof RuleReader.Result.Understood(var rule)) {
        effective.put(id, Lint.effective(rule));
      }
    });
    var result =
        new Lint(now, Map.copyOf(effective)).check(texts.stream().map(RuleText::reading).toList());
    var drafts = new HashMap<String, Draft>();
    result.drafts().forEach(draft -> drafts.put(draft.file().name(), draft));
    var files = new LinkedHashMap<RuleText, Draft>();
    for (var text : texts) {
      var draft = drafts.get(text.name());
      if (draft != null) {
        files.put(text, draft);
      }
    }
    return new Checking(result.findings().stream().map(Checking::said).toList(), files);
  }

  private static Desk.Said said(Finding finding) {
    return new Desk.Said(
        finding.file(),
        finding.at().toString(),
        finding.code().severity().word(),
        finding.code().name(),
        finding.message());
  }

  boolean hasErrors() {
    return findings.stream().anyMatch(Desk.Said::isError);
  }
}
