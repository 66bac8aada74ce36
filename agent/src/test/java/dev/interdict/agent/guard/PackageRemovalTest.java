package dev.interdict.agent.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.interdict.agent.enforce.Gate;
import dev.interdict.agent.enforce.ManagedPackage;
import dev.interdict.agent.guard.Enforcer.Act;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.Source;
import dev.interdict.agent.match.Finding;
import dev.interdict.agent.platform.linux.LinuxMachine;
import dev.interdict.agent.platform.linux.LinuxProcesses;
import dev.interdict.agent.platform.linux.Sandbox;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import dev.interdict.agent.platform.linux.kernel.KernelException;
import dev.interdict.agent.platform.linux.kernel.PermissionGroup;
import dev.interdict.agent.platform.linux.quarantine.Quarantine;
import dev.interdict.agent.platform.linux.watch.LinuxGate;
import dev.interdict.agent.sources.linux.DpkgSource;
import dev.interdict.agent.sources.residue.ResidueSource;
import dev.interdict.decide.History;
import dev.interdict.decide.Sighting;
import dev.interdict.decide.Verdict;
import dev.interdict.json.JsonWriter;
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Matcher;
import dev.interdict.policy.Rule;
import dev.interdict.policy.RuleFixtures;
import dev.interdict.report.ActionKind;
import dev.interdict.report.ErrorClass;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The guard's own hands on a package that the real dpkg installed into a root of its own, with
/// programs of it that run.
@EnabledOnOs(OS.LINUX)
class PackageRemovalTest {
  private static final Rule RULE = RuleFixtures.rule(RuleFixtures.CLAUDE_CODE);
  private static final Act UNINSTALLED = new Act(ActionKind.UNINSTALLED, null);
  private static final Act STOPPED = new Act(ActionKind.STOPPED, null);
  private static final Act QUARANTINED = new Act(ActionKind.QUARANTINED, null);

  @TempDir Path folder;
  private Sandbox sandbox;
  private LinuxProcesses processes;
  private Quarantine quarantine;
  private LinuxBench bench;
  private Removing removing;
  private final List<Process> running = new ArrayList<>();

  @BeforeEach
  void open() throws Exception {
    assumeTrue(Kernel.effectiveUid() == 0, "package managers remove as root only");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/dpkg-deb")), "dpkg is not installed");
    sandbox = Sandbox.in(Files.createDirectory(folder.resolve("root")));
    sandbox.write("/var/lib/dpkg/status", "");
    Files.createDirectories(sandbox.at("/var/lib/dpkg/info"));
    Files.createDirectories(sandbox.at("/var/lib/dpkg/updates"));
    processes = new LinuxProcesses();
    var held = folder.toRealPath().resolve("quarantine");
    quarantine = Quarantine.open(held, Duration.ofDays(1), () -> Instant.EPOCH, new Random(1));
    bench = new LinuxBench(sandbox.root(), quarantine, processes);
    removing = removing();
  }

  /// As a guard has it that starts now.
  private Removing removing() throws Exception {
    return new Removing(
        bench,
        processes::running,
        BytePath.parse(sandbox.root().toString()),
        BytePath.parse(folder.toRealPath().resolve("quarantine").toString()),
        Survivors.open(folder.resolve("survivors.json"), "boot"));
  }

  @AfterEach
  void close() throws Exception {
    for (var process : running) {
      process.destroyForcibly().waitFor();
    }
    if (quarantine != null) {
      quarantine.close();
      processes.close();
    }
  }

  private void install(String name, String fields) throws Exception {
    var tree = folder.resolve(name);
    Files.createDirectories(tree.resolve("usr/bin"));
    Files.createDirectories(tree.resolve("usr/lib/" + name));
    Files.createDirectories(tree.resolve("DEBIAN"));
    Files.copy(
        Path.of("/bin/sleep").toRealPath(),
        tree.resolve("usr/bin/" + name),
        StandardCopyOption.COPY_ATTRIBUTES);
    Files.writeString(tree.resolve("usr/lib/" + name + "/main.sh"), "read line\n");
    Files.writeString(
        tree.resolve("DEBIAN/control"),
        "Package: %s\nVersion: 2.1.0\nArchitecture: all\nMaintainer: A <a@b.c>\n%sDescription: x\n"
            .formatted(name, fields));
    var deb = folder.resolve(name + ".deb").toString();
    run("/usr/bin/dpkg-deb", "--build", tree.toString(), deb);
    run("/usr/bin/dpkg", "--root=" + sandbox.root(), "--install", deb);
  }

  private static void run(String... line) throws Exception {
    var process = new ProcessBuilder(line).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
  }

  private Process start(String... line) throws IOException {
    var process = new ProcessBuilder(line).start();
    running.add(process);
    return process;
  }

  private List<Finding> findings(Source source, Matcher.Strength strength) throws Exception {
    var sightings = new Sightings(source.name());
    try (var machine = LinuxMachine.open(sandbox.root(), processes)) {
      source.inspectSystem(machine.system(), sightings);
    }
    assertEquals(List.of(), sightings.gaps());
    return sightings.items().stream()
        .map(item -> new Finding(RULE, item, strength, List.of()))
        .toList();
  }

  private List<Finding> packages() throws Exception {
    return findings(new DpkgSource(), Matcher.Strength.STRONG);
  }

  @Test
  void a_package_goes_with_what_runs_of_it_and_nothing_else_is_stopped() throws Exception {
    install("claude-code", "");
    var other = Files.copy(Path.of("/bin/sleep").toRealPath(), folder.resolve("claude-code-2"));
    Files.setPosixFilePermissions(
        other, Files.getPosixFilePermissions(Path.of("/bin/sleep").toRealPath()));
    var program = start(sandbox.at("/usr/bin/claude-code").toString(), "600");
    var script = start("/bin/sh", sandbox.at("/usr/lib/claude-code/main.sh").toString());
    var sameName = start(other.toString(), "600");
    var sameInterpreter = start("/bin/sh", "-c", "read line");
    var finding = packages().getFirst();
    assertEquals(List.of(UNINSTALLED, STOPPED), removing.enforce(finding, Enforcement.REMOVE));
    program.waitFor();
    script.waitFor();
    assertTrue(sameName.isAlive());
    assertTrue(sameInterpreter.isAlive());
    assertEquals(List.of(), packages());
    assertEquals(Set.of(), removing.lingering(RULE.id()));
  }

  /// An upgrade leaves the old program running from a file that has no name any more.
  @Test
  void what_runs_from_before_an_upgrade_is_stopped_too() throws Exception {
    install("claude-code", "");
    var other = Files.copy(Path.of("/bin/sleep").toRealPath(), folder.resolve("claude-code-2"));
    Files.setPosixFilePermissions(
        other, Files.getPosixFilePermissions(Path.of("/bin/sleep").toRealPath()));
    var before = start(sandbox.at("/usr/bin/claude-code").toString(), "600");
    var sameName = start(other.toString(), "600");
    Files.delete(other);
    run(
        "/usr/bin/dpkg",
        "--root=" + sandbox.root(),
        "--install",
        folder.resolve("claude-code.deb").toString());
    assertTrue(before.isAlive());
    assertEquals(
        List.of(UNINSTALLED, STOPPED), removing.enforce(packages().getFirst(), Enforcement.REMOVE));
    before.waitFor();
    assertTrue(sameName.isAlive());
    assertEquals(Set.of(), removing.lingering(RULE.id()));
  }

  private void assertPlanned(String... said) throws Exception {
    var judged =
        new Judged(
            RULE,
            packages(),
            findings(new ResidueSource(), Matcher.Strength.RESIDUE),
            new Verdict.OutOfScope(Verdict.Outside.values()[0]),
            new Sighting(0, false, Set.of()),
            History.NONE,
            List.of());
    var view = new PlanView(new Board.Posted(null, false, null), "root", true);
    var text = JsonWriter.line(bench.at(hands -> view.rule(judged, hands)));
    for (var one : said) {
      assertTrue(text.contains(one), () -> one + " in " + text);
    }
  }

  @Test
  void what_others_need_stays_and_goes_on_running() throws Exception {
    install("claude-code", "");
    install("needs-it", "Depends: claude-code\n");
    var program = start(sandbox.at("/usr/bin/claude-code").toString(), "600");
    var acts = removing.enforce(packages().getFirst(), Enforcement.REMOVE);
    assertEquals(
        List.of(
            new Act(
                ActionKind.REFUSED,
                ErrorClass.PACKAGE_MANAGER_ERROR,
                "would take or break: needs-it")),
        acts);
    assertTrue(program.isAlive());
    assertEquals(2, packages().size());
  }

  @Test
  void its_source_and_key_go_after_it_and_are_given_back() throws Exception {
    install("claude-code", "");
    sandbox.write("/etc/apt/keyrings/claude-code.asc", "key");
    var list =
        sandbox.write(
            "/etc/apt/sources.list.d/claude-code.list",
            "deb [signed-by=/etc/apt/keyrings/claude-code.asc] https://downloads.claude.ai/apt x"
                + " y\n");
    assertPlanned("claude-code.list\",\"bytes\"", "claude-code.asc\",\"bytes\"", "\"remains\":[]");
    assertEquals(List.of(UNINSTALLED), removing.enforce(packages().getFirst(), Enforcement.REMOVE));
    var source = findings(new ResidueSource(), Matcher.Strength.RESIDUE).getFirst();
    assertEquals(List.of(QUARANTINED), removing.enforce(source, Enforcement.REMOVE));
    assertFalse(Files.exists(list));
    assertFalse(Files.exists(sandbox.at("/etc/apt/keyrings/claude-code.asc")));
    for (var held : bench.at(hands -> hands.held())) {
      assertTrue(bench.at(hands -> hands.giveBack(held.id())).achieved());
    }
    assertTrue(Files.readString(list).startsWith("deb [signed-by="));
    assertEquals("key", Files.readString(sandbox.at("/etc/apt/keyrings/claude-code.asc")));
  }

  private static int exit(String line) throws Exception {
    return new ProcessBuilder("/bin/sh", "-c", line + "; exit $?")
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  /// The kernel refuses to execute what dpkg says is the package's, and nothing beside it.
  @Test
  void the_programs_of_a_blocked_package_do_not_start_and_its_neighbours_do() throws Exception {
    try {
      PermissionGroup.open().close();
    } catch (KernelException e) {
      assumeTrue(false, "needs fanotify permission events: " + e.getMessage());
    }
    install("claude-code", "");
    install("neighbour", "");
    var tool = sandbox.at("/usr/bin/claude-code") + " 0";
    var neighbour = sandbox.at("/usr/bin/neighbour") + " 0";
    assertEquals(0, exit(tool));
    var finding =
        packages().stream()
            .filter(
                one -> ManagedPackage.of(one.item()).orElseThrow().purl().name().startsWith("c"))
            .findFirst()
            .orElseThrow();
    var managed = ManagedPackage.of(finding.item()).orElseThrow();
    var plan = Removing.plan(finding).withParts(bench.at(hands -> hands.programs(managed)));
    try (var gate = new LinuxGate(sandbox.root(), processes, () -> {})) {
      gate.bar(List.of(plan));
      assertEquals(Gate.State.HOLDING, gate.state());
      assertEquals(126, exit(tool), "not permitted");
      assertEquals(0, exit(neighbour));
      assertEquals(0, exit("read -r x < " + sandbox.at("/usr/lib/claude-code/main.sh")));
      assertEquals(1, gate.tried().getFirst().prevented());
      run(
          "/usr/bin/dpkg",
          "--root=" + sandbox.root(),
          "--install",
          folder.resolve("claude-code.deb").toString());
      assertEquals(0, exit(tool), "an upgrade is another file");
      gate.bar(
          List.of(Removing.plan(finding).withParts(bench.at(hands -> hands.programs(managed)))));
      assertEquals(126, exit(tool), "until it was looked at");
      run("/usr/bin/dpkg", "--root=" + sandbox.root(), "--remove", "claude-code");
    }
    assertFalse(Files.exists(sandbox.at("/usr/bin/claude-code")), "and can be removed");
  }

  @Test
  void what_runs_of_a_blocked_package_is_stopped_and_the_package_stays() throws Exception {
    install("claude-code", "");
    var program = start(sandbox.at("/usr/bin/claude-code").toString(), "600");
    var other = start("/bin/sleep", "600");
    var finding = packages().getFirst();
    assertEquals(List.of(STOPPED), removing.enforce(finding, Enforcement.BLOCK));
    program.waitFor();
    assertTrue(other.isAlive());
    assertEquals(1, packages().size());
    assertTrue(Files.exists(sandbox.at("/usr/bin/claude-code")));
  }
}
