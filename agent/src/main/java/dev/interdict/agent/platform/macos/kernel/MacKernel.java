package dev.interdict.agent.platform.macos.kernel;

import com.sun.jna.Native;
import dev.interdict.agent.platform.handles.DiskException;
import dev.interdict.agent.platform.handles.Node;
import dev.interdict.agent.platform.handles.Trouble;
import java.util.Arrays;

/// The system calls with typed errors. Each takes a folder's descriptor and one name. Interrupted
/// calls are repeated.
final class MacKernel {
  static final int O_RDONLY = 0;
  static final int O_WRONLY = 1;
  static final int O_NONBLOCK = 4;
  static final int O_CREAT = 0x200;
  static final int O_EXCL = 0x800;
  static final int O_DIRECTORY = 0x100000;
  static final int AT_REMOVEDIR = 0x80;
  static final int RENAME_EXCL = 4;

  private static final int O_NOCTTY = 0x20000;
  private static final int O_CLOEXEC = 0x1000000;

  /// No link anywhere in what is opened; excludes O_NOFOLLOW, which it holds.
  private static final int O_NOFOLLOW_ANY = 0x20000000;

  private static final int AT_SYMLINK_NOFOLLOW = 0x20;

  private MacKernel() {}

  interface Call {
    long make();
  }

  static long check(String act, Call call) throws DiskException {
    while (true) {
      var result = call.make();
      if (result >= 0) {
        return result;
      }
      var errno = Native.getLastError();
      if (errno != MacErrno.INTERRUPTED) {
        throw MacErrno.of(act, errno);
      }
    }
  }

  static MacFd openat(int dir, byte[] name, int flags, int mode) throws DiskException {
    var bytes = name(name);
    var all = flags | O_CLOEXEC | O_NOFOLLOW_ANY | O_NOCTTY;
    return new MacFd(
        (int) check("openat", () -> LibSystem.Variadic.CALLS.openat(dir, bytes, all, mode)));
  }

  /// Of a path that an administrator named, or the kernel told of; no link anywhere in it.
  static MacFd open(byte[] path, int flags) throws DiskException {
    var bytes = Arrays.copyOf(path, path.length + 1);
    var all = flags | O_CLOEXEC | O_NOFOLLOW_ANY | O_NOCTTY;
    return new MacFd((int) check("open", () -> LibSystem.Variadic.CALLS.open(bytes, all, 0)));
  }

  static Node stat(int fd) throws DiskException {
    var struct = new byte[MacStat.BYTES];
    check("fstat", () -> LibSystem.fstat(fd, struct));
    return MacStat.read(struct);
  }

  static Node stat(int dir, byte[] name) throws DiskException {
    var struct = new byte[MacStat.BYTES];
    var bytes = name(name);
    check("fstatat", () -> LibSystem.fstatat(dir, bytes, struct, AT_SYMLINK_NOFOLLOW));
    return MacStat.read(struct);
  }

  /// One component with the NUL that ends it.
  static byte[] name(byte[] name) throws DiskException {
    var dots =
        name.length <= 2 && name.length > 0 && name[0] == '.' && name[name.length - 1] == '.';
    var bad = name.length == 0 || name.length > 255 || dots;
    for (var b : name) {
      bad |= b == '/' || b == 0;
    }
    if (bad) {
      throw new DiskException(Trouble.UNSUPPORTED, "name", "no single component");
    }
    return Arrays.copyOf(name, name.length + 1);
  }
}
