package dev.interdict.agent.platform.portable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Planting;
import dev.interdict.agent.inventory.RunningProcess;
import dev.interdict.agent.scan.Scan;
import dev.interdict.agent.sources.AllSources;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortableMachineTest {
  private Path root;
  private Planting planting;

  @BeforeEach
  void machine(@TempDir Path folder) throws IOException {
    root = folder.toRealPath();
    planting = new Planting(root);
  }

  private static RunningProcess process(@Nullable BytePath executable) {
    return new RunningProcess(7, 1, 0, executable, null, List.of(), "x");
  }

  private static BytePath absolute(Path path) {
    var whole = BytePath.ROOT;
    for (var name : path.toString().replace('\\', '/').split("/")) {
      whole = name.isEmpty() ? whole : whole.resolve(name);
    }
    return whole;
  }

  @Test
  void homes_are_those_of_people() throws Exception {
    for (var name : List.of("ada", "Public", "Default", "Shared", "All Users", "bob")) {
      planting.folder("Users/" + name);
    }
    planting.file("Users/desktop.ini", "");
    try (var machine = PortableMachine.open(root, List::of)) {
      assertEquals(
          List.of("ada", "bob"), machine.homes().stream().map(home -> home.home().user()).toList());
      assertEquals(List.of(), machine.unopened());
    }
  }

  @Test
  void process_is_one_whose_file_lies_below_the_root_and_its_file_is_looked_up() throws Exception {
    planting.program("Applications/x.app/Contents/MacOS/x");
    var inside = absolute(root.resolve("Applications/x.app/Contents/MacOS/x"));
    var table = List.of(process(inside), process(BytePath.parse("/elsewhere/y")), process(null));
    try (var machine = PortableMachine.open(root, () -> table)) {
      var seen = machine.processes();
      assertEquals(1, seen.size());
      var executable = Objects.requireNonNull(seen.getFirst().executable());
      assertEquals("/Applications/x.app/Contents/MacOS/x", executable.toString());
      assertEquals(
          Objects.requireNonNull(machine.system().stat(executable)).id(),
          seen.getFirst().executableId());
    }
  }

  @Test
  void process_whose_file_is_gone_keeps_its_path() throws Exception {
    var gone = absolute(root.resolve("gone"));
    try (var machine = PortableMachine.open(root, () -> List.of(process(gone)))) {
      assertNull(machine.processes().getFirst().executableId());
    }
  }

  @Test
  void whole_scan_of_either_system_s_tree_finds_what_is_there_and_leaves_no_gap() throws Exception {
    planting
        .copy("Applications/Claude.app/Contents/Info.plist", "apple/claude-xml.plist")
        .copy("Windows/System32/config/SOFTWARE", "windows/software.hive")
        .fixture("windows/scoop-no-links.txt", "Users/ada/");
    try (var machine = PortableMachine.open(root, List::of)) {
      var scan = new Scan(AllSources.all(), Duration.ofSeconds(60), Scan.Progress.silent());
      var inventory = scan.of(machine);
      assertEquals(List.of(), inventory.gaps());
      assertEquals(
          List.of("appx", "appx", "appx", "macos", "scoop", "uninstall", "uninstall", "uninstall"),
          inventory.items().stream().map(item -> item.source()).sorted().toList());
    }
  }
}
