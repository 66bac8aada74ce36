package dev.interdict.agent.guard;

import dev.interdict.agent.decide.Verdict;
import dev.interdict.agent.match.Finding;
import dev.interdict.policy.Rule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One rule in one cycle: what was found of it and what follows.
///
/// @param verdict null where nothing was found
public record Judged(Rule rule, List<Finding> findings, @Nullable Verdict verdict) {
  public Judged {
    findings = List.copyOf(findings);
  }
}
