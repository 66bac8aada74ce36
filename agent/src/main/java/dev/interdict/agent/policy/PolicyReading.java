package dev.interdict.agent.policy;

import dev.interdict.decide.Situation.PolicyAge;
import dev.interdict.json.JsonException;
import dev.interdict.offline.CodeDocument;
import dev.interdict.policy.Blocklist;
import dev.interdict.policy.Exemptions;
import dev.interdict.policy.Stop;
import dev.interdict.report.DeviceId;
import dev.interdict.report.Footing;
import dev.interdict.report.PolicyVersion;
import dev.interdict.report.Problem;
import dev.interdict.report.ReportedProblem;
import dev.interdict.trust.Updater;
import dev.interdict.trust.VerifiedTarget;
import dev.interdict.trust.metadata.RoleName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads verified bytes into a policy. What this version cannot read makes it do less: a rule is
/// skipped, an exemption or a stop holds.
final class PolicyReading {
  private static final RoleName LISTS = new RoleName("blocklist");

  private final List<ReportedProblem> problems = new ArrayList<>();

  private PolicyReading() {}

  /// @param unpublished whether whoever signs lists has signed, by what was verified last, that
  ///   there is none
  static TrustedPolicy read(Updater verified, DeviceId device, Instant now, boolean unpublished) {
    var list = verified.lastVerified(Blocklist.PATH);
    if (list != null) {
      return new PolicyReading().read(list, verified, device, now);
    }
    var snapshot = verified.kept().snapshot();
    var role = snapshot == null ? null : snapshot.roles().get(LISTS);
    return role == null || !unpublished
        ? TrustedPolicy.missing(versions(verified))
        : new PolicyReading()
            .readWithout(new PolicyVersion(0, role.version()), verified, device, now);
  }

  /// A company that has no rule yet bans nothing, and has signed so.
  private TrustedPolicy readWithout(
      PolicyVersion version, Updater verified, DeviceId device, Instant now) {
    var timestamp = verified.kept().timestamp();
    var freshUntil = timestamp == null ? null : timestamp.header().expires();
    var isStale = freshUntil == null || !freshUntil.isAfter(now);
    return with(
        Blocklist.EMPTY,
        version,
        isStale ? stale() : PolicyAge.CURRENT,
        freshUntil,
        verified,
        device);
  }

  private TrustedPolicy read(VerifiedTarget list, Updater verified, DeviceId device, Instant now) {
    var blocklist = blocklist(list);
    var version = new PolicyVersion(blocklist.serial(), list.roleVersion());
    return with(blocklist, version, age(list, now), list.freshUntil(), verified, device);
  }

  private TrustedPolicy with(
      Blocklist blocklist,
      PolicyVersion version,
      PolicyAge age,
      @Nullable Instant freshUntil,
      Updater verified,
      DeviceId device) {
    return new TrustedPolicy(
        blocklist,
        version,
        exemptions(verified.lastVerified(Exemptions.pathFor(device.value())), device),
        stop(verified.lastVerified(Stop.PATH)),
        age,
        freshUntil,
        problems,
        versions(verified),
        codes(verified.lastVerified(CodeDocument.PATH)));
  }

  /// What this version cannot read makes no codes; those that were taken hold.
  private static @Nullable CodeDocument codes(@Nullable VerifiedTarget target) {
    try {
      return target == null ? null : CodeDocument.read(target.content());
    } catch (JsonException e) {
      return null;
    }
  }

  /// By which a server that was set back learns that it was.
  private static SortedMap<String, Long> versions(Updater verified) {
    var versions = new TreeMap<String, Long>();
    var trusted = verified.kept();
    versions.put(RoleName.ROOT.encoded(), trusted.root().version());
    if (trusted.timestamp() != null) {
      versions.put(RoleName.TIMESTAMP.encoded(), trusted.timestamp().version());
    }
    if (trusted.snapshot() != null) {
      versions.put(RoleName.SNAPSHOT.encoded(), trusted.snapshot().version());
      for (var role : new TreeMap<>(trusted.snapshot().roles()).entrySet()) {
        if (versions.size() < Footing.MOST_ROLES) {
          versions.put(role.getKey().encoded(), role.getValue().version());
        }
      }
    }
    return versions;
  }

  private PolicyAge age(VerifiedTarget list, Instant now) {
    if (list.isRoleExpired(now)) {
      report(Problem.POLICY_EXPIRED);
      return PolicyAge.EXPIRED;
    }
    return list.isStale(now) ? stale() : PolicyAge.CURRENT;
  }

  private PolicyAge stale() {
    report(Problem.POLICY_STALE);
    return PolicyAge.STALE;
  }

  private Blocklist blocklist(VerifiedTarget target) {
    try {
      var blocklist = Blocklist.read(target.content());
      for (var unreadable : blocklist.unreadable()) {
        problems.add(new ReportedProblem(Problem.RULE_UNREADABLE, unreadable.rule()));
      }
      return blocklist;
    } catch (JsonException e) {
      report(Problem.RULE_UNREADABLE);
      return Blocklist.EMPTY;
    }
  }

  private Exemptions exemptions(@Nullable VerifiedTarget target, DeviceId device) {
    if (target == null) {
      return Exemptions.NONE;
    }
    try {
      var exemptions = Exemptions.read(target.content(), device.value());
      if (exemptions.wholeHeld() || !exemptions.undecided().isEmpty() || exemptions.ignored() > 0) {
        report(Problem.EXEMPTION_UNREADABLE);
      }
      return exemptions;
    } catch (JsonException e) {
      report(Problem.EXEMPTION_UNREADABLE);
      return new Exemptions(List.of(), Set.of(), true);
    }
  }

  private Stop stop(@Nullable VerifiedTarget target) {
    if (target == null) {
      return Stop.NONE;
    }
    try {
      return Stop.read(target.content());
    } catch (JsonException e) {
      report(Problem.RULE_UNREADABLE);
      return new Stop(true, Set.of(), "a stop that this version cannot read");
    }
  }

  private void report(Problem problem) {
    problems.add(new ReportedProblem(problem, null));
  }
}
