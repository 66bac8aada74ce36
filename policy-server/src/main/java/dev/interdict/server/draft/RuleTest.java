package dev.interdict.server.draft;

import dev.interdict.policy.InWords;
import dev.interdict.policy.Rule;
import dev.interdict.policy.RuleMatch;
import dev.interdict.server.draft.RuleCase.Expected;
import java.util.ArrayList;
import java.util.List;

/// Runs a rule against cases by the very decision that the device makes. Pure.
public final class RuleTest {
  private RuleTest() {}

  /// What came of one case.
  ///
  /// @param surprises items of which the rule says something else than expected; none is a pass
  public record Outcome(RuleCase of, List<String> surprises) {
    public Outcome {
      surprises = List.copyOf(surprises);
    }

    public boolean passed() {
      return surprises.isEmpty();
    }
  }

  /// Runs all cases, in their order.
  public static List<Outcome> run(Rule rule, List<RuleCase> cases) {
    return cases.stream().map(one -> run(rule, one)).toList();
  }

  private static Outcome run(Rule rule, RuleCase one) {
    var surprises = new ArrayList<String>();
    for (var item : one.items()) {
      var match = RuleMatch.of(rule, item);
      if (expectedOf(match) != one.expected()) {
        surprises.add(InWords.of(item) + " " + said(match));
      }
    }
    return new Outcome(one, surprises);
  }

  private static Expected expectedOf(RuleMatch match) {
    return switch (match) {
      case RuleMatch.Found _ -> Expected.MATCH;
      case RuleMatch.Missed _ -> Expected.NO_MATCH;
      case RuleMatch.Uncertain _ -> Expected.UNCERTAIN;
      case RuleMatch.Spared _ -> Expected.SPARED;
    };
  }

  private static String said(RuleMatch match) {
    return switch (match) {
      case RuleMatch.Found _ -> "is matched";
      case RuleMatch.Missed _ -> "is not matched";
      case RuleMatch.Uncertain _ -> "cannot be decided (a version, digest or signer is not known)";
      case RuleMatch.Spared(_, var why) -> "is matched but spared: it is " + why;
    };
  }
}
