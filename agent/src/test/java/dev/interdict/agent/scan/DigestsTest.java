package dev.interdict.agent.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileFact;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.FolderMachine;
import dev.interdict.agent.inventory.FolderTree;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Inventory;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Machine;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.Planting;
import dev.interdict.agent.inventory.RunningProcess;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.Source;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import dev.interdict.agent.scan.memory.Memory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real files, whose reading is counted.
final class DigestsTest {
  @TempDir Path root;
  private final List<BytePath> read = new ArrayList<>();
  private String outOfReach = "";

  @BeforeEach
  void plant() {
    new Planting(root)
        .folder("home/ada/bin")
        .file("home/ada/tool/run", "run\n")
        .hardLink("home/ada/bin/run", "home/ada/tool/run")
        .file("opt/stray", "stray\n");
  }

  /// One item with a folder, a program, the same program by another name, and a launcher.
  private final class Tools implements Source {
    @Override
    public String name() {
      return "tools";
    }

    @Override
    public void inspect(Machine.HomeTree home, Sightings out) throws UnreadableException {
      var folder = home.home().path().resolve("tool");
      out.item(
          new Item(
              name(),
              new Identity.OfProgram("tool"),
              null,
              home.home(),
              folder,
              List.of(
                  part(Part.Role.MAIN, folder, home.tree()),
                  part(Part.Role.EXECUTABLE, folder.resolve("run"), home.tree()),
                  part(Part.Role.EXECUTABLE, home.home().path().resolve("bin/run"), home.tree()),
                  part(Part.Role.LAUNCHER, home.home().path().resolve("bin/run"), home.tree()))));
    }

    private Part part(Part.Role role, BytePath path, Tree tree) throws UnreadableException {
      var fact = fact(tree, path);
      return new Part(role, path, fact.id(), fact.kind());
    }

    @Override
    public void inspectSystem(Tree system, Sightings out) {}
  }

  private static FileFact fact(Tree tree, BytePath path) throws UnreadableException {
    return Objects.requireNonNull(tree.stat(path));
  }

  private Inventory scan(boolean digests, RunningProcess... running) {
    var tree = new CountingTree(new FolderTree(root), read, () -> outOfReach);
    var machine = new FolderMachine(tree).withHome("ada", 1000);
    for (var process : running) {
      machine.withProcess(process);
    }
    return new Scan(
            List.of(new Tools()),
            Duration.ofSeconds(20),
            Scan.Progress.silent(),
            Memory.none(),
            digests)
        .of(machine);
  }

  private RunningProcess process(String path, boolean gone) throws UnreadableException {
    var place = BytePath.parse(path);
    var id = fact(new FolderTree(root), place).id();
    return new RunningProcess(1, 1, 1000, place, id, List.of(), "x", null, gone);
  }

  private static List<String> digests(Inventory inventory) {
    return inventory.items().getFirst().parts().stream()
        .map(part -> String.valueOf(part.sha256()).substring(0, 4))
        .toList();
  }

  @Test
  void programs_are_read_once_for_each_file_and_only_where_asked_for() throws Exception {
    var expected = new FolderTree(root).sha256(BytePath.parse("/home/ada/tool/run"));
    assertEquals(List.of("null", "null", "null", "null"), digests(scan(false)));
    assertEquals(List.of(), read);
    var start = String.valueOf(expected).substring(0, 4);
    assertEquals(List.of("null", start, start, "null"), digests(scan(true)));
    assertEquals(1, read.size());
  }

  @Test
  void what_a_process_executes_is_read_unless_it_is_gone() throws Exception {
    var inventory = scan(true, process("/opt/stray", false), process("/home/ada/bin/run", false));
    assertEquals(
        new FolderTree(root).sha256(BytePath.parse("/opt/stray")),
        inventory.processes().getFirst().sha256());
    assertEquals(2, read.size());
    assertNull(scan(true, process("/opt/stray", true)).processes().getFirst().sha256());
  }

  @Test
  void a_program_that_cannot_be_read_is_a_gap() {
    outOfReach = "run";
    var inventory = scan(true);
    assertEquals(List.of("null", "null", "null", "null"), digests(inventory));
    assertEquals(
        List.of(Reason.DENIED), inventory.gaps().stream().map(gap -> gap.reason()).toList());
    assertEquals(Digests.SOURCE, inventory.gaps().getFirst().source());
  }

  @Test
  void a_program_that_was_exchanged_meanwhile_is_a_gap() throws Exception {
    var there = process("/opt/stray", false);
    var exchanged =
        new RunningProcess(
            1, 1, 1000, there.executable(), new FileId(1, -7), List.of(), "x", null, false);
    var inventory = scan(true, exchanged);
    assertNull(inventory.processes().getFirst().sha256());
    assertEquals(List.of(Reason.IO), inventory.gaps().stream().map(gap -> gap.reason()).toList());
  }

  /// Notes which files are hashed, and refuses those of a name.
  private record CountingTree(Tree tree, List<BytePath> read, Supplier<String> refused)
      implements Tree {
    @Override
    public List<Entry> list(BytePath directory) throws UnreadableException {
      return tree.list(directory);
    }

    @Override
    public @Nullable FileFact stat(BytePath path) throws UnreadableException {
      return tree.stat(path);
    }

    @Override
    public byte @Nullable [] read(BytePath file, int limit) throws UnreadableException {
      return tree.read(file, limit);
    }

    @Override
    public byte @Nullable [] range(BytePath file, long offset, int length)
        throws UnreadableException {
      return tree.range(file, offset, length);
    }

    @Override
    public byte @Nullable [] readLink(BytePath link) throws UnreadableException {
      return tree.readLink(link);
    }

    @Override
    public @Nullable String sha256(BytePath file) throws UnreadableException {
      if (file.nameText().equals(refused.get())) {
        throw new UnreadableException(Reason.DENIED, file, "not readable");
      }
      read.add(file);
      return tree.sha256(file);
    }
  }
}
