package dev.interdict.agent.guard;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Inventory;
import dev.interdict.agent.inventory.RunningProcess;
import dev.interdict.agent.ledger.Ledger;
import dev.interdict.agent.match.Finding;
import dev.interdict.agent.match.Findings;
import dev.interdict.agent.policy.TrustedPolicy;
import dev.interdict.agent.report.Pseudonyms;
import dev.interdict.agent.report.Reporting;
import dev.interdict.decide.Deciding;
import dev.interdict.decide.DeviceFacts;
import dev.interdict.decide.History;
import dev.interdict.decide.Sighting;
import dev.interdict.decide.Situation;
import dev.interdict.decide.TimeView;
import dev.interdict.decide.Verdict;
import dev.interdict.identity.PackageUrl;
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Exemptions;
import dev.interdict.policy.Matcher;
import dev.interdict.policy.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// Brings policy, inventory and memory together into verdicts. Reads the ledger, changes nothing.
final class Judge {
  private final Supplier<DeviceFacts> device;
  private final Supplier<Set<String>> marks;
  private final Ledger ledger;
  private final Pseudonyms names;
  private final BytePath quarantine;

  /// @param marks keys of marks of networks that were reached in the last exchange
  /// @param quarantine where taken things lie: what still runs from there is no new finding
  Judge(
      Supplier<DeviceFacts> device,
      Supplier<Set<String>> marks,
      Ledger ledger,
      Pseudonyms names,
      BytePath quarantine) {
    this.device = device;
    this.marks = marks;
    this.ledger = ledger;
    this.names = names;
    this.quarantine = quarantine;
  }

  /// Every rule of the policy with what was found of it.
  List<Judged> judge(TrustedPolicy policy, Inventory inventory, TimeView time) {
    var situation =
        new Situation(
            device.get(), policy.exemptions(), policy.stop(), policy.age(), time, marks.get());
    var findings = Findings.in(policy.blocklist(), withoutTaken(inventory));
    var judged = new ArrayList<Judged>();
    for (var rule : policy.blocklist().rules()) {
      var all = findings.stream().filter(finding -> finding.rule().equals(rule)).toList();
      var own = all.stream().filter(finding -> !finding.residue()).toList();
      var residue = all.stream().filter(Finding::residue).toList();
      var history = ledger.of(rule.id()).history(rule.timeline().term(), time.trusted());
      var sighting = sighting(own, inventory, history);
      var verdict = Deciding.verdict(rule, sighting, history, situation);
      var due = due(rule, own, verdict, history, situation);
      judged.add(new Judged(rule, own, residue, verdict, sighting, history, due));
    }
    return judged;
  }

  /// Where nothing is found, what would follow is asked for those who were told before.
  private static Sighting sighting(List<Finding> own, Inventory inventory, History history) {
    return own.isEmpty()
        ? new Sighting(0, false, history.people().keySet())
        : Recipients.sighting(own, inventory.homes());
  }

  private List<Finding> due(
      Rule rule, List<Finding> findings, Verdict verdict, History history, Situation situation) {
    return switch (verdict) {
      case Verdict.Due(var _, var enforcement) when enforcement.compareTo(Enforcement.BLOCK) >= 0 ->
          findings.stream()
              .filter(finding -> !disputed(finding, history, situation.exemptions()))
              .toList();
      case Verdict.Waiting _
          when rule.enforcement() == Enforcement.REMOVE
              && situation.age() != Situation.PolicyAge.EXPIRED ->
          findings.stream()
              .filter(finding -> wanted(finding, history))
              .filter(finding -> !disputed(finding, history, situation.exemptions()))
              .toList();
      default -> List.of();
    };
  }

  /// Whether its owner asked to have it removed now.
  private static boolean wanted(Finding finding, History history) {
    var owner = finding.item().owner();
    return finding.strength() == Matcher.Strength.STRONG
        && owner != null
        && history.consents().contains(owner.user());
  }

  /// Whether somebody said that it is not that tool, and nobody has answered that it is.
  private boolean disputed(Finding finding, History history, Exemptions exemptions) {
    return history.disputed().contains(Reporting.key(finding.item(), names))
        && !confirmed(finding, exemptions);
  }

  /// Whether a person confirmed that this identity is the rule's tool, in whatever version: what is
  /// disputed is not the version either, and a tool that updates itself stays what it is.
  static boolean confirmed(Finding finding, Exemptions exemptions) {
    var identity = unversioned(Reporting.identity(finding.item().identity()));
    return exemptions.confirmed().stream()
        .anyMatch(one ->
            one.rule().equals(finding.rule().id()) && unversioned(one.identity()).equals(identity));
  }

  private static String unversioned(String identity) {
    try {
      return PackageUrl.parse(identity).withVersion("").toString();
    } catch (IllegalArgumentException e) {
      // It is no package.
      return identity;
    }
  }

  private Inventory withoutTaken(Inventory inventory) {
    var processes = inventory.processes().stream().filter(process -> !taken(process)).toList();
    return new Inventory(inventory.homes(), inventory.items(), processes, inventory.gaps());
  }

  private boolean taken(RunningProcess process) {
    var executable = process.executable();
    return executable != null && executable.startsWith(quarantine);
  }
}
