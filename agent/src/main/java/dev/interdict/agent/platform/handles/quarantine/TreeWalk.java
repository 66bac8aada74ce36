package dev.interdict.agent.platform.handles.quarantine;

import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.platform.handles.Disk;
import dev.interdict.agent.platform.handles.DiskException;
import dev.interdict.agent.platform.handles.Node;
import dev.interdict.agent.platform.handles.Opened;
import dev.interdict.agent.platform.handles.Trouble;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// Walks one entry of a folder with all that is below it, in name order, without recursion. Each
/// folder stays open until all in it was seen, so one that is moved away meanwhile takes nobody
/// elsewhere. Follows no link and enters no other volume.
final class TreeWalk {
  /// As many handles are open at most.
  static final int MOST_DEPTH = 128;

  static final int MOST_ENTRIES = 2_000_000;

  /// Told of everything in turn.
  interface Visitor {
    /// A folder, before what is in it.
    void enter(Opened parent, byte[] name, Opened folder, Node node)
        throws DiskException, RefusedException;

    /// Anything else.
    void leaf(Opened parent, byte[] name, Node node) throws DiskException, RefusedException;

    /// A folder, after what was in it.
    void leave(Opened parent, byte[] name, Node node) throws DiskException, RefusedException;
  }

  private record Frame(byte[] name, Node node, Opened folder, Iterator<byte[]> rest) {}

  private final Disk disk;
  private final Visitor visitor;
  private final Deque<Frame> frames = new ArrayDeque<>();
  private int entries;

  private TreeWalk(Disk disk, Visitor visitor) {
    this.disk = disk;
    this.visitor = visitor;
  }

  /// @throws DiskException ABSENT where there is no such entry
  /// @throws RefusedException if the tree changes while it is walked, or the visitor refuses
  static void walk(Disk disk, Opened parent, byte[] name, Visitor visitor)
      throws DiskException, RefusedException {
    var walk = new TreeWalk(disk, visitor);
    try {
      walk.run(parent, name);
    } finally {
      walk.frames.forEach(frame -> frame.folder.close());
    }
  }

  private void run(Opened top, byte[] name) throws DiskException, RefusedException {
    see(top, name);
    while (!frames.isEmpty()) {
      var frame = frames.getLast();
      if (frame.rest.hasNext()) {
        see(frame.folder, frame.rest.next());
      } else {
        frames.removeLast();
        frame.folder.close();
        visitor.leave(frames.isEmpty() ? top : frames.getLast().folder, frame.name, frame.node);
      }
    }
  }

  private void see(Opened parent, byte[] name) throws DiskException, RefusedException {
    if (++entries > MOST_ENTRIES) {
      throw new RefusedException(Refusal.TOO_LARGE, "more than " + MOST_ENTRIES + " entries");
    }
    var node = disk.look(parent, name);
    if (node.kind() == FileKind.DIRECTORY) {
      enter(parent, name);
    } else {
      visitor.leaf(parent, name, node);
    }
  }

  private void enter(Opened parent, byte[] name) throws DiskException, RefusedException {
    if (frames.size() == MOST_DEPTH) {
      throw new RefusedException(Refusal.TOO_LARGE, "deeper than " + MOST_DEPTH + " folders");
    }
    var folder = open(parent, name);
    @Nullable Opened left = folder;
    try {
      var node = disk.look(folder);
      if (node.id().device() != disk.look(parent).id().device()) {
        throw new RefusedException(Refusal.OTHER_FILE_SYSTEM, "something is mounted inside");
      }
      visitor.enter(parent, name, folder, node);
      var names = disk.list(folder, MOST_ENTRIES);
      names.sort(Arrays::compareUnsigned);
      frames.addLast(new Frame(name, node, folder, names.iterator()));
      left = null;
    } finally {
      if (left != null) {
        left.close();
      }
    }
  }

  private Opened open(Opened parent, byte[] name) throws DiskException, RefusedException {
    try {
      return disk.enter(parent, name);
    } catch (DiskException e) {
      if (e.trouble() == Trouble.LINK) {
        throw new RefusedException(Refusal.CHANGED, "a folder became a link");
      }
      throw e;
    }
  }
}
