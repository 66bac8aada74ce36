package dev.interdict.agent.guard;

import dev.interdict.agent.decide.Deciding;
import dev.interdict.agent.decide.DeviceFacts;
import dev.interdict.agent.decide.Situation;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Inventory;
import dev.interdict.agent.inventory.RunningProcess;
import dev.interdict.agent.ledger.Ledger;
import dev.interdict.agent.match.Finding;
import dev.interdict.agent.match.Findings;
import dev.interdict.agent.policy.TrustedPolicy;
import dev.interdict.agent.time.TimeView;
import java.util.ArrayList;
import java.util.List;

/// Brings policy, inventory and memory together into verdicts. Reads the ledger, changes nothing.
final class Judge {
  private final DeviceFacts device;
  private final Ledger ledger;
  private final BytePath quarantine;

  /// @param quarantine where taken things lie: what still runs from there is no new finding
  Judge(DeviceFacts device, Ledger ledger, BytePath quarantine) {
    this.device = device;
    this.ledger = ledger;
    this.quarantine = quarantine;
  }

  /// Every rule of the policy with what was found of it.
  List<Judged> judge(TrustedPolicy policy, Inventory inventory, TimeView time) {
    var situation = new Situation(device, policy.exemptions(), policy.stop(), policy.age(), time);
    var findings = Findings.in(policy.blocklist(), withoutTaken(inventory));
    var judged = new ArrayList<Judged>();
    for (var rule : policy.blocklist().rules()) {
      var all = findings.stream().filter(finding -> finding.rule().equals(rule)).toList();
      var own = all.stream().filter(finding -> !finding.residue()).toList();
      var residue = all.stream().filter(Finding::residue).toList();
      var history = ledger.of(rule.id()).history(rule.timeline().term(), time.trusted());
      judged.add(new Judged(rule, own, residue, Deciding.verdict(rule, own, history, situation)));
    }
    return judged;
  }

  private Inventory withoutTaken(Inventory inventory) {
    var processes = inventory.processes().stream().filter(process -> !taken(process)).toList();
    return new Inventory(inventory.homes(), inventory.items(), processes, inventory.gaps());
  }

  private boolean taken(RunningProcess process) {
    var executable = process.executable();
    return executable != null && executable.startsWith(quarantine);
  }

  /// Whose device this is.
  DeviceFacts device() {
    return device;
  }
}
