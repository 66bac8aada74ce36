package dev.interdict.agent.platform.linux.quarantine;

import dev.interdict.agent.enforce.Steps;
import dev.interdict.agent.platform.linux.kernel.Errno;
import dev.interdict.agent.platform.linux.kernel.Fd;
import dev.interdict.agent.platform.linux.kernel.KernelException;

/// The real acts, except that moves into and out of the quarantine end with EXDEV, as where it lies
/// on another file system.
class AcrossActs extends Acts {
  AcrossActs(Steps steps) {
    super(steps);
  }

  @Override
  void rename(Fd from, byte[] name, Fd to, byte[] newName) throws KernelException {
    if (inVault(name) != inVault(newName)) {
      throw new KernelException("renameat2", Errno.EXDEV);
    }
    super.rename(from, name, to, newName);
  }

  /// In the vault everything bears its id.
  private static boolean inVault(byte[] name) {
    return name.length == 32;
  }
}
