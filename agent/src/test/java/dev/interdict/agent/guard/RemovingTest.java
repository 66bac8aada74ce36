package dev.interdict.agent.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.guard.Enforcer.Act;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.RunningProcess;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.match.Finding;
import dev.interdict.identity.PackageUrl;
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Matcher;
import dev.interdict.policy.Rule;
import dev.interdict.policy.RuleFixtures;
import dev.interdict.report.ActionKind;
import dev.interdict.report.ErrorClass;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemovingTest {
  private static final Rule RULE = RuleFixtures.rule(RuleFixtures.CLAUDE_CODE);
  private static final BytePath MAIN = BytePath.parse("/home/zhao.lei/tools/claude-code");
  private static final FileId NODE = new FileId(1, 500);
  private static final FileId SCRIPT = new FileId(1, 2);

  private final FakeBench bench = new FakeBench();
  private final List<RunningProcess> running = new ArrayList<>();
  private boolean blind;
  private @TempDir Path folder;
  private Removing removing;

  @BeforeEach
  void begin() {
    removing = removing("boot");
  }

  /// As a guard has it that starts now.
  private Removing removing(String boot) {
    return new Removing(
        bench,
        () -> {
          if (blind) {
            throw new UnreadableException(
                UnreadableException.Reason.IO, BytePath.parse("/proc"), "unreadable");
          }
          return running;
        },
        BytePath.ROOT,
        BytePath.parse("/var/lib/interdict-agent/quarantine"),
        Survivors.open(folder.resolve("survivors.json"), boot));
  }

  private static Finding finding(List<Part> parts, RunningProcess... processes) {
    var item =
        new Item(
            parts.isEmpty() ? "dpkg" : "npm",
            new Identity.OfPackage(PackageUrl.npm("@anthropic-ai/claude-code")),
            "1.0.0",
            Scene.HOME,
            MAIN,
            parts);
    return new Finding(RULE, item, Matcher.Strength.STRONG, List.of(processes));
  }

  private static List<Part> parts() {
    return List.of(
        new Part(Part.Role.MAIN, MAIN, new FileId(1, 1), FileKind.DIRECTORY),
        new Part(Part.Role.EXECUTABLE, MAIN.resolve("cli.js"), SCRIPT, FileKind.REGULAR));
  }

  private static RunningProcess node(long pid) {
    var script = new RunningProcess.Script(MAIN.resolve("cli.js"), SCRIPT);
    return new RunningProcess(
        pid, 77, 1000, BytePath.parse("/usr/bin/node"), NODE, List.of(script), "node");
  }

  /// As the kernel shows it once its script is gone from its place.
  private static RunningProcess nodeWithoutScript(long pid, long start) {
    return new RunningProcess(
        pid, start, 1000, BytePath.parse("/usr/bin/node"), NODE, List.of(), "node");
  }

  @Test
  void taken_and_stopped_are_two_acts() {
    bench.stopping = new Outcome.Done();
    assertEquals(
        List.of(new Act(ActionKind.QUARANTINED, null), new Act(ActionKind.STOPPED, null)),
        removing.enforce(finding(parts()), Enforcement.REMOVE));
    assertEquals(List.of("take " + MAIN, "stop [1, 2]"), bench.done);
  }

  @Test
  void a_script_is_stopped_while_it_can_still_be_told_from_others() {
    bench.stopping = new Outcome.Done();
    removing.enforce(finding(parts(), node(10)), Enforcement.REMOVE);
    assertEquals(List.of("stop [2]", "take " + MAIN, "stop [1, 2]"), bench.done);
  }

  @Test
  void an_interpreter_that_goes_on_is_not_gone_and_no_other_of_it_is_named() {
    removing.enforce(finding(parts(), node(10)), Enforcement.REMOVE);
    running.add(nodeWithoutScript(10, 77));
    running.add(nodeWithoutScript(11, 78));
    assertEquals(Set.of(SCRIPT), removing.lingering(Scene.RULE));
    // A guard that starts anew knows it still; after a restart of the machine it cannot be there.
    assertEquals(Set.of(SCRIPT), removing("boot").lingering(Scene.RULE));
    assertEquals(Set.of(), removing("next boot").lingering(Scene.RULE));
    running.clear();
    running.add(nodeWithoutScript(10, 99));
    assertEquals(Set.of(), removing.lingering(Scene.RULE));
  }

  @Test
  void a_script_that_took_the_launchers_name_is_doubted_and_not_stopped() {
    bench.hold("a", Scene.HOME, "/home/zhao.lei/.npm-global/bin/claude", FileKind.LINK);
    running.add(named("/usr/bin/bash", 1000));
    running.add(named("/usr/bin/node", 1001));
    assertEquals(Set.of(), removing.lingering(Scene.RULE));
    running.add(named("/usr/bin/node", 1000));
    assertEquals(Set.of(new FileId(0, 0)), removing.lingering(Scene.RULE));
  }

  private static RunningProcess named(String executable, int uid) {
    return new RunningProcess(20, 80, uid, BytePath.parse(executable), NODE, List.of(), "claude");
  }

  @Test
  void a_refusal_and_a_failure_say_why() {
    bench.taking = new Outcome.Refused(Refusal.CHANGED, "");
    bench.stopping = new Outcome.Failed(ErrorClass.ACCESS_DENIED, "");
    assertEquals(
        List.of(
            new Act(ActionKind.REFUSED, ErrorClass.CHANGED),
            new Act(ActionKind.FAILED, ErrorClass.ACCESS_DENIED)),
        removing.enforce(finding(parts()), Enforcement.REMOVE));
  }

  @Test
  void what_a_package_manager_owns_is_removed_by_it() {
    assertEquals(
        List.of(new Act(ActionKind.UNINSTALLED, null)),
        removing.enforce(finding(List.of()), Enforcement.REMOVE));
    assertEquals(List.of("stop []", "uninstall", "stop []", "let go"), bench.done);
  }

  @Test
  void what_other_packages_need_is_refused_with_the_list_of_them() {
    bench.forecast = new Outcome.Refused(Refusal.NEEDED, "would take or break: needs-it");
    assertEquals(
        List.of(
            new Act(
                ActionKind.REFUSED,
                ErrorClass.PACKAGE_MANAGER_ERROR,
                "would take or break: needs-it")),
        removing.enforce(finding(List.of()), Enforcement.REMOVE));
    assertEquals(List.of("let go"), bench.done);
  }

  @Test
  void what_survives_the_removal_of_its_package_lingers_until_it_ends() {
    var program = new FileId(9, 4);
    bench.uninstalledPrograms = Set.of(program);
    bench.stopping = new Outcome.Refused(Refusal.STILL_RUNNING, "");
    running.add(program(4, BytePath.parse("/usr/bin/claude")));
    running.add(program(5, BytePath.parse("/usr/bin/vi")));
    running.add(new RunningProcess(6, 1, 0, null, null, List.of(), "kthreadd"));
    removing.enforce(finding(List.of()), Enforcement.REMOVE);
    assertEquals(Set.of(program), removing("boot").lingering(Scene.RULE));
    running.removeFirst();
    assertEquals(Set.of(), removing.lingering(Scene.RULE));
  }

  @Test
  void a_machine_that_cannot_be_opened_is_a_failure() {
    bench.broken = true;
    assertEquals(
        List.of(new Act(ActionKind.FAILED, ErrorClass.OTHER)),
        removing.enforce(finding(parts(), node(10)), Enforcement.REMOVE));
  }

  @Test
  void to_block_takes_nothing_and_to_notify_does_nothing() {
    bench.stopping = new Outcome.Done();
    assertEquals(
        List.of(new Act(ActionKind.STOPPED, null)),
        removing.enforce(finding(parts()), Enforcement.BLOCK));
    assertEquals(List.of("stop [1, 2]"), bench.done);
    assertEquals(List.of(), removing.enforce(finding(parts()), Enforcement.NOTIFY));
    assertEquals(1, bench.done.size());
  }

  @Test
  void a_program_that_runs_from_where_it_was_or_lies_now_lingers() {
    bench.hold("a", Scene.HOME, MAIN.toString());
    var before = MAIN.resolve("bin").resolve("claude");
    var now =
        BytePath.parse("/var/lib/interdict-agent/quarantine/things/" + "a".repeat(32) + "/claude");
    running.add(program(1, before));
    running.add(program(2, now));
    running.add(program(3, BytePath.parse("/usr/bin/vi")));
    assertEquals(Set.of(new FileId(9, 1), new FileId(9, 2)), removing.lingering(Scene.RULE));
  }

  private static RunningProcess program(long inode, BytePath executable) {
    return new RunningProcess(
        inode, 1, 1000, executable, new FileId(9, inode), List.of(), "claude");
  }

  @Test
  void where_nobody_can_say_what_runs_something_may() {
    bench.hold("a", Scene.HOME, MAIN.toString());
    blind = true;
    assertEquals(1, removing.lingering(Scene.RULE).size());
  }
}
