package dev.interdict.agent.guard;

import dev.interdict.agent.enforce.Enforcing;
import dev.interdict.agent.enforce.Hands;
import dev.interdict.agent.enforce.Held;
import dev.interdict.agent.enforce.ManagedPackage;
import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.enforce.ProtectedList;
import dev.interdict.agent.enforce.RemovalPlan;
import dev.interdict.agent.enforce.StubText;
import dev.interdict.agent.enforce.Uninstalling;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.RunningProcess;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.match.Finding;
import dev.interdict.agent.report.Reporting;
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Language;
import dev.interdict.policy.RuleId;
import dev.interdict.report.ActionKind;
import dev.interdict.report.ErrorClass;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Plans and carries out what is due to a finding, by the hands of this operating system.
final class Removing implements Enforcer {
  /// Stands for a program that nobody can name; stopping it stops nothing.
  private static final FileId NO_PROGRAM = new FileId(0, 0);

  private static final Set<String> INTERPRETERS = Set.of("node", "bun", "deno");
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final Bench bench;
  private final Processes processes;
  private final BytePath root;
  private final BytePath quarantine;

  private final Survivors survivors;

  /// All processes of the machine, with paths from its real root. Seam.
  @FunctionalInterface
  interface Processes {
    List<RunningProcess> running() throws UnreadableException;
  }

  /// @param root the inspected root, from the machine's real one
  /// @param quarantine where taken things lie, from the machine's real root
  Removing(
      Bench bench, Processes processes, BytePath root, BytePath quarantine, Survivors survivors) {
    this.bench = bench;
    this.processes = processes;
    this.root = root;
    this.quarantine = quarantine;
    this.survivors = survivors;
  }

  @Override
  public List<Act> enforce(Finding finding, Enforcement enforcement) {
    return switch (enforcement) {
      case OBSERVE, NOTIFY -> List.of();
      case BLOCK -> block(finding);
      case REMOVE -> remove(finding);
    };
  }

  private List<Act> block(Finding finding) {
    var managed = ManagedPackage.of(finding.item());
    if (managed.isEmpty()) {
      return stop(programs(finding));
    }
    try {
      var programs = bench.at(hands -> hands.programs(managed.get()));
      return stop(programs.stream().map(Part::id).collect(Collectors.toUnmodifiableSet()));
    } catch (IOException e) {
      return List.of(new Act(ActionKind.FAILED, ErrorClass.OTHER));
    }
  }

  private List<Act> remove(Finding finding) {
    var managed = ManagedPackage.of(finding.item());
    if (managed.isPresent()) {
      return uninstall(finding, managed.get());
    }
    if (finding.item().parts().isEmpty()) {
      // Somebody's work folder is theirs: it is not taken, and a person has to see to it.
      return List.of(new Act(ActionKind.FAILED, ErrorClass.OTHER));
    }
    var acts = new ArrayList<Act>();
    Enforcing.Removal removal;
    try {
      acts.addAll(stopScripts(finding));
      removal = bench.at(hands -> Enforcing.apply(plan(finding), hands, GRACE));
    } catch (IOException e) {
      return List.of(new Act(ActionKind.FAILED, ErrorClass.OTHER));
    }
    var moved = removal.files().stream().anyMatch(Outcome.Done.class::isInstance);
    if (moved) {
      acts.add(new Act(ActionKind.QUARANTINED, null));
    }
    if (removal.stopping() instanceof Outcome.Done) {
      acts.add(new Act(ActionKind.STOPPED, null));
    }
    for (var outcome : removal.files()) {
      acts.addAll(shortfall(outcome));
    }
    acts.addAll(shortfall(removal.stopping()));
    return acts;
  }

  private List<Act> uninstall(Finding finding, ManagedPackage managed) {
    Uninstalling.Uninstalled went;
    try {
      went =
          bench.at(hands ->
              Uninstalling.apply(
                  plan(finding),
                  managed,
                  hands,
                  GRACE,
                  programs -> remembered(finding.rule().id(), programs)));
    } catch (IOException e) {
      return List.of(new Act(ActionKind.FAILED, ErrorClass.OTHER));
    }
    var acts = new ArrayList<Act>();
    if (went.removal() instanceof Outcome.Done) {
      acts.add(new Act(ActionKind.UNINSTALLED, null));
    }
    if (went.stopping() instanceof Outcome.Done) {
      acts.add(new Act(ActionKind.STOPPED, null));
    } else if (!went.stopping().achieved()) {
      // Also what ran from before an upgrade, which only the manager's hands can tell.
      remembered(finding.rule().id(), went.programs());
    }
    acts.addAll(shortfall(went.removal()));
    acts.addAll(shortfall(went.stopping()));
    return acts;
  }

  /// Remembers what runs these programs.
  ///
  /// @return whether it is on disk: without that they must not go
  private boolean remembered(RuleId rule, Set<FileId> programs) {
    try {
      for (var process : processes.running()) {
        var executable = process.executableId();
        if (executable != null && programs.contains(executable)) {
          survivors.remember(rule, process, Set.of(executable));
        }
      }
      return true;
    } catch (UnreadableException | IOException e) {
      return false;
    }
  }

  /// A script can be told from others only while it is in its place, so before it is taken.
  private List<Act> stopScripts(Finding finding) throws IOException {
    var running =
        finding.running().stream()
            .filter(process -> !scripts(process, finding).isEmpty())
            .collect(Collectors.toUnmodifiableSet());
    if (running.isEmpty() || ProtectedList.protects(plan(finding)).isPresent()) {
      return List.of();
    }
    var files = new HashSet<FileId>();
    for (var process : running) {
      var scripts = scripts(process, finding);
      survivors.remember(finding.rule().id(), process, scripts);
      files.addAll(scripts);
    }
    return stop(files);
  }

  private static Set<FileId> scripts(RunningProcess process, Finding finding) {
    var own = programs(finding);
    return process.scripts().stream()
        .filter(script ->
            own.contains(script.id())
                || finding.item().parts().stream()
                    .anyMatch(part ->
                        part.kind() == FileKind.DIRECTORY && script.path().startsWith(part.path())))
        .map(RunningProcess.Script::id)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static List<Act> shortfall(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done _, Outcome.AlreadyDone _ -> List.of();
      case Outcome.Refused(var why, var detail) ->
          List.of(new Act(ActionKind.REFUSED, why.error(), said(detail)));
      case Outcome.Failed(var error, var detail) ->
          List.of(new Act(ActionKind.FAILED, error, said(detail)));
    };
  }

  private static @Nullable String said(String detail) {
    return detail.isBlank() ? null : detail;
  }

  /// What would be taken for a finding.
  static RemovalPlan plan(Finding finding) {
    var item = finding.item();
    var rule = finding.rule();
    var owner = item.owner();
    var keep =
        owner == null
            ? List.<BytePath>of()
            : rule.keep().stream().map(place -> owner.path().resolve(place)).toList();
    return new RemovalPlan(
        rule.id(),
        Reporting.identity(item.identity()),
        item.identity(),
        owner,
        item.parts(),
        item.amendments(),
        emptied(item),
        keep,
        Map.of(
            Language.EN.tag(), rule.tool().reason().en(),
            Language.ZH_CN.tag(), rule.tool().reason().zhCn()),
        StubText.of(rule));
  }

  /// The scope folder of an npm package, which has no purpose once it is empty.
  private static List<BytePath> emptied(Item item) {
    return item.parts().stream()
        .filter(part -> part.role() == Part.Role.MAIN)
        .map(part -> part.path().parent())
        .filter(folder -> folder.nameText().startsWith("@"))
        .toList();
  }

  private static Set<FileId> programs(Finding finding) {
    return finding.item().parts().stream()
        .filter(part -> !part.leads())
        .map(Part::id)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public Set<FileId> lingering(RuleId rule) {
    try {
      var held = bench.at(Hands::held).stream().filter(thing -> thing.rule().equals(rule)).toList();
      if (held.isEmpty() && !survivors.any(rule)) {
        return Set.of();
      }
      var running = processes.running();
      var programs = new HashSet<>(survivors.of(rule, running));
      for (var process : running) {
        var executable = process.executable();
        if (executable != null
            && process.executableId() != null
            && held.stream().anyMatch(thing -> isOf(executable, thing))) {
          programs.add(process.executableId());
        }
        if (held.stream().anyMatch(thing -> mayBe(process, thing))) {
          programs.add(NO_PROGRAM);
        }
      }
      return programs;
    } catch (UnreadableException | IOException e) {
      // Nobody can say that nothing runs any more; the next look may.
      return Set.of(NO_PROGRAM);
    }
  }

  /// An interpreter that goes by the name of a launcher that was taken. A script may write its own
  /// name over its arguments, so that nothing tells any more what it runs: too little to stop it,
  /// and too much to call the rule's tool gone.
  private static boolean mayBe(RunningProcess process, Held thing) {
    var executable = process.executable();
    var owner = thing.owner();
    return thing.kind() == FileKind.LINK
        && executable != null
        && INTERPRETERS.contains(executable.nameText())
        && process.name().equals(thing.path().nameText())
        && (owner == null || owner.uid() == process.uid());
  }

  /// Whether the program was taken from there, or runs from where it lies now.
  private boolean isOf(BytePath executable, Held thing) {
    return executable.startsWith(root.resolve(thing.path()))
        || executable.startsWith(quarantine) && executable.toString().contains(thing.id().text());
  }

  @Override
  public List<Act> stop(Set<FileId> programs) {
    Outcome outcome;
    try {
      outcome = bench.at(hands -> hands.stop(programs, GRACE));
    } catch (IOException e) {
      return List.of(new Act(ActionKind.FAILED, ErrorClass.OTHER));
    }
    return outcome instanceof Outcome.Done
        ? List.of(new Act(ActionKind.STOPPED, null))
        : shortfall(outcome);
  }
}
