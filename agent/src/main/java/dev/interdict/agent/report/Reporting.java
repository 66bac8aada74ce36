package dev.interdict.agent.report;

import dev.interdict.agent.decide.Verdict;
import dev.interdict.agent.inventory.Gap;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Inventory;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.match.Finding;
import dev.interdict.policy.Enforcement;
import dev.interdict.report.Coverage;
import dev.interdict.report.EvidenceStrength;
import dev.interdict.report.Presence;
import dev.interdict.report.Problem;
import dev.interdict.report.ReportedAction;
import dev.interdict.report.ReportedFinding;
import dev.interdict.report.ReportedGap;
import dev.interdict.report.ReportedRule;
import dev.interdict.report.RuleState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Turns a cycle's values into what may leave the device. Pure.
public final class Reporting {
  /// Findings of one rule that a report names; of more, only the first are. A report that the
  /// server would refuse as too large would never tell of any.
  public static final int MOST_FINDINGS = 100;

  private static final int MOST_ACTIONS = 100;

  private Reporting() {}

  /// How much was seen. A gap is told by source and class only; its path stays on the device.
  public static Coverage coverage(@Nullable Inventory inventory, @Nullable Instant scannedAt) {
    if (inventory == null) {
      return new Coverage(null, true, List.of(new ReportedGap("scan", Problem.SCAN_FAILED)));
    }
    var gaps = new LinkedHashSet<ReportedGap>();
    for (var gap : inventory.gaps()) {
      gaps.add(new ReportedGap(gap.source(), problem(gap)));
    }
    return new Coverage(scannedAt, true, List.copyOf(gaps));
  }

  private static Problem problem(Gap gap) {
    return switch (gap.reason()) {
      case BUDGET, TOO_LARGE -> Problem.LIMIT_EXCEEDED;
      case LINK_IN_PATH, DENIED, OTHER_FILE_SYSTEM, NOT_A_FILE, MALFORMED, IO ->
          Problem.PARTLY_INSPECTED;
    };
  }

  /// The rule's line in the report.
  public static ReportedRule rule(RuleStanding standing, Coverage coverage, Pseudonyms names) {
    var state = state(standing, coverage);
    return new ReportedRule(
        standing.rule().id().value(),
        state,
        state == RuleState.PRESENT ? presence(standing) : null,
        standing.date(),
        standing.exemptUntil(),
        Stream.concat(standing.findings().stream(), standing.residue().stream())
            .limit(MOST_FINDINGS)
            .map(finding -> finding(finding, names))
            .toList(),
        actions(standing));
  }

  private static RuleState state(RuleStanding standing, Coverage coverage) {
    if (standing.findings().isEmpty()) {
      if (standing.failing()) {
        // Its files are gone, but something of it still runs, or nobody could verify that it does
        // not.
        return RuleState.FAILED;
      }
      if (!coverage.whole() || standing.unverified()) {
        return RuleState.UNKNOWN;
      }
      return standing.removed() ? RuleState.REMOVED : RuleState.CLEAR;
    }
    if (standing.verdict() instanceof Verdict.Due(var _, var enforcement)
        && enforcement == Enforcement.REMOVE) {
      return standing.failing() ? RuleState.FAILED : RuleState.REMOVING;
    }
    return RuleState.PRESENT;
  }

  private static Presence presence(RuleStanding standing) {
    if (standing.putOff()) {
      return Presence.PUT_OFF;
    }
    return standing.notified() ? Presence.NOTIFIED : Presence.NEW;
  }

  private static ReportedFinding finding(Finding finding, Pseudonyms names) {
    var item = finding.item();
    var owner = item.owner();
    return new ReportedFinding(
        item.source(),
        identity(item.identity()),
        item.version(),
        place(item),
        owner == null ? null : names.of(owner.user()),
        switch (finding.strength()) {
          case STRONG -> EvidenceStrength.STRONG;
          case WEAK -> EvidenceStrength.WEAK;
          case RESIDUE -> EvidenceStrength.RESIDUE;
        },
        !finding.running().isEmpty(),
        item.origin(),
        key(item, names));
  }

  /// The name of a finding, for a report and for an answer that is about it: the same for as long as
  /// the same thing lies in the same place, whatever its version, and told by nobody who has not the
  /// device's key.
  public static String key(Item item, Pseudonyms names) {
    var identity =
        item.identity() instanceof Identity.OfPackage(var purl)
            ? identity(new Identity.OfPackage(purl.withVersion("")))
            : identity(item.identity());
    return names.of(item.source() + "\n" + identity + "\n" + item.location());
  }

  /// Where the item lies, with its owner's home as `~`.
  public static String place(Item item) {
    var owner = item.owner();
    return owner != null && item.location().startsWith(owner.path())
        ? "~" + item.location().relativeTo(owner.path())
        : item.location().toString();
  }

  /// The identity as reports and people read it.
  public static String identity(Identity identity) {
    return switch (identity) {
      case Identity.OfPackage(var purl) -> purl.toString();
      case Identity.OfExtension(var host, var id) -> host + ":" + id;
      case Identity.OfApplication(var platform, var id) -> platform + ":" + id;
      case Identity.OfProgram(var place) -> "program:" + place;
      case Identity.OfModel(var tool, var model) -> "model:" + tool + ":" + model;
      case Identity.OfVariable(var name) -> "variable:" + name;
      case Identity.OfContainer(var reference) -> "container:" + reference;
      case Identity.OfResidue(var kind, var id) -> "residue:" + kind.written() + ":" + id;
    };
  }

  private static List<ReportedAction> actions(RuleStanding standing) {
    var actions = new ArrayList<ReportedAction>();
    var acts = standing.acts();
    for (var act : acts.subList(Math.max(0, acts.size() - MOST_ACTIONS), acts.size())) {
      actions.add(new ReportedAction(act.kind(), act.identity(), act.error(), act.at()));
    }
    return actions;
  }
}
