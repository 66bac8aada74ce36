package dev.interdict.agent.platform.linux.quarantine;

import dev.interdict.agent.enforce.HeldId;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.platform.linux.Beneath;
import dev.interdict.agent.platform.linux.kernel.Fd;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import dev.interdict.agent.platform.linux.kernel.KernelException;
import dev.interdict.agent.platform.linux.kernel.Stat;
import java.nio.charset.StandardCharsets;

/// Takes set-user-id, set-group-id, file capabilities and access lists from what is about to be
/// given back. A file that has another name outside is replaced by a copy instead, so that the
/// other name keeps its rights.
final class SetIdBits implements DeepWalk.Visitor {
  private static final int SET_ID = 06000;
  private static final byte[] CAPABILITY =
      "security.capability".getBytes(StandardCharsets.US_ASCII);

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
    if ((stat.mode() & SET_ID) != 0 || AccessList.there(directory)) {
      AccessList.strip(directory, stat, acts);
      acts.fsync(directory);
    }
  }

  @Override
  public void leaf(Fd parent, byte[] name, Stat stat) throws KernelException, RefusedException {
    if (stat.kind() != FileKind.REGULAR) {
      return;
    }
    try (var file = Beneath.enter(parent, name, Kernel.O_RDONLY | Kernel.O_NONBLOCK)) {
      var more = (stat.mode() & SET_ID) != 0 || AccessList.there(file);
      if (stat.links() > 1) {
        if (more || Kernel.hasAttribute(file, CAPABILITY)) {
          replace(parent, name);
        }
        return;
      }
      if (more) {
        AccessList.strip(file, stat, acts);
      }
      if ((stat.mode() & 0111) != 0) {
        // Giving a file to its own owner takes its capabilities.
        acts.chown(file, stat.uid(), stat.gid());
      }
      if (more || (stat.mode() & 0111) != 0) {
        acts.fsync(file);
      }
    }
  }

  private void replace(Fd parent, byte[] name) throws KernelException, RefusedException {
    var copy = Vault.name(id);
    TreeCopy.copy(parent, name, vault.work(), copy, acts);
    acts.replace(vault.work(), copy, parent, name);
    acts.fsync(parent);
  }

  @Override
  public void leave(Fd parent, byte[] name, Stat stat) {}
}
