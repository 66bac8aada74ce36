package dev.interdict.agent.platform.linux.watch;

import dev.interdict.agent.enforce.ProtectedList;
import dev.interdict.agent.enforce.RemovalPlan;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.platform.linux.Beneath;
import dev.interdict.agent.platform.linux.LinuxMachine;
import dev.interdict.agent.platform.linux.NeededPrograms;
import dev.interdict.agent.platform.linux.Resolution;
import dev.interdict.agent.platform.linux.kernel.Errno;
import dev.interdict.agent.platform.linux.kernel.Fd;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import dev.interdict.agent.platform.linux.kernel.KernelException;
import dev.interdict.agent.platform.linux.kernel.Stat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What of some plans is there and starts something: the files and folders to be marked, and which
/// files in them are to be denied.
///
/// A file that a plan names is marked itself. A package's own folder is marked, and those below it,
/// two levels deep, that hold something to start; so that what is put there later is denied too.
/// Denied are executables and scripts, what else lies there now can be read: by a backup, and by
/// the package manager with which somebody removes it.
///
/// Everything is looked up afresh by descriptor. What is not the file that was matched, or belongs
/// to somebody else, is left out.
final class Threshold implements AutoCloseable {
  private static final int DEPTH = 2;
  private static final int MOST_FOLDERS = 64;
  private static final int MOST_FILES = 4096;

  /// A program of one's own in somebody's home, which is equal to no other one.
  private static final int LARGE = 64 << 10;

  /// Each holds a descriptor until it is marked.
  private static final int MOST_MARKS = 400;

  private static final int OPEN_FOLDER = Kernel.O_RDONLY | Kernel.O_DIRECTORY;

  /// What interpreters take a file by that name for.
  private static final Set<String> SCRIPTS =
      Set.of(
          "js", "mjs", "cjs", "py", "pyc", "sh", "bash", "zsh", "fish", "rb", "pl", "lua", "ps1",
          "node", "exe", "jar");

  /// Other packages, which this one only uses.
  private static final Set<String> FOREIGN = Set.of("node_modules", ".git");

  private final LinuxMachine machine;
  private final Set<FileId> needed;
  private final Map<FileId, Mark> marks = new LinkedHashMap<>();
  private final Map<FileId, Integer> starters = new HashMap<>();
  private final Map<FileId, Integer> readable = new HashMap<>();
  private final Set<FileId> elsewhere = new HashSet<>();
  private boolean whole = true;
  private int folders;
  private int files;

  /// Something to be marked.
  record Mark(Fd fd, boolean folder) {}

  /// Looks up what these plans name.
  ///
  /// @throws IOException also if the programs that the machine needs cannot be told
  Threshold(LinuxMachine machine, List<RemovalPlan> plans) throws IOException {
    this.machine = machine;
    this.needed = NeededPrograms.ids();
    try {
      for (var i = 0; i < plans.size(); i++) {
        if (ProtectedList.protects(plans.get(i)).isEmpty()) {
          folders = 0;
          files = 0;
          add(plans.get(i), i);
        }
      }
    } catch (KernelException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private void add(RemovalPlan plan, int number) throws KernelException {
    var way = machine.way(plan.owner());
    if (way == null) {
      return;
    }
    var own = new HashSet<BytePath>();
    var foldersFirst = Comparator.comparing((Part part) -> part.kind() != FileKind.DIRECTORY);
    for (var part : plan.parts().stream().sorted(foldersFirst).toList()) {
      var fd = open(way, part, machine.owner(plan.owner()));
      if (fd == null) {
        continue;
      }
      if (part.kind() == FileKind.DIRECTORY) {
        own.add(part.path());
        try (fd) {
          folder(fd, number, DEPTH);
        }
      } else if (own.stream().anyMatch(part.path()::startsWith) && shared(fd, plan)) {
        fd.close();
      } else {
        starters.put(part.id(), number);
        mark(part.id(), fd, false);
      }
    }
    for (var part : plan.parts()) {
      if (part.role() == Part.Role.EXECUTABLE && own.stream().anyMatch(part.path()::startsWith)) {
        try (var fd = way.open(part.path().parent(), OPEN_FOLDER)) {
          folder(fd, number, 0);
        } catch (KernelException e) {
          unlessGone(e);
        }
      }
    }
  }

  /// Whether other packages may have the same file: stores keep one copy of what is equal, and a
  /// script of two lines, or a whole interpreter, is equal in many. Its folder is marked then.
  private static boolean shared(Fd file, RemovalPlan plan) throws KernelException {
    var stat = Kernel.stat(file);
    return stat.links() > 1 && (plan.owner() == null || stat.size() < LARGE);
  }

  /// The part, if it is what was matched and something that can be barred.
  private @Nullable Fd open(Resolution way, Part part, int owner) throws KernelException {
    if (part.kind() != FileKind.REGULAR && part.kind() != FileKind.DIRECTORY) {
      return null;
    }
    try {
      var fd = way.open(part.path(), Kernel.O_PATH | Kernel.O_NOFOLLOW);
      var stat = Kernel.stat(fd);
      if (stat.id().equals(part.id()) && stat.uid() == owner && !needed.contains(stat.id())) {
        return fd;
      }
      fd.close();
    } catch (KernelException e) {
      unlessGone(e);
    }
    return null;
  }

  /// What has vanished, or cannot be reached safely, is not barred.
  private static void unlessGone(KernelException e) throws KernelException {
    if (e.errno() == Errno.EMFILE || e.errno() == Errno.ENFILE || e.errno() == Errno.ENOMEM) {
      throw e;
    }
  }

  private void folder(Fd folder, int number, int depth) throws KernelException {
    if (++folders > MOST_FOLDERS) {
      return;
    }
    var starts = false;
    var below = new ArrayList<byte[]>();
    try (var list = Kernel.openat(folder, new byte[] {'.'}, OPEN_FOLDER, 0)) {
      for (var some = Kernel.entries(list); some != null; some = Kernel.entries(list)) {
        for (var entry : some) {
          if (entry.kind() == FileKind.DIRECTORY && !FOREIGN.contains(text(entry.name()))) {
            below.add(entry.name());
          } else if (entry.kind() == FileKind.REGULAR && ++files <= MOST_FILES) {
            starts |= file(list, entry, number);
          }
        }
      }
    }
    if (starts || depth == DEPTH) {
      var again = Kernel.openat(folder, new byte[] {'.'}, Kernel.O_PATH, 0);
      mark(Kernel.stat(again).id(), again, true);
    }
    for (var name : depth > 0 ? below : List.<byte[]>of()) {
      try (var next = Beneath.enter(folder, name, OPEN_FOLDER)) {
        folder(next, number, depth - 1);
      } catch (KernelException e) {
        unlessGone(e);
      }
    }
  }

  private boolean file(Fd folder, Tree.Entry entry, int number) throws KernelException {
    try {
      var stat = Kernel.stat(folder, entry.name());
      var starts = starts(stat, text(entry.name()));
      (starts ? starters : readable).putIfAbsent(stat.id(), number);
      if (starts && stat.links() > 1) {
        elsewhere.add(stat.id());
      }
      return starts;
    } catch (KernelException e) {
      unlessGone(e);
      return false;
    }
  }

  private static boolean starts(Stat stat, String name) {
    var dot = name.lastIndexOf('.');
    return (stat.mode() & 0111) != 0 || dot >= 0 && SCRIPTS.contains(name.substring(dot + 1));
  }

  private static String text(byte[] name) {
    return new String(name, StandardCharsets.ISO_8859_1);
  }

  private void mark(FileId id, Fd fd, boolean folder) {
    if (marks.size() >= MOST_MARKS && !marks.containsKey(id)) {
      whole = false;
      fd.close();
    } else if (marks.putIfAbsent(id, new Mark(fd, folder)) != null) {
      fd.close();
    }
  }

  /// Whether there were not too many to mark all.
  boolean whole() {
    return whole;
  }

  /// What is to be marked.
  Map<FileId, Mark> marks() {
    return marks;
  }

  /// The files to be denied, with their plan's number.
  Map<FileId, Integer> starters() {
    return starters;
  }

  /// Those of the files to be denied that may belong to other packages as well.
  Set<FileId> elsewhere() {
    return elsewhere;
  }

  /// The files in marked folders that may be read.
  Map<FileId, Integer> readable() {
    return readable;
  }

  @Override
  public void close() {
    marks.values().forEach(mark -> mark.fd().close());
  }
}
