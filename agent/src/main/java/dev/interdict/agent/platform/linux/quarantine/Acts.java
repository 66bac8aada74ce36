package dev.interdict.agent.platform.linux.quarantine;

import dev.interdict.agent.enforce.Steps;
import dev.interdict.agent.platform.linux.kernel.Errno;
import dev.interdict.agent.platform.linux.kernel.Fd;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import dev.interdict.agent.platform.linux.kernel.KernelException;
import java.io.IOException;

/// The calls that change something on disk, each announced before it is made. Nothing else in this
/// package changes anything, so a test that stops at every announcement has stopped everywhere.
class Acts {
  private final Steps steps;

  Acts(Steps steps) {
    this.steps = steps;
  }

  /// Told of these acts, and of the journal's.
  Steps steps() {
    return steps;
  }

  private void announce(String act) throws KernelException {
    try {
      steps.before(act);
    } catch (KernelException e) {
      throw e;
    } catch (IOException e) {
      throw new KernelException(act, Errno.EIO);
    }
  }

  void rename(Fd from, byte[] name, Fd to, byte[] newName) throws KernelException {
    announce("rename");
    Kernel.rename(from, name, to, newName);
  }

  /// Only within the quarantine.
  void replace(Fd from, byte[] name, Fd to, byte[] newName) throws KernelException {
    announce("replace");
    Kernel.replace(from, name, to, newName);
  }

  void exchange(Fd dir, byte[] name, byte[] other) throws KernelException {
    announce("exchange");
    Kernel.exchange(dir, name, dir, other);
  }

  void unlink(Fd dir, byte[] name) throws KernelException {
    announce("unlink");
    Kernel.unlink(dir, name);
  }

  void rmdir(Fd dir, byte[] name) throws KernelException {
    announce("rmdir");
    Kernel.rmdir(dir, name);
  }

  void mkdir(Fd dir, byte[] name, int mode) throws KernelException {
    announce("mkdir");
    Kernel.mkdir(dir, name, mode);
  }

  void symlink(byte[] target, Fd dir, byte[] name) throws KernelException {
    announce("symlink");
    Kernel.symlink(target, dir, name);
  }

  /// A new file that only we may read, open for writing.
  Fd create(Fd dir, byte[] name) throws KernelException {
    announce("create");
    return Kernel.openat(
        dir, name, Kernel.O_WRONLY | Kernel.O_CREAT | Kernel.O_EXCL | Kernel.O_NOFOLLOW, 0600);
  }

  void write(Fd fd, byte[] from, int length) throws KernelException {
    announce("write");
    Kernel.write(fd, from, length);
  }

  void chmod(Fd fd, int mode) throws KernelException {
    announce("chmod");
    Kernel.chmod(fd, mode);
  }

  /// Without root privilege a file has our own group where the wanted one is not ours to give.
  void chown(Fd fd, int uid, int gid) throws KernelException {
    announce("chown");
    try {
      Kernel.chown(fd, uid, gid);
    } catch (KernelException e) {
      if (e.errno() != Errno.EPERM || Kernel.effectiveUid() != uid) {
        throw e;
      }
    }
  }

  void removeAttribute(Fd fd, byte[] name) throws KernelException {
    announce("remove attribute");
    Kernel.removeAttribute(fd, name);
  }

  void touch(Fd fd, long seconds, int nanos) throws KernelException {
    announce("touch");
    Kernel.touch(fd, seconds, nanos);
  }

  void fsync(Fd fd) throws KernelException {
    announce("fsync");
    Kernel.fsync(fd);
  }
}
