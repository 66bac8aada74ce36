package dev.interdict.agent.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.interdict.agent.enforce.Hands;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Inventory;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.Planting;
import dev.interdict.agent.match.Finding;
import dev.interdict.agent.match.Findings;
import dev.interdict.agent.platform.linux.LinuxProcesses;
import dev.interdict.agent.platform.linux.Sandbox;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import dev.interdict.agent.platform.linux.quarantine.Quarantine;
import dev.interdict.agent.scan.Scan;
import dev.interdict.agent.sources.AllSources;
import dev.interdict.policy.Blocklist;
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Rule;
import dev.interdict.policy.RuleFixtures;
import dev.interdict.report.ActionKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// The native tool is looked at by all sources and removed by the real hands, under a rule that
/// leaves stubs; the stub is run by a real shell as a person who is nobody.
@EnabledOnOs(OS.LINUX)
class StubRemovalTest {
  private static final int NOBODY = 54_323;
  private static final String COMMAND = "home/ada/.local/bin/claude";
  private static final Rule RULE =
      RuleFixtures.rule(
          RuleFixtures.CLAUDE_CODE
              .replace(
                  "\"keep\"",
                  "\"stub\": {\"ask\": {\"en\": \"Ask IT.\", \"zh-CN\": \"请咨询 IT。\"}}, \"keep\"")
              .replace(
                  "{\"program\": {\"home\": \".local/share/claude/versions/*\"}}",
                  "{\"program\": {\"home\": \".local/share/claude/versions/*\"}},"
                      + "{\"program\": {\"home\": \".local/bin/claude\"}}"));

  private Path folder;
  private Sandbox sandbox;
  private Planting planting;
  private LinuxProcesses processes;
  private Quarantine quarantine;
  private LinuxBench bench;
  private Instant now = Instant.parse("2026-07-10T00:00:00Z");

  @BeforeEach
  void stand() throws IOException {
    // Where others may enter, as a home's owner can.
    folder =
        Files.createTempDirectory(
            "interdict-stub",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    sandbox = Sandbox.in(Files.createDirectory(folder.resolve("root")));
    sandbox.user("ada");
    planting = new Planting(sandbox.root());
    processes = new LinuxProcesses();
    quarantine =
        Quarantine.open(
            folder.toRealPath().resolve("quarantine"),
            Duration.ofDays(90),
            () -> now,
            new Random(1));
    bench = new LinuxBench(sandbox.root(), quarantine, processes);
    install("2.1.328");
  }

  @AfterEach
  void close() throws IOException {
    processes.close();
    quarantine.close();
    try (var all = Files.walk(folder)) {
      for (var file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private void install(String version) {
    planting.program("home/ada/.local/share/claude/versions/" + version);
    planting.link(COMMAND, "/home/ada/.local/share/claude/versions/" + version);
  }

  private Inventory scan() throws IOException {
    try (var machine = sandbox.machine()) {
      return new Scan(AllSources.all(), Duration.ofMinutes(1), Scan.Progress.silent()).of(machine);
    }
  }

  /// What the guard finds.
  private List<Finding> findings() throws IOException {
    var list = new Blocklist(1, "IT", List.of(RULE), List.of());
    return Findings.in(list, new Stubs(bench).without(scan()));
  }

  private void remove() throws IOException {
    var removing =
        new Removing(
            bench,
            List::of,
            BytePath.ROOT,
            BytePath.parse("/var/lib/interdict-agent/quarantine"),
            Survivors.open(folder.resolve("survivors.json"), "boot"));
    var acts = new ArrayList<Enforcer.Act>();
    for (var finding : findings()) {
      acts.addAll(removing.enforce(finding, Enforcement.REMOVE));
    }
    assertTrue(acts.stream().allMatch(act -> act.error() == null), acts::toString);
    assertTrue(acts.stream().anyMatch(act -> act.kind() == ActionKind.QUARANTINED));
  }

  private Path command() {
    return sandbox.root().resolve(COMMAND);
  }

  @Test
  void after_a_removal_the_command_explains_and_is_no_finding() throws Exception {
    remove();
    assertEquals(List.of(), findings());

    var line = new ArrayList<String>();
    if (Kernel.effectiveUid() == 0) {
      assumeTrue(Files.exists(Path.of("/usr/bin/setpriv")), "needs setpriv when root");
      line.addAll(
          List.of(
              "/usr/bin/setpriv",
              "--reuid=" + NOBODY,
              "--regid=" + NOBODY,
              "--clear-groups",
              "--no-new-privs"));
    }
    line.add(command().toString());
    line.add("--dangerously");
    var process = new ProcessBuilder(line).redirectErrorStream(true).start();
    process.getOutputStream().close();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(126, process.waitFor());
    assertTrue(said.contains("Claude Code (Anthropic) was removed from this computer."), said);
    assertTrue(said.contains("Claude Code（Anthropic）已从本机移除。"), said);
    assertTrue(said.contains("https://qoder.com/"), said);
    assertTrue(said.contains("Ask IT."), said);
    assertTrue(said.contains("请咨询 IT。"), said);
  }

  @Test
  void a_rule_that_asks_for_none_leaves_nothing() throws Exception {
    var plain = RuleFixtures.rule(RuleFixtures.CLAUDE_CODE);
    var removing =
        new Removing(
            bench,
            List::of,
            BytePath.ROOT,
            BytePath.parse("/q"),
            Survivors.open(folder.resolve("survivors.json"), "boot"));
    for (var finding : Findings.in(new Blocklist(1, "IT", List.of(plain), List.of()), scan())) {
      removing.enforce(finding, Enforcement.REMOVE);
    }
    assertFalse(Files.exists(command(), LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  void giving_back_puts_the_tool_in_the_place_of_the_stub() throws Exception {
    remove();
    for (var held : bench.at(Hands::held).reversed()) {
      assertTrue(bench.at(hands -> hands.giveBack(held.id())).achieved(), held.path()::toString);
    }
    assertTrue(Files.isSymbolicLink(command()));
    assertEquals(List.of(), bench.at(Hands::stubs));
    assertFalse(findings().isEmpty());
  }

  @Test
  void a_new_installation_over_the_stub_is_found_and_removed_again() throws Exception {
    remove();
    Files.delete(command());
    install("2.1.329");
    assertFalse(findings().isEmpty());
    remove();
    assertEquals(List.of(), findings());
    assertEquals(1, bench.at(Hands::stubs).size());
  }

  /// Whatever a tool says of itself, only what we wrote ourselves is ours.
  @Test
  void a_banned_tool_that_says_it_is_a_stub_is_found() throws Exception {
    remove();
    var stub = Files.readAllBytes(command());
    Files.write(command(), ByteBuffer.allocate(128).putInt(0x7f454c46).array());
    Files.write(command(), stub, StandardOpenOption.APPEND);
    assertFalse(findings().isEmpty());
  }

  /// The very stub at another command's place is none either, if a rule finds it there.
  @Test
  void it_is_a_stub_in_its_own_place_only() throws Exception {
    remove();
    var seen = scan();
    var stub = bench.at(Hands::stubs).getFirst();
    var elsewhere = stub.path().parent().resolve("other");
    var part = new Part(Part.Role.MAIN, elsewhere, stub.file(), FileKind.REGULAR);
    var here = new Part(Part.Role.MAIN, stub.path(), stub.file(), FileKind.REGULAR);
    var items = List.of(item(elsewhere, part), item(stub.path(), here));
    var kept =
        new Stubs(bench).without(new Inventory(seen.homes(), items, List.of(), List.of())).items();
    assertEquals(List.of(items.getFirst()), kept);
  }

  private static Item item(BytePath path, Part part) {
    return new Item(
        "binary", new Identity.OfProgram(".local/bin/claude"), null, null, path, List.of(part));
  }
}
