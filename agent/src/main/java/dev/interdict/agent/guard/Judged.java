package dev.interdict.agent.guard;

import dev.interdict.agent.decide.Verdict;
import dev.interdict.agent.match.Finding;
import dev.interdict.policy.Rule;
import java.util.List;

/// One rule in one cycle: what was found of it and what follows.
///
/// @param findings may be empty: the verdict then says what would follow
public record Judged(Rule rule, List<Finding> findings, Verdict verdict) {
  public Judged {
    findings = List.copyOf(findings);
  }
}
