package dev.interdict.agent.platform.linux.managers;

import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.enforce.Uninstallation;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.RunningProcess;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.platform.ProcessTable;
import dev.interdict.agent.platform.linux.Resolution;
import dev.interdict.agent.platform.linux.kernel.Errno;
import dev.interdict.agent.platform.linux.kernel.Fd;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import dev.interdict.agent.platform.linux.kernel.KernelException;
import dev.interdict.report.ErrorClass;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The removal of one package, whose programs are held open: a file that is open keeps its number
/// though it has no name any more, so nothing else can be taken for it. Those in a mount of the
/// package's own keep theirs by the number of the mount. What still runs from a file that an
/// upgrade of the package has replaced is one of its programs too.
final class LinuxUninstallation implements Uninstallation {
  private static final BytePath USR = BytePath.parse("/usr");
  private static final int LOOK = Kernel.O_PATH | Kernel.O_NOFOLLOW;

  private final Packages packages;
  private final Packages.Named named;
  private final Resolution way;
  private final List<Part> files = new ArrayList<>();
  private final List<Fd> held = new ArrayList<>();
  private final Set<FileId> scripts = new HashSet<>();
  private final Set<FileId> replaced = new HashSet<>();

  private LinuxUninstallation(Packages packages, Packages.Named named, Resolution way) {
    this.packages = packages;
    this.named = named;
    this.way = way;
  }

  /// One whose rehearsal went well.
  ///
  /// @param root of the machine, from the real one
  static LinuxUninstallation rehearsed(
      Packages packages,
      Packages.Named named,
      Resolution way,
      BytePath root,
      ProcessTable processes)
      throws NotRemovedException {
    var uninstallation = new LinuxUninstallation(packages, named, way);
    try {
      var running = processes.running();
      var interpreted = interpreted(running);
      for (var path : packages.files(named)) {
        uninstallation.add(path, interpreted);
      }
      uninstallation.addReplaced(root, running);
      return uninstallation;
    } catch (KernelException e) {
      uninstallation.close();
      throw NotRemovedException.failed(
          ErrorClass.OTHER, "the package's files cannot be looked at: " + e.getMessage());
    } catch (UnreadableException e) {
      uninstallation.close();
      throw NotRemovedException.failed(ErrorClass.OTHER, "the processes cannot be listed");
    } catch (NotRemovedException e) {
      uninstallation.close();
      throw e;
    }
  }

  private static Set<FileId> interpreted(List<RunningProcess> running) {
    return running.stream()
        .flatMap(process -> process.scripts().stream())
        .map(RunningProcess.Script::id)
        .collect(Collectors.toUnmodifiableSet());
  }

  private void add(BytePath path, Set<FileId> interpreted) throws KernelException {
    var fd = opened(path);
    if (fd == null) {
      return;
    }
    var keep = false;
    try {
      var fact = Kernel.stat(fd).fact();
      if (fact.kind() == FileKind.REGULAR) {
        var role = fact.executable() ? Part.Role.EXECUTABLE : Part.Role.MAIN;
        files.add(new Part(role, path, fact.id(), fact.kind()));
        if (interpreted.contains(fact.id())) {
          scripts.add(fact.id());
        }
        keep = fact.executable() && !packages.mounted();
      }
    } finally {
      if (keep) {
        held.add(fd);
      } else {
        fd.close();
      }
    }
  }

  /// What runs from a file without a name that had the name of one of the programs. A process of a
  /// container may have the same path: its file lies on another device, or has its name still.
  private void addReplaced(BytePath root, List<RunningProcess> running) throws KernelException {
    if (packages.mounted()) {
      return;
    }
    var devices = new HashMap<BytePath, Long>();
    for (var file : files) {
      if (file.role() == Part.Role.EXECUTABLE) {
        devices.put(root.resolve(file.path()), file.id().device());
        // Where /bin and its like are links into /usr, the kernel says /usr/bin.
        devices.putIfAbsent(root.resolve(USR).resolve(file.path()), file.id().device());
      }
    }
    for (var process : running) {
      var path = process.executable();
      var id = process.executableId();
      var device = path == null ? null : devices.get(path);
      if (id != null && device != null && id.device() == device) {
        addReplaced(process.pid(), id);
      }
    }
  }

  private void addReplaced(long pid, FileId id) throws KernelException {
    Fd fd;
    try (var proc = Kernel.openRoot(ascii("/proc"));
        var dir = Kernel.openat(proc, ascii(Long.toString(pid)), Kernel.O_PATH, 0)) {
      fd = Kernel.openat(dir, ascii("exe"), Kernel.O_PATH, 0);
    } catch (KernelException e) {
      if (e.errno() == Errno.ENOENT || e.errno() == Errno.ESRCH) {
        return;
      }
      throw e;
    }
    var keep = false;
    try {
      var stat = Kernel.stat(fd);
      keep = stat.id().equals(id) && stat.links() == 0 && replaced.add(id);
    } finally {
      if (keep) {
        held.add(fd);
      } else {
        fd.close();
      }
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /// Null where nothing is there that the package could have put there.
  private @Nullable Fd opened(BytePath path) throws KernelException {
    try {
      return way.open(path, LOOK);
    } catch (KernelException e) {
      return switch (e.errno()) {
        case ENOENT, ENOTDIR, ELOOP, EXDEV, EACCES -> null;
        default -> throw e;
      };
    }
  }

  @Override
  public Outcome forecast() {
    return new Outcome.Done();
  }

  @Override
  public List<Part> files() {
    return List.copyOf(files);
  }

  @Override
  public Set<FileId> scripts() {
    return Set.copyOf(scripts);
  }

  @Override
  public Outcome carryOut() {
    Outcome went;
    try {
      var reply = packages.remove(named);
      went = NotRemovedException.unclear(packages.manager(), reply).outcome();
    } catch (NotRemovedException e) {
      went = e.outcome();
    }
    try {
      var left = packages.installed(named);
      if (left.isEmpty()) {
        return new Outcome.Done();
      }
      return left.get().whole() ? went : halfDone(went, left.get().state());
    } catch (NotRemovedException e) {
      return e.outcome();
    }
  }

  private static Outcome halfDone(Outcome went, String state) {
    return went instanceof Outcome.Failed(var error, var detail)
        ? new Outcome.Failed(error, "left " + state + ": " + detail)
        : went;
  }

  @Override
  public Set<FileId> programs() {
    var gone =
        files.stream()
            .filter(file -> file.role() == Part.Role.EXECUTABLE && !inPlace(file))
            .map(Part::id);
    return Stream.concat(gone, replaced.stream()).collect(Collectors.toUnmodifiableSet());
  }

  private boolean inPlace(Part file) {
    try (var fd = opened(file.path())) {
      return fd != null && Kernel.stat(fd).id().equals(file.id());
    } catch (KernelException e) {
      return e.errno() != Errno.ENOENT;
    }
  }

  @Override
  public void close() {
    held.forEach(Fd::close);
  }
}
