package dev.interdict.agent.platform.portable;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileFact;
import dev.interdict.agent.inventory.Gap;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Machine;
import dev.interdict.agent.inventory.RunningProcess;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import dev.interdict.agent.platform.ProcessTable;
import dev.interdict.agent.platform.TreeBudget;
import dev.interdict.agent.platform.UsersFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A macOS or Windows machine below a root directory, for looking only. Homes are those in
/// `/Users`; one that this user may not open, or that a network serves, is a gap. Not thread-safe.
public final class PortableMachine implements Machine {
  private static final String SOURCE = "homes";

  /// Kinds of file systems that may never answer, as the platforms name them.
  private static final Set<String> REMOTE =
      Set.of("nfs", "smbfs", "cifs", "afpfs", "webdav", "ftp", "osxfuse", "macfuse", "fuse");

  private final Path root;
  private final BytePath place;
  private final Tree system;
  private final ProcessTable table;
  private final List<HomeTree> homes = new ArrayList<>();
  private final List<Gap> unopened = new ArrayList<>();

  private PortableMachine(Path root, ProcessTable table) {
    this.root = root;
    this.table = table;
    this.place = bytePath(root);
    this.system = new PortableTree(root, BytePath.ROOT, TreeBudget.SYSTEM, null);
  }

  /// Opens the machine below a directory named by the administrator; on Windows `/` is the drive of
  /// the folder that this runs in.
  ///
  /// @throws IOException if the root, or the folder of its homes, cannot be read
  public static PortableMachine open(Path root, ProcessTable table) throws IOException {
    return open(root, table, List.of());
  }

  /// The same where something is known beforehand to be kept from this program.
  public static PortableMachine open(Path root, ProcessTable table, List<Gap> known)
      throws IOException {
    var machine = new PortableMachine(root.toRealPath(), table);
    machine.unopened.addAll(known);
    try {
      for (var path : UsersFolder.homes(machine.system)) {
        machine.home(path);
      }
    } catch (UnreadableException e) {
      throw new IOException("cannot list the machine's homes: " + e.getMessage(), e);
    }
    return machine;
  }

  /// The path as processes name theirs: `C:` is the first component of one on Windows.
  private static BytePath bytePath(Path real) {
    var path = BytePath.ROOT;
    for (var name : real.toString().replace('\\', '/').split("/")) {
      if (!name.isEmpty()) {
        path = path.resolve(name.getBytes(StandardCharsets.UTF_8));
      }
    }
    return path;
  }

  private void home(BytePath path) {
    try {
      var fact = system.stat(path);
      if (fact == null) {
        return;
      }
      // Listed once, to know at once whether it may be opened.
      system.list(path);
      if (remote(path)) {
        throw new UnreadableException(
            Reason.OTHER_FILE_SYSTEM, path, "on a network or FUSE file system");
      }
      var home = new Home(path.nameText(), fact.uid(), path);
      homes.add(
          new HomeTree(home, new PortableTree(root, path, TreeBudget.HOME, fact.id().device())));
    } catch (UnreadableException e) {
      unopened.add(Gap.of(SOURCE, e));
    }
  }

  private boolean remote(BytePath path) throws UnreadableException {
    try {
      var real = root.resolve(new String(path.kernelBytes(), StandardCharsets.UTF_8));
      return REMOTE.contains(Files.getFileStore(real).type().toLowerCase(Locale.ROOT));
    } catch (IOException e) {
      throw new UnreadableException(PortableTree.reason(e), path, e.getClass().getSimpleName());
    }
  }

  @Override
  public List<HomeTree> homes() {
    return List.copyOf(homes);
  }

  @Override
  public Tree system() {
    return system;
  }

  @Override
  public List<RunningProcess> processes() throws UnreadableException {
    return table.running().stream()
        .map(process -> process.below(place))
        .filter(Objects::nonNull)
        .map(this::identified)
        .toList();
  }

  /// These platforms tell the path of what a process runs; which file that is now is looked up.
  private RunningProcess identified(RunningProcess process) {
    var executable = process.executable();
    var fact = executable == null || process.executableId() != null ? null : fact(executable);
    return fact == null
        ? process
        : new RunningProcess(
            process.pid(),
            process.startTicks(),
            process.uid(),
            executable,
            fact.id(),
            process.scripts(),
            process.name());
  }

  private @Nullable FileFact fact(BytePath executable) {
    try {
      return system.stat(executable);
    } catch (UnreadableException e) {
      return null;
    }
  }

  @Override
  public List<Gap> unopened() {
    return List.copyOf(unopened);
  }

  @Override
  public void close() {
    // Every call opens and closes what it needs.
  }
}
