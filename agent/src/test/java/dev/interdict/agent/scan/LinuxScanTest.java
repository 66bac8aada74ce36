package dev.interdict.agent.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.Inventory;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.Planting;
import dev.interdict.agent.inventory.RunningProcess;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import dev.interdict.agent.platform.linux.LinuxMachine;
import dev.interdict.agent.platform.linux.Sandbox;
import dev.interdict.agent.sources.AllSources;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// All sources over the real reader of Linux.
@EnabledOnOs(value = OS.LINUX, disabledReason = "reads through Linux's descriptors")
final class LinuxScanTest {
  private static final String MODULES = "home/ada/.npm-global/lib/node_modules/";

  @TempDir Path folder;
  private Sandbox sandbox;
  private Planting planting;

  @BeforeEach
  void stand() throws IOException {
    sandbox = Sandbox.in(folder);
    sandbox.user("ada");
    sandbox.user("bob");
    planting = new Planting(sandbox.root());
  }

  private Inventory scan() throws IOException {
    return scan(sandbox.machine());
  }

  private static Inventory scan(LinuxMachine machine) {
    try (machine) {
      return new Scan(AllSources.all(), Duration.ofMinutes(1), Scan.Progress.silent()).of(machine);
    }
  }

  private static List<String> locations(Inventory inventory) {
    return inventory.items().stream().map(item -> item.location().toString()).toList();
  }

  @Test
  void every_carrier_on_one_machine_is_its_own_item() throws IOException {
    planting.fixture("npm/claude-code-2.1.329.txt", "home/ada/.npm-global");
    planting.fixture("npm/claude-code-2.1.112.txt", "home/bob/.nvm/versions/node/v20.1.0");
    planting.program("home/ada/.local/share/claude/versions/2.1.328");
    planting.link("home/ada/.local/bin/claude", "/home/ada/.local/share/claude/versions/2.1.328");
    planting.file(
        "home/bob/.cursor/extensions/a/package.json",
        "{\"publisher\": \"anthropic\", \"name\": \"claude-code\", \"version\": \"2.1.328\"}");
    planting.file(
        "var/lib/dpkg/status", "Package: claude-code\nStatus: install ok installed\nVersion: 2\n");
    var inventory = scan();
    var claude = "@anthropic-ai/claude-code";
    assertEquals(
        List.of(
            "/" + MODULES + claude,
            "/" + MODULES + claude + "/node_modules/@anthropic-ai/claude-code-linux-x64",
            "/home/ada/.local/share/claude/versions/2.1.328",
            "/home/bob/.nvm/versions/node/v20.1.0/lib/node_modules/" + claude,
            "/home/bob/.cursor/extensions/a",
            // The editor's own data, told and no installation.
            "/home/bob/.cursor",
            "/var/lib/dpkg/status"),
        locations(inventory).stream().filter(place -> !place.contains("@img")).toList());
    assertTrue(inventory.complete(), () -> inventory.gaps().toString());
    var launchers =
        inventory.items().stream()
            .flatMap(item -> item.parts().stream())
            .filter(part -> part.role() == Part.Role.LAUNCHER)
            .map(part -> part.path().toString())
            .toList();
    assertEquals(
        List.of(
            "/home/ada/.npm-global/bin/claude",
            "/home/ada/.local/bin/claude",
            "/home/bob/.nvm/versions/node/v20.1.0/bin/claude"),
        launchers);
  }

  @Test
  void pipe_and_endless_file_in_place_of_a_manifest_cost_a_gap_each() throws Exception {
    planting.folder(MODULES + "pipe").folder(MODULES + "endless");
    var pipe = sandbox.root().resolve(MODULES + "pipe/package.json");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    var endless = sandbox.root().resolve(MODULES + "endless/package.json").toFile();
    try (var file = new RandomAccessFile(endless, "rw")) {
      file.setLength(8L << 30);
    }
    planting.file(MODULES + "good/package.json", "{\"name\": \"good\", \"version\": \"1.0.0\"}");
    var inventory = scan();
    assertEquals(List.of("/" + MODULES + "good"), locations(inventory));
    assertEquals(
        List.of(Reason.TOO_LARGE, Reason.NOT_A_FILE),
        inventory.gaps().stream().map(gap -> gap.reason()).toList());
  }

  @Test
  void name_that_is_not_utf8_is_found_byte_for_byte() throws IOException {
    planting.file(MODULES + "plain/package.json", "{\"name\": \"x\", \"version\": \"1.0.0\"}");
    var odd = new byte[] {'a', (byte) 0xff, 27, '\n'};
    var modules = BytePath.parse("/" + MODULES);
    var tree = new dev.interdict.agent.inventory.FolderTree(sandbox.root());
    Files.move(tree.path(modules.resolve("plain")), tree.path(modules.resolve(odd)));
    assertEquals(List.of(modules.resolve(odd)), List.of(scan().items().getFirst().location()));
  }

  @Test
  void script_below_the_root_counts_though_its_interpreter_lies_elsewhere() throws Exception {
    var script = "/home/ada/cli.js";
    var root = BytePath.parse(sandbox.root().toString());
    var process =
        new RunningProcess(
            7,
            8,
            9,
            BytePath.parse("/usr/bin/node"),
            new FileId(1, 2),
            List.of(
                new RunningProcess.Script(root.resolve(BytePath.parse(script)), new FileId(1, 3))),
            "node");
    var other = new RunningProcess(1, 2, 3, BytePath.parse("/sbin/init"), null, List.of(), "init");
    var seen = scan(LinuxMachine.open(sandbox.root(), () -> List.of(process, other))).processes();
    assertEquals(
        List.of(
            new RunningProcess(
                7,
                8,
                9,
                null,
                new FileId(1, 2),
                List.of(new RunningProcess.Script(BytePath.parse(script), new FileId(1, 3))),
                "node")),
        seen);
  }
}
