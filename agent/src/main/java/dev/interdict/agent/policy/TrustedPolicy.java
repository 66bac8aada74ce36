package dev.interdict.agent.policy;

import dev.interdict.decide.Situation.PolicyAge;
import dev.interdict.offline.CodeDocument;
import dev.interdict.policy.Blocklist;
import dev.interdict.policy.Exemption;
import dev.interdict.policy.Exemptions;
import dev.interdict.policy.Stop;
import dev.interdict.report.PolicyVersion;
import dev.interdict.report.ReportedProblem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The policy as it stands for one cycle.
///
/// @param version null until a blocklist was verified here
/// @param freshUntil when the server's word that this is the newest ends; null if there is none
/// @param problems what was wrong with what is here
/// @param versions of the signed metadata that was verified last, by role
/// @param codes what the server says of one-time codes; null where it makes none
public record TrustedPolicy(
    Blocklist blocklist,
    @Nullable PolicyVersion version,
    Exemptions exemptions,
    Stop stop,
    PolicyAge age,
    @Nullable Instant freshUntil,
    List<ReportedProblem> problems,
    SortedMap<String, Long> versions,
    @Nullable CodeDocument codes) {
  public TrustedPolicy {
    problems = List.copyOf(problems);
    versions = Collections.unmodifiableSortedMap(new TreeMap<>(versions));
  }

  /// One of which the versions do not matter.
  public TrustedPolicy(
      Blocklist blocklist,
      @Nullable PolicyVersion version,
      Exemptions exemptions,
      Stop stop,
      PolicyAge age,
      @Nullable Instant freshUntil,
      List<ReportedProblem> problems) {
    this(blocklist, version, exemptions, stop, age, freshUntil, problems, new TreeMap<>(), null);
  }

  /// The same, where this device is exempt by `more` as well; what the server signed comes first.
  public TrustedPolicy exempting(List<Exemption> more) {
    if (more.isEmpty()) {
      return this;
    }
    var granted = new ArrayList<>(exemptions.granted());
    granted.addAll(more);
    return new TrustedPolicy(
        blocklist,
        version,
        new Exemptions(
            granted,
            exemptions.undecided(),
            exemptions.wholeHeld(),
            exemptions.refused(),
            exemptions.confirmed(),
            exemptions.ignored()),
        stop,
        age,
        freshUntil,
        problems,
        versions,
        codes);
  }

  /// What a device has before its first policy: nothing is banned and nothing is clear.
  static TrustedPolicy missing(SortedMap<String, Long> versions) {
    return new TrustedPolicy(
        Blocklist.EMPTY,
        null,
        Exemptions.NONE,
        Stop.NONE,
        PolicyAge.CURRENT,
        null,
        List.of(new ReportedProblem(dev.interdict.report.Problem.POLICY_MISSING, null)),
        versions,
        null);
  }
}
