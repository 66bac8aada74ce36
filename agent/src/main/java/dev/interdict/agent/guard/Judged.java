package dev.interdict.agent.guard;

import dev.interdict.agent.decide.Verdict;
import dev.interdict.agent.match.Finding;
import dev.interdict.policy.Rule;
import java.util.List;

/// One rule in one cycle: what was found of it and what follows.
///
/// @param findings what is installed or used; may be empty: the verdict then says what would follow
/// @param residue what is left behind: reported, and nothing follows from it
public record Judged(Rule rule, List<Finding> findings, List<Finding> residue, Verdict verdict) {
  public Judged {
    findings = List.copyOf(findings);
    residue = List.copyOf(residue);
  }
}
