package dev.interdict.evidence;

import dev.interdict.policy.Matcher;
import dev.interdict.policy.NearMiss;
import dev.interdict.policy.Rule;
import dev.interdict.policy.RuleMatch;
import java.util.ArrayList;
import java.util.List;

/// What one rule makes of an inventory, item by item.
///
/// @param matched what it means, the strongest first
/// @param spared what a matcher means but what is protected, or the replacement
/// @param near what it does not mean but could be taken for it
/// @param others how many items are none of these
public record RuleExplanation(
    List<Match> matched, List<Spared> spared, List<Near> near, int others) {
  public RuleExplanation {
    matched = List.copyOf(matched);
    spared = List.copyOf(spared);
    near = List.copyOf(near);
  }

  /// Something that the rule means.
  ///
  /// @param certain whether everything that decides it is known; else it is told and never removed
  public record Match(Evidence evidence, Matcher by, boolean certain) {

    /// What it counts as.
    public Matcher.Strength strength() {
      return certain ? by.strength() : Matcher.Strength.WEAK;
    }
  }

  /// Something that the rule leaves alone although a matcher means it.
  public record Spared(Evidence evidence, Matcher by, String why) {}

  /// Something that the rule does not mean.
  public record Near(Evidence evidence, NearMiss miss) {}

  /// Explains.
  public static RuleExplanation of(Rule rule, List<Evidence> inventory) {
    var matched = new ArrayList<Match>();
    var spared = new ArrayList<Spared>();
    var near = new ArrayList<Near>();
    for (var evidence : inventory) {
      switch (evidence.match(rule)) {
        case RuleMatch.Found(var by) -> matched.add(new Match(evidence, by, true));
        case RuleMatch.Uncertain(var by) -> matched.add(new Match(evidence, by, false));
        case RuleMatch.Spared(var by, var why) -> spared.add(new Spared(evidence, by, why));
        case RuleMatch.Missed() ->
            NearMiss.of(rule, evidence.identity())
                .ifPresent(miss -> near.add(new Near(evidence, miss)));
      }
    }
    matched.sort(java.util.Comparator.comparing(Match::strength));
    var others = inventory.size() - matched.size() - spared.size() - near.size();
    return new RuleExplanation(matched, spared, near, others);
  }
}
