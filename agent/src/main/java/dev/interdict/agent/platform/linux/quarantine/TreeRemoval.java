package dev.interdict.agent.platform.linux.quarantine;

import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.platform.linux.kernel.Errno;
import dev.interdict.agent.platform.linux.kernel.Fd;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import dev.interdict.agent.platform.linux.kernel.KernelException;
import dev.interdict.agent.platform.linux.kernel.Stat;

/// Removes one entry of a directory with all that is below it, as long as it belongs to one user:
/// what another one's hand moved in there ends the removal.
final class TreeRemoval implements DeepWalk.Visitor {
  private final int owner;
  private final Acts acts;

  private TreeRemoval(int owner, Acts acts) {
    this.owner = owner;
    this.acts = acts;
  }

  /// Does nothing where there is no such entry. That there is none is on disk when this returns:
  /// what a journal calls gone must not come back after a power cut.
  static void remove(Fd parent, byte[] name, int owner, Acts acts)
      throws KernelException, RefusedException {
    try {
      DeepWalk.walk(parent, name, new TreeRemoval(owner, acts));
    } catch (KernelException e) {
      if (e.errno() != Errno.ENOENT) {
        throw e;
      }
    }
    acts.fsync(parent);
  }

  @Override
  public void enter(Fd parent, byte[] name, Fd directory, Stat stat) throws RefusedException {
    require(stat);
  }

  private void require(Stat stat) throws RefusedException {
    if (stat.uid() != owner && stat.uid() != Kernel.effectiveUid()) {
      throw new RefusedException(Refusal.FOREIGN_OWNER, "something in it belongs to another user");
    }
  }

  @Override
  public void leaf(Fd parent, byte[] name, Stat stat) throws KernelException, RefusedException {
    require(stat);
    acts.unlink(parent, name);
  }

  @Override
  public void leave(Fd parent, byte[] name, Stat stat) throws KernelException {
    acts.rmdir(parent, name);
  }
}
