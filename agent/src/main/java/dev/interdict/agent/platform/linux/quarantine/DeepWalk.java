package dev.interdict.agent.platform.linux.quarantine;

import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.platform.linux.Beneath;
import dev.interdict.agent.platform.linux.kernel.Errno;
import dev.interdict.agent.platform.linux.kernel.Fd;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import dev.interdict.agent.platform.linux.kernel.KernelException;
import dev.interdict.agent.platform.linux.kernel.Stat;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// Walks one entry of a directory with all that is below it, of any depth, in name order, with two
/// descriptors and no recursion. Goes up by `..` and checks that it arrived where it came from, so
/// a directory moved away meanwhile ends the walk. Follows no link and enters no mount.
final class DeepWalk {
  private static final long MOST_ENTRIES = 2_000_000;

  /// Told of everything in turn.
  interface Visitor {
    /// A directory, before what is in it.
    void enter(Fd parent, byte[] name, Fd directory, Stat stat)
        throws KernelException, RefusedException;

    /// Anything else.
    void leaf(Fd parent, byte[] name, Stat stat) throws KernelException, RefusedException;

    /// A directory, after what was in it.
    void leave(Fd parent, byte[] name, Stat stat) throws KernelException, RefusedException;
  }

  private record Frame(byte[] name, Stat stat, FileId parent, Iterator<Tree.Entry> rest) {}

  private final Visitor visitor;
  private final Deque<Frame> frames = new ArrayDeque<>();
  private long entries;

  private DeepWalk(Visitor visitor) {
    this.visitor = visitor;
  }

  /// @throws KernelException ENOENT where there is no such entry
  /// @throws RefusedException if the tree changes while it is walked, or the visitor refuses
  static void walk(Fd parent, byte[] name, Visitor visitor)
      throws KernelException, RefusedException {
    new DeepWalk(visitor).run(parent, name);
  }

  private void run(Fd top, byte[] name) throws KernelException, RefusedException {
    var stat = Kernel.stat(top, name);
    if (!stat.directory()) {
      visitor.leaf(top, name, stat);
      return;
    }
    var here = enter(top, name);
    try {
      while (!frames.isEmpty()) {
        var frame = frames.getLast();
        if (frame.rest.hasNext()) {
          var down = child(here, frame.rest.next());
          if (down != null) {
            here.close();
            here = down;
          }
        } else {
          frames.removeLast();
          var above = frames.isEmpty() ? null : up(here, frame.parent);
          here.close();
          here = above == null ? here : above;
          visitor.leave(above == null ? top : above, frame.name, frame.stat);
        }
      }
    } finally {
      here.close();
    }
  }

  private @Nullable Fd child(Fd here, Tree.Entry entry) throws KernelException, RefusedException {
    if (++entries > MOST_ENTRIES) {
      throw new RefusedException(Refusal.TOO_LARGE, "more than " + MOST_ENTRIES + " entries");
    }
    var stat = Kernel.stat(here, entry.name());
    if (stat.kind() == FileKind.DIRECTORY) {
      return enter(here, entry.name());
    }
    visitor.leaf(here, entry.name(), stat);
    return null;
  }

  private Fd enter(Fd parent, byte[] name) throws KernelException, RefusedException {
    var directory = open(parent, name);
    try {
      var stat = Kernel.stat(directory);
      visitor.enter(parent, name, directory, stat);
      frames.addLast(
          new Frame(name, stat, Kernel.stat(parent).id(), Kernel.list(directory).iterator()));
      return directory;
    } catch (KernelException | RefusedException e) {
      directory.close();
      throw e;
    }
  }

  private static Fd open(Fd parent, byte[] name) throws KernelException, RefusedException {
    try {
      return Beneath.enter(parent, name, Kernel.O_RDONLY | Kernel.O_DIRECTORY);
    } catch (KernelException e) {
      if (e.errno() == Errno.EXDEV) {
        throw new RefusedException(Refusal.OTHER_FILE_SYSTEM, "something is mounted inside");
      }
      throw e;
    }
  }

  private static Fd up(Fd here, FileId parent) throws KernelException, RefusedException {
    var above =
        Kernel.openat(
            here,
            new byte[] {'.', '.'},
            Kernel.O_RDONLY | Kernel.O_DIRECTORY | Kernel.O_NOFOLLOW,
            0);
    if (!Kernel.stat(above).id().equals(parent)) {
      above.close();
      throw new RefusedException(Refusal.CHANGED, "a directory was moved while it was read");
    }
    return above;
  }
}
