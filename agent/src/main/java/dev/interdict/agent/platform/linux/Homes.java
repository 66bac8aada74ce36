package dev.interdict.agent.platform.linux;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import dev.interdict.agent.platform.linux.kernel.Errno;
import dev.interdict.agent.platform.linux.kernel.Fd;
import dev.interdict.agent.platform.linux.kernel.FileSystem;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import dev.interdict.agent.platform.linux.kernel.KernelException;
import java.util.Set;

/// Opens homes: reached through the system's own names only, a real directory, on a local disk,
/// owned by its user.
final class Homes {
  /// FUSE, NFS, SMB, CIFS, SMB2, 9p, Ceph, AFS, Coda, kAFS, Lustre, OCFS2, GFS2, GPFS, BeeGFS,
  /// OrangeFS, a host's folder in a virtual machine: whoever serves them can stall us, and decides
  /// what root may read.
  private static final Set<Long> REMOTE =
      Set.of(
          0x65735546L,
          0x6969L,
          0x517bL,
          0xff534d42L,
          0xfe534d42L,
          0x01021997L,
          0x00c36400L,
          0x5346414fL,
          0x73757245L,
          0x6b414653L,
          0x0bd00bd0L,
          0x7461636fL,
          0x01161970L,
          0x47504653L,
          0x19830326L,
          0x20030528L,
          0x786f4256L);

  private final SystemRoot root;

  Homes(SystemRoot root) {
    this.root = root;
  }

  /// @throws KernelException ENOENT or ENOTDIR where there is no such directory
  /// @throws UnreadableException if it is there and must not be read or acted in
  Fd open(Home home) throws KernelException, UnreadableException {
    var fd = openDirectory(home.path());
    try {
      var stat = Kernel.stat(fd);
      if (stat.uid() != home.uid()) {
        throw new UnreadableException(
            Reason.DENIED,
            home.path(),
            "owned by uid " + stat.uid() + ", not by its user's uid " + home.uid());
      }
      if (remote(FileSystem.of(fd).magic())) {
        throw new UnreadableException(
            Reason.OTHER_FILE_SYSTEM, home.path(), "on a network or FUSE file system");
      }
      return fd;
    } catch (KernelException e) {
      fd.close();
      // One home that does not answer must not keep the others from being looked at.
      throw new UnreadableException(
          LinuxTree.reason(e.errno()), home.path(), String.valueOf(e.getMessage()));
    } catch (UnreadableException e) {
      fd.close();
      throw e;
    }
  }

  /// @param magic a file system's kind, as in linux/magic.h
  static boolean remote(long magic) {
    return REMOTE.contains(magic);
  }

  private Fd openDirectory(BytePath path) throws KernelException, UnreadableException {
    try {
      return root.open(path, Kernel.O_RDONLY | Kernel.O_DIRECTORY | Kernel.O_NOFOLLOW);
    } catch (KernelException e) {
      if (e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR) {
        throw e;
      }
      throw new UnreadableException(
          LinuxTree.reason(e.errno()), path, String.valueOf(e.getMessage()));
    }
  }
}
