package dev.interdict.agent.platform.handles.quarantine;

import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.platform.handles.DiskException;
import dev.interdict.agent.platform.handles.Node;
import dev.interdict.agent.platform.handles.Opened;
import java.util.ArrayDeque;
import java.util.Deque;

/// Copies one entry of a folder with all that is below it. Every copy is a fresh file that only we
/// may open until it is complete and on disk; then it gets the owner and permission bits of its
/// original, without the set-id bits. The topmost one gets them last.
final class TreeCopy implements TreeWalk.Visitor, AutoCloseable {
  private final Opened top;
  private final byte[] topName;
  private final Acts acts;
  private final Deque<Opened> made = new ArrayDeque<>();
  private final byte[] buffer = new byte[256 << 10];

  private TreeCopy(Opened top, byte[] topName, Acts acts) {
    this.top = top;
    this.topName = topName;
    this.acts = acts;
  }

  /// Copies under a name that is not taken, and forces it to disk.
  static void copy(Opened from, byte[] name, Opened to, byte[] newName, Acts acts)
      throws DiskException, RefusedException {
    try (var copy = new TreeCopy(to, newName, acts)) {
      TreeWalk.walk(acts.disk(), from, name, copy);
    }
    acts.sync(to);
  }

  private Opened folder() {
    return made.isEmpty() ? top : made.getLast();
  }

  private byte[] nameOf(byte[] original) {
    return made.isEmpty() ? topName : original;
  }

  @Override
  public void enter(Opened parent, byte[] name, Opened folder, Node node) throws DiskException {
    made.addLast(acts.makeFolder(folder(), nameOf(name)));
  }

  @Override
  public void leave(Opened parent, byte[] name, Node node) throws DiskException {
    try (var done = made.removeLast()) {
      finish(done, node);
    }
  }

  @Override
  public void leaf(Opened parent, byte[] name, Node node) throws DiskException, RefusedException {
    switch (node.kind()) {
      case REGULAR -> file(parent, name, node);
      case LINK -> acts.makeLink(folder(), nameOf(name), acts.disk().target(parent, name), node);
      case SPECIAL ->
          throw new RefusedException(
              Refusal.NOT_A_FILE, "something that is no file cannot go to another volume");
      case DIRECTORY -> throw new RefusedException(Refusal.CHANGED, "a file became a folder");
    }
  }

  private void file(Opened parent, byte[] name, Node node) throws DiskException, RefusedException {
    try (var from = acts.disk().open(parent, name);
        var to = acts.makeFile(folder(), nameOf(name))) {
      if (!acts.disk().look(from).id().equals(node.id())) {
        throw new RefusedException(Refusal.CHANGED, "a file was replaced while it was read");
      }
      for (var n = acts.disk().read(from, buffer); n > 0; n = acts.disk().read(from, buffer)) {
        acts.write(to, buffer, n);
      }
      finish(to, node);
    }
  }

  private void finish(Opened done, Node node) throws DiskException {
    acts.dress(done, node);
    acts.sync(done);
  }

  @Override
  public void close() {
    made.forEach(Opened::close);
  }
}
