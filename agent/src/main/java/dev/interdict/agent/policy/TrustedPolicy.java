package dev.interdict.agent.policy;

import dev.interdict.decide.Situation.PolicyAge;
import dev.interdict.policy.Blocklist;
import dev.interdict.policy.Exemptions;
import dev.interdict.policy.Stop;
import dev.interdict.report.PolicyVersion;
import dev.interdict.report.ReportedProblem;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The policy as it stands for one cycle.
///
/// @param version null until a blocklist was verified here
/// @param freshUntil when the server's word that this is the newest ends; null if there is none
/// @param problems what was wrong with what is here
public record TrustedPolicy(
    Blocklist blocklist,
    @Nullable PolicyVersion version,
    Exemptions exemptions,
    Stop stop,
    PolicyAge age,
    @Nullable Instant freshUntil,
    List<ReportedProblem> problems) {
  public TrustedPolicy {
    problems = List.copyOf(problems);
  }

  /// What a device has before its first policy: nothing is banned and nothing is clear.
  static TrustedPolicy missing() {
    return new TrustedPolicy(
        Blocklist.EMPTY,
        null,
        Exemptions.NONE,
        Stop.NONE,
        PolicyAge.CURRENT,
        null,
        List.of(new ReportedProblem(dev.interdict.report.Problem.POLICY_MISSING, null)));
  }
}
