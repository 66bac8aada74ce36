package dev.interdict.agent.report;

import dev.interdict.agent.inventory.Gap;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Inventory;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.match.Finding;
import dev.interdict.decide.Verdict;
import dev.interdict.policy.Collection;
import dev.interdict.policy.Enforcement;
import dev.interdict.report.Coverage;
import dev.interdict.report.Device;
import dev.interdict.report.EvidenceStrength;
import dev.interdict.report.Presence;
import dev.interdict.report.Problem;
import dev.interdict.report.ReportJson;
import dev.interdict.report.ReportedAction;
import dev.interdict.report.ReportedAnswer;
import dev.interdict.report.ReportedFinding;
import dev.interdict.report.ReportedGap;
import dev.interdict.report.ReportedRule;
import dev.interdict.report.RuleState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Turns a cycle's values into what may leave the device, and no more than the signed ceiling
/// allows ([Collection]). Pure.
public final class Reporting {
  /// Findings of one rule that a report names; of more, only the first are. A report that the
  /// server would refuse as too large would never tell of any.
  public static final int MOST_FINDINGS = 100;

  private static final int MOST_ACTIONS = 100;
  private static final Pattern SOURCE = Pattern.compile("[a-z][a-z0-9-]{0,39}");

  private Reporting() {}

  /// What the device says of itself. Where its name may not be told, another one stands for it by
  /// which people can tell it from others.
  public static Device device(Device device, Collection ceiling) {
    return ceiling.hostName()
        ? device
        : new Device(
            device.id(),
            "device-" + device.id().value().substring(0, 8),
            device.os(),
            device.osVersion(),
            device.architecture(),
            device.vocabulary());
  }

  /// How much was seen. A gap is told by source and class only; its path stays on the device.
  public static Coverage coverage(@Nullable Inventory inventory, @Nullable Instant scannedAt) {
    if (inventory == null) {
      return new Coverage(null, true, List.of(new ReportedGap("scan", Problem.SCAN_FAILED)));
    }
    var gaps = new LinkedHashSet<ReportedGap>();
    for (var gap : inventory.gaps()) {
      gaps.add(new ReportedGap(source(gap.source()), problem(gap)));
    }
    return new Coverage(scannedAt, true, List.copyOf(gaps));
  }

  /// The name of one of our sources; whatever is not spelt like one comes from elsewhere.
  private static String source(String source) {
    return SOURCE.matcher(source).matches() ? source : "other";
  }

  private static Problem problem(Gap gap) {
    return switch (gap.reason()) {
      case BUDGET, TOO_LARGE -> Problem.LIMIT_EXCEEDED;
      case LINK_IN_PATH, DENIED, OTHER_FILE_SYSTEM, NOT_A_FILE, MALFORMED, IO ->
          Problem.PARTLY_INSPECTED;
    };
  }

  /// The rule's line in the report, where the signers said nothing of what may be told.
  public static ReportedRule rule(RuleStanding standing, Coverage coverage, Pseudonyms names) {
    return rule(standing, coverage, names, Collection.DEFAULT);
  }

  /// The rule's line in the report.
  public static ReportedRule rule(
      RuleStanding standing, Coverage coverage, Pseudonyms names, Collection ceiling) {
    var state = state(standing, coverage);
    var bare =
        new ReportedRule(
            standing.rule().id().value(),
            state,
            state == RuleState.PRESENT ? presence(standing) : null,
            standing.date(),
            standing.exemptUntil(),
            List.of(),
            List.of());
    var answers = last(standing.answers(), ReportJson.MAX_ANSWERS);
    return switch (ceiling.level()) {
      case STATES -> bare.with(List.of(), answers.stream().map(Reporting::nameless).toList());
      case MATCHES -> whole(bare, standing, answers, names, new Mask(standing.rule()));
      case PLACES -> whole(bare, standing, answers, names, null);
    };
  }

  private static ReportedRule whole(
      ReportedRule bare,
      RuleStanding standing,
      List<ReportedAnswer> answers,
      Pseudonyms names,
      @Nullable Mask mask) {
    return new ReportedRule(
        bare.rule(),
        bare.state(),
        bare.presence(),
        bare.date(),
        bare.exemptUntil(),
        Stream.concat(standing.findings().stream(), standing.residue().stream())
            .limit(MOST_FINDINGS)
            .map(finding -> finding(finding, names, mask))
            .toList(),
        actions(standing, mask),
        last(standing.notices(), ReportJson.MAX_NOTICES),
        answers);
  }

  /// What somebody wrote in order to send it is sent; that it was the same person as the last time
  /// is not.
  private static ReportedAnswer nameless(ReportedAnswer answer) {
    return new ReportedAnswer(
        answer.id(), answer.kind(), answer.at(), answer.until(), null, answer.text(), null);
  }

  private static <T> List<T> last(List<T> all, int most) {
    return all.subList(Math.max(0, all.size() - most), all.size());
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
        && enforcement == Enforcement.REMOVE
        && !standing.paused()) {
      return standing.failing() ? RuleState.FAILED : RuleState.REMOVING;
    }
    return RuleState.PRESENT;
  }

  private static Presence presence(RuleStanding standing) {
    if (standing.putOff()) {
      return Presence.PUT_OFF;
    }
    if (standing.snoozed()) {
      return Presence.SNOOZED;
    }
    return standing.notified() ? Presence.NOTIFIED : Presence.NEW;
  }

  private static ReportedFinding finding(Finding finding, Pseudonyms names, @Nullable Mask mask) {
    var item = finding.item();
    var owner = item.owner();
    var version = item.version();
    var origin = item.origin();
    return new ReportedFinding(
        source(item.source()),
        mask == null ? identity(item.identity()) : mask.identity(identity(item.identity())),
        version == null || mask == null ? version : VersionWords.masked(version),
        mask == null ? place(item) : mask.place(item),
        owner == null ? null : names.of(owner.user()),
        switch (finding.strength()) {
          case STRONG -> EvidenceStrength.STRONG;
          case WEAK -> EvidenceStrength.WEAK;
          case RESIDUE -> EvidenceStrength.RESIDUE;
        },
        !finding.running().isEmpty(),
        origin == null || mask == null ? origin : mask.origin(origin),
        key(item, names));
  }

  /// The name of a finding, for a report and for an answer that is about it: the same for as long
  /// as the same thing lies in the same place, whatever its version, and told by nobody who has not
  /// the device's key.
  public static String key(Item item, Pseudonyms names) {
    var identity =
        item.identity() instanceof Identity.OfPackage(var purl)
            ? identity(new Identity.OfPackage(purl.withVersion("")))
            : identity(item.identity());
    return names.of(item.source() + "\n" + identity + "\n" + item.location());
  }

  /// Where the item lies, with its owner's home as `~`: whole, for people at the device.
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

  private static List<ReportedAction> actions(RuleStanding standing, @Nullable Mask mask) {
    var actions = new ArrayList<ReportedAction>();
    for (var act : last(standing.acts(), MOST_ACTIONS)) {
      var identity = mask == null ? act.identity() : mask.identity(act.identity());
      actions.add(new ReportedAction(act.kind(), identity, act.error(), act.at()));
    }
    return actions;
  }
}
