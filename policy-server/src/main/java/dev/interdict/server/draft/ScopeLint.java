package dev.interdict.server.draft;

import dev.interdict.policy.Scope;
import dev.interdict.report.Groups;
import java.util.List;
import java.util.Set;

/// Whether any device can be where the rule's scope says.
final class ScopeLint {
  private ScopeLint() {}

  static void check(Draft draft, List<Finding> findings) {
    var scope = draft.rule().scope();
    var corporate = scope.network() == Scope.Network.CORPORATE;
    if (corporate && scope.corporate().isEmpty()) {
      findings.add(
          draft.finding(
              LintCode.R048,
              "/scope/network",
              "scope.network: no device can tell that it is in the corporate network; add"
                  + " corporate: [{host: ..., port: 443, key: \"sha256:...\"}]"));
    }
    if (!corporate && !scope.corporate().isEmpty()) {
      findings.add(
          draft.finding(
              LintCode.R048,
              "/scope/corporate",
              "scope.corporate: says how the corporate network is known, but the rule is for every"
                  + " network; write network: corporate, or take the list out"));
    }
    groups(draft, "include", scope.include(), findings);
    groups(draft, "exclude", scope.exclude(), findings);
  }

  private static void groups(Draft draft, String list, Set<String> groups, List<Finding> findings) {
    for (var group : groups) {
      if (!Groups.isName(group)) {
        findings.add(
            draft.finding(
                LintCode.R049,
                "/scope/groups/" + list,
                "scope.groups."
                    + list
                    + ": no device is in a group \""
                    + group
                    + "\"; write it as \"interdict-server token create --group\" took it"));
      }
    }
  }
}
