package dev.interdict.agent.guard;

import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.match.Finding;
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.RuleId;
import dev.interdict.report.ActionKind;
import dev.interdict.report.ErrorClass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// An enforcer that takes things out of what the scanner sees, unless a test says otherwise.
final class FakeEnforcer implements Enforcer {
  static final Act QUARANTINED = new Act(ActionKind.QUARANTINED, null);
  static final Act STOPPED = new Act(ActionKind.STOPPED, null);
  static final Act FAILED = new Act(ActionKind.FAILED, ErrorClass.FILE_IN_USE);
  static final Act REFUSED = new Act(ActionKind.REFUSED, ErrorClass.CHANGED);

  final List<String> done = new ArrayList<>();
  final Map<Item, List<Act>> instead = new HashMap<>();
  final Set<FileId> lingering = new HashSet<>();

  /// What stopping the lingering comes to; they end only if it is [#STOPPED].
  Act stopping = STOPPED;

  boolean immortal;
  private final ScriptedScanner scanner;

  FakeEnforcer(ScriptedScanner scanner) {
    this.scanner = scanner;
  }

  @Override
  public List<Act> enforce(Finding finding, Enforcement enforcement) {
    done.add(enforcement + " " + finding.rule().id() + " " + finding.item().source());
    var acts = instead.get(finding.item());
    if (acts != null) {
      return acts;
    }
    scanner.items.remove(finding.item());
    return List.of(QUARANTINED);
  }

  @Override
  public Set<FileId> lingering(RuleId rule) {
    return Set.copyOf(lingering);
  }

  @Override
  public List<Act> stop(Set<FileId> programs) {
    done.add("stop " + programs.size());
    if (stopping.equals(STOPPED) && !immortal) {
      lingering.removeAll(programs);
    }
    return List.of(stopping);
  }
}
