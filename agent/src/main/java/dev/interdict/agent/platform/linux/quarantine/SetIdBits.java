package dev.interdict.agent.platform.linux.quarantine;

import dev.interdict.agent.enforce.HeldId;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.platform.linux.Beneath;
import dev.interdict.agent.platform.linux.kernel.Fd;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import dev.interdict.agent.platform.linux.kernel.KernelException;
import dev.interdict.agent.platform.linux.kernel.Stat;

/// Takes set-user-id, set-group-id and file capabilities from what is about to be given back. A
/// file that has another name outside is replaced by a copy instead, so that the other name keeps
/// its rights.
final class SetIdBits implements DeepWalk.Visitor {
  private static final int SET_ID = 06000;

  private final Vault vault;
  private final HeldId id;
  private final Acts acts;

  private SetIdBits(Vault vault, HeldId id, Acts acts) {
    this.vault = vault;
    this.id = id;
    this.acts = acts;
  }

  static void strip(Vault vault, HeldId id, Acts acts) throws KernelException, RefusedException {
    DeepWalk.walk(vault.held(), Vault.name(id), new SetIdBits(vault, id, acts));
  }

  @Override
  public void enter(Fd parent, byte[] name, Fd directory, Stat stat) throws KernelException {
    if ((stat.mode() & SET_ID) != 0) {
      acts.chmod(directory, stat.mode() & 0777);
      acts.fsync(directory);
    }
  }

  @Override
  public void leaf(Fd parent, byte[] name, Stat stat) throws KernelException, RefusedException {
    if (stat.kind() != FileKind.REGULAR || (stat.mode() & (SET_ID | 0111)) == 0) {
      return;
    }
    if (stat.links() > 1) {
      if ((stat.mode() & SET_ID) != 0) {
        var copy = Vault.name(id);
        TreeCopy.copy(parent, name, vault.work(), copy, acts);
        acts.replace(vault.work(), copy, parent, name);
        acts.fsync(parent);
      }
      return;
    }
    try (var file = Beneath.enter(parent, name, Kernel.O_RDONLY | Kernel.O_NONBLOCK)) {
      if ((stat.mode() & SET_ID) != 0) {
        acts.chmod(file, stat.mode() & 0777);
      }
      // Giving a file to its own owner takes its capabilities.
      acts.chown(file, stat.uid(), stat.gid());
      acts.fsync(file);
    }
  }

  @Override
  public void leave(Fd parent, byte[] name, Stat stat) {}
}
