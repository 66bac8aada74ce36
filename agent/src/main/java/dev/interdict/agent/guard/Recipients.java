package dev.interdict.agent.guard;

import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.match.Finding;
import dev.interdict.decide.Sighting;
import dev.interdict.policy.Matcher;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Whom the findings of one rule concern.
final class Recipients {
  private Recipients() {}

  /// Those in whose homes something lies; for software of the machine, everybody.
  static Set<Home> of(List<Finding> findings, List<Home> homes) {
    var concerned = new LinkedHashSet<Home>();
    for (var finding : findings) {
      var owner = finding.item().owner();
      if (owner == null) {
        concerned.addAll(homes);
      } else {
        concerned.add(owner);
      }
    }
    return concerned;
  }

  /// What a decision needs to know of the findings.
  static Sighting sighting(List<Finding> findings, List<Home> homes) {
    return new Sighting(
        findings.size(),
        findings.stream().anyMatch(finding -> finding.strength() == Matcher.Strength.STRONG),
        of(findings, homes).stream().map(Home::user).collect(Collectors.toSet()));
  }
}
