package dev.interdict.agent.platform.linux;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.platform.linux.kernel.Fd;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import dev.interdict.agent.platform.linux.kernel.KernelException;

/// A way from a path below the machine's root to an open descriptor, decided anew at each call.
/// [Beneath] trusts nothing on the way; [SystemRoot] trusts the system's own links and mounts.
public sealed interface Resolution permits Beneath, SystemRoot {

  /// Opens a path. The last component is not followed where `flags` hold `O_NOFOLLOW`.
  ///
  /// @throws KernelException ELOOP for a link that is not trusted, EXDEV for a mount that is not
  ///   trusted, ENOENT or ENOTDIR where there is nothing, EACCES where the kernel refuses
  Fd open(BytePath path, int flags) throws KernelException;

  /// Opens the directory that holds a path's last component.
  default Fd openParent(BytePath path) throws KernelException {
    return open(path.parent(), Kernel.O_RDONLY | Kernel.O_DIRECTORY);
  }
}
