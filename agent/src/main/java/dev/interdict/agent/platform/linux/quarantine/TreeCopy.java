package dev.interdict.agent.platform.linux.quarantine;

import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.platform.linux.Beneath;
import dev.interdict.agent.platform.linux.kernel.Fd;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import dev.interdict.agent.platform.linux.kernel.KernelException;
import dev.interdict.agent.platform.linux.kernel.Stat;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Copies one entry of a directory with all that is below it to another file system. Every copy is
/// a fresh inode that only we may enter until it is complete and on disk; then it gets the owner,
/// permission bits and time of its original, without the set-id bits. The topmost one gets them
/// last.
final class TreeCopy implements DeepWalk.Visitor, AutoCloseable {
  private static final int READ = Kernel.O_RDONLY | Kernel.O_NONBLOCK | Kernel.O_NOCTTY;

  private final Fd top;
  private final byte[] topName;
  private final Acts acts;
  private final Deque<FileId> above = new ArrayDeque<>();
  private final Deque<Integer> bits = new ArrayDeque<>();
  private final byte[] buffer = new byte[256 << 10];
  private @Nullable Fd here;

  private TreeCopy(Fd top, byte[] topName, Acts acts) {
    this.top = top;
    this.topName = topName;
    this.acts = acts;
  }

  /// Copies under a name that is not taken, and forces it to disk.
  static void copy(Fd from, byte[] name, Fd to, byte[] newName, Acts acts)
      throws KernelException, RefusedException {
    try (var copy = new TreeCopy(to, newName, acts)) {
      DeepWalk.walk(from, name, copy);
    }
    acts.fsync(to);
  }

  private Fd directory() {
    return here == null ? top : here;
  }

  private byte[] nameOf(byte[] original) {
    return here == null ? topName : original;
  }

  @Override
  public void enter(Fd parent, byte[] name, Fd directory, Stat stat)
      throws KernelException, RefusedException {
    var into = directory();
    acts.mkdir(into, nameOf(name), 0700);
    var made = Beneath.enter(into, nameOf(name), Kernel.O_RDONLY | Kernel.O_DIRECTORY);
    requireFresh(made);
    above.addLast(Kernel.stat(into).id());
    bits.addLast(AccessList.bits(directory, stat));
    move(made);
  }

  /// Where a user can swap names, what is opened may not be what was made.
  private static void requireFresh(Fd made) throws KernelException, RefusedException {
    var stat = Kernel.stat(made);
    if (stat.uid() != Kernel.effectiveUid()
        || (stat.mode() & 0777) != 0700
        || !Kernel.list(made).isEmpty()) {
      made.close();
      throw new RefusedException(Refusal.CHANGED, "the copy was replaced while it was made");
    }
  }

  @Override
  public void leave(Fd parent, byte[] name, Stat stat) throws KernelException, RefusedException {
    var done = directory();
    var up = above.removeLast();
    if (above.isEmpty()) {
      finish(done, stat, bits.removeLast());
      move(null);
      return;
    }
    var next = Kernel.openat(done, new byte[] {'.', '.'}, Kernel.O_RDONLY | Kernel.O_DIRECTORY, 0);
    if (!Kernel.stat(next).id().equals(up)) {
      next.close();
      throw new RefusedException(Refusal.CHANGED, "the copy was moved while it was made");
    }
    finish(done, stat, bits.removeLast());
    move(next);
  }

  @Override
  public void leaf(Fd parent, byte[] name, Stat stat) throws KernelException, RefusedException {
    switch (stat.kind()) {
      case REGULAR -> file(parent, name, stat);
      case LINK -> {
        acts.symlink(Kernel.readlink(parent, name), directory(), nameOf(name));
        own(nameOf(name), stat);
      }
      case SPECIAL ->
          throw new RefusedException(
              Refusal.NOT_A_FILE, "a pipe, socket or device cannot go to another file system");
      case DIRECTORY -> throw new RefusedException(Refusal.CHANGED, "a file became a directory");
    }
  }

  private void own(byte[] link, Stat stat) throws KernelException, RefusedException {
    try (var made = Beneath.enter(directory(), link, Kernel.O_PATH | Kernel.O_NOFOLLOW)) {
      if (Kernel.stat(made).kind() != FileKind.LINK) {
        throw new RefusedException(Refusal.CHANGED, "the copy was replaced while it was made");
      }
      acts.chown(made, stat.uid(), stat.gid());
    }
  }

  private void file(Fd parent, byte[] name, Stat stat) throws KernelException, RefusedException {
    try (var from = Beneath.enter(parent, name, READ);
        var to = acts.create(directory(), nameOf(name))) {
      if (!Kernel.stat(from).id().equals(stat.id())) {
        throw new RefusedException(Refusal.CHANGED, "a file was replaced while it was read");
      }
      for (var n = Kernel.read(from, buffer); n > 0; n = Kernel.read(from, buffer)) {
        acts.write(to, buffer, n);
      }
      finish(to, stat, AccessList.bits(from, stat));
    }
  }

  private void finish(Fd made, Stat stat, int mode) throws KernelException {
    acts.chown(made, stat.uid(), stat.gid());
    acts.chmod(made, mode);
    acts.touch(made, stat.seconds(), stat.nanos());
    acts.fsync(made);
  }

  private void move(@Nullable Fd next) {
    if (here != null) {
      here.close();
    }
    here = next;
  }

  @Override
  public void close() {
    move(null);
  }
}
