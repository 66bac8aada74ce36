package dev.interdict.agent.platform.linux.quarantine;

import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.platform.linux.kernel.Fd;
import dev.interdict.agent.platform.linux.kernel.KernelException;
import dev.interdict.agent.platform.linux.kernel.Stat;

/// Adds up a file or a whole directory, and sees whether it is all one user's. Opens no file.
final class TreeSize implements DeepWalk.Visitor {
  private final int owner;
  private long bytes;

  private TreeSize(int owner) {
    this.owner = owner;
  }

  /// Bytes of content by what the directory entries claim.
  ///
  /// @throws RefusedException if something in it belongs to another, or is mounted
  static long of(Fd parent, byte[] name, int owner) throws KernelException, RefusedException {
    var size = new TreeSize(owner);
    DeepWalk.walk(parent, name, size);
    return size.bytes;
  }

  private void require(Stat stat) throws RefusedException {
    if (stat.uid() != owner) {
      throw new RefusedException(Refusal.FOREIGN_OWNER, "something in it belongs to another user");
    }
  }

  @Override
  public void enter(Fd parent, byte[] name, Fd directory, Stat stat) throws RefusedException {
    require(stat);
  }

  @Override
  public void leaf(Fd parent, byte[] name, Stat stat) throws RefusedException {
    require(stat);
    if (stat.kind() == FileKind.REGULAR) {
      bytes += stat.size();
    }
  }

  @Override
  public void leave(Fd parent, byte[] name, Stat stat) {}
}
