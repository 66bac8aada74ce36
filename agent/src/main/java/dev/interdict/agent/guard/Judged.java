package dev.interdict.agent.guard;

import dev.interdict.agent.match.Finding;
import dev.interdict.decide.History;
import dev.interdict.decide.Sighting;
import dev.interdict.decide.Verdict;
import dev.interdict.policy.Rule;
import java.util.List;

/// One rule in one cycle: what was found of it and what follows.
///
/// @param findings what is installed or used; may be empty: the verdict then says what would follow
/// @param residue what is left behind: reported; nothing follows from it but what [Leftovers] says
/// @param sighting what the verdict knows of the findings
/// @param history what the verdict knows of the past
/// @param due what may be acted upon now: all but what somebody disputes, once the date has come;
///   before it, what its owner wants removed
public record Judged(
    Rule rule,
    List<Finding> findings,
    List<Finding> residue,
    Verdict verdict,
    Sighting sighting,
    History history,
    List<Finding> due) {
  public Judged {
    findings = List.copyOf(findings);
    residue = List.copyOf(residue);
    due = List.copyOf(due);
  }
}
