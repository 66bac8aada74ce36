package dev.interdict.server.cli.publishing;

import dev.interdict.json.Json;
import dev.interdict.policy.RuleId;
import dev.interdict.policy.Vocabulary;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.compliance.Compliance;
import dev.interdict.server.compliance.OldAgents;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A rule that some enrolled workstations cannot read, since it is written in a younger vocabulary
/// than their agents know. Those skip it and report it.
record TooYoung(RuleId rule, OldAgents agents) {

  /// Those of `rules`, as they would be published, that not every enrolled workstation reads.
  static List<TooYoung> of(Map<RuleId, Json> rules, Compliance compliance) {
    var young = new ArrayList<TooYoung>();
    new TreeMap<>(rules)
        .forEach((id, rule) -> {
          var needs = Vocabulary.needs(rule);
          if (needs > Vocabulary.FIRST) {
            var agents = compliance.reaching().unreadable(needs);
            if (agents.devices() > 0) {
              young.add(new TooYoung(id, agents));
            }
          }
        });
    return young;
  }

  /// Says so, a line each.
  static void warn(List<TooYoung> rules, Console console) {
    rules.forEach(rule -> console.warn(console.yellow("warning") + "  " + rule.words()));
  }

  String words() {
    return agents.devices()
        + " of "
        + agents.enrolled()
        + " enrolled workstations cannot read rule "
        + rule
        + ": they skip it and report it. Agent "
        + agents.byVersion().entrySet().stream()
            .map(version -> version.getKey() + " on " + version.getValue())
            .collect(Collectors.joining(", "))
        + "; it needs an agent that reads vocabulary "
        + agents.vocabulary()
        + ", as agents of this release do";
  }

  Json json() {
    var versions = Json.object();
    agents.byVersion().forEach(versions::put);
    return Json.object()
        .put("rule", rule.value())
        .put("vocabulary", agents.vocabulary())
        .put("unreadable", agents.devices())
        .put("enrolled", agents.enrolled())
        .put("agents", versions.build())
        .build();
  }
}
