package dev.interdict.agent.platform.linux.kernel;

import com.sun.jna.Native;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Tree;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The system calls that the agent makes, with typed arguments and errors. Each takes a directory
/// descriptor and a name; only [#openRoot] takes a path that links may be part of. Interrupted
/// calls are repeated. Thread-safe.
public final class Kernel {
  public static final int O_RDONLY = 0;
  public static final int O_WRONLY = 1;
  public static final int O_CREAT = 0100;
  public static final int O_EXCL = 0200;
  public static final int O_NOCTTY = 0400;
  public static final int O_NONBLOCK = 04000;
  static final int O_CLOEXEC = 02000000;
  public static final int O_PATH = 010000000;

  /// O_DIRECTORY and O_NOFOLLOW are the two flags whose bits differ between architectures.
  public static final int O_DIRECTORY = Abi.HERE.directory();

  public static final int O_NOFOLLOW = Abi.HERE.nofollow();

  /// RESOLVE_NO_XDEV, NO_MAGICLINKS, NO_SYMLINKS and BENEATH: no mount, no link, no way up.
  static final long SAFE = 0x01 | 0x02 | 0x04 | 0x08;

  private static final int AT_FDCWD = -100;
  private static final int AT_SYMLINK_NOFOLLOW = 0x100;
  private static final int AT_REMOVEDIR = 0x200;
  private static final int AT_EMPTY_PATH = 0x1000;

  /// A dead network or FUSE server must not be asked: what the kernel has cached is enough.
  private static final int AT_STATX_DONT_SYNC = 0x4000;

  private static final int RENAME_NOREPLACE = 1;
  private static final int RENAME_EXCHANGE = 2;
  private static final int STATX_BASIC_AND_MOUNT = 0x17ff;
  private static final byte[] EMPTY = {0};

  private static final ThreadLocal<ByteBuffer> BULK =
      ThreadLocal.withInitial(
          () -> ByteBuffer.allocateDirect(64 << 10).order(ByteOrder.nativeOrder()));

  /// Stands between the agent and the kernel in a test that makes calls fail. Seam.
  interface Fault {
    /// @return the error number that the call ends with instead of being made; 0 to make it
    int instead(String call);
  }

  /// None, except in tests.
  static @Nullable Fault fault;

  private Kernel() {}

  /// Opens a directory named by the administrator (the machine's root, the agent's own state).
  public static Fd openRoot(byte[] path) throws KernelException {
    var flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
    return new Fd((int) check("open", () -> Libc.openat(AT_FDCWD, terminated(path), flags, 0)));
  }

  /// What swallows all that is written to it.
  static Fd openNothing() throws KernelException {
    var path = terminated("/dev/null".getBytes(StandardCharsets.US_ASCII));
    var flags = O_WRONLY | O_CLOEXEC;
    return new Fd((int) check("open", () -> Libc.openat(AT_FDCWD, path, flags, 0)));
  }

  /// openat(2) of one component; O_CLOEXEC is added.
  public static Fd openat(Fd dir, byte[] name, int flags, int mode) throws KernelException {
    var bytes = terminated(name);
    return new Fd(
        (int) check("openat", () -> Libc.openat(dir.number(), bytes, flags | O_CLOEXEC, mode)));
  }

  /// openat2(2) with [#SAFE] resolution; O_CLOEXEC is added.
  ///
  /// @throws KernelException with ENOSYS or EPERM where the kernel or a sandbox has no such call
  public static Fd openSafely(Fd dir, byte[] path, int flags) throws KernelException {
    long[] how = {Integer.toUnsignedLong(flags | O_CLOEXEC), 0, SAFE};
    var bytes = terminated(path);
    return new Fd(
        (int)
            check(
                "openat2",
                () -> Libc.syscall(Abi.OPENAT2, dir.number(), bytes, how, 8L * how.length)));
  }

  /// What the descriptor stands for.
  public static Stat stat(Fd fd) throws KernelException {
    return statx(fd, EMPTY, AT_EMPTY_PATH | AT_STATX_DONT_SYNC);
  }

  /// What a directory's entry is, the link itself where it is one.
  public static Stat stat(Fd dir, byte[] name) throws KernelException {
    return statx(dir, terminated(name), AT_SYMLINK_NOFOLLOW | AT_STATX_DONT_SYNC);
  }

  /// What a name leads to, links followed; only for the kernel's own names below `/proc`.
  public static Stat statFollowing(Fd dir, byte[] path) throws KernelException {
    return statx(dir, terminated(path), AT_STATX_DONT_SYNC);
  }

  private static Stat statx(Fd dir, byte[] path, int flags) throws KernelException {
    var struct = new byte[Stat.BYTES];
    check(
        "statx",
        () ->
            Libc.syscall(
                Abi.HERE.statx(), dir.number(), path, flags, STATX_BASIC_AND_MOUNT, struct));
    return Stat.read(struct);
  }

  /// Up to `into.length` bytes from the descriptor's position; 0 at the end.
  public static int read(Fd fd, byte[] into) throws KernelException {
    var bulk = BULK.get();
    var most = Math.min(into.length, bulk.capacity());
    var length = (int) check("read", () -> Libc.read(fd.number(), bulk, most));
    bulk.get(0, into, 0, length);
    return length;
  }

  /// Up to `length` bytes from `offset` on, fewer only at the end.
  public static byte[] read(Fd fd, long offset, int length) throws KernelException {
    var bulk = BULK.get();
    var out = new ByteArrayOutputStream();
    while (out.size() < length) {
      var at = offset + out.size();
      var most = Math.min(length - out.size(), bulk.capacity());
      var n = (int) check("pread", () -> Libc.pread(fd.number(), bulk, most, at));
      if (n == 0) {
        break;
      }
      var piece = new byte[n];
      bulk.get(0, piece);
      out.writeBytes(piece);
    }
    return out.toByteArray();
  }

  /// Writes the first `length` bytes, all of them.
  public static void write(Fd fd, byte[] from, int length) throws KernelException {
    var at = 0;
    while (at < length) {
      var rest = at == 0 ? from : Arrays.copyOfRange(from, at, length);
      var left = length - at;
      at += (int) check("write", () -> Libc.write(fd.number(), rest, left));
    }
  }

  /// The next batch of a directory's entries without `.` and `..`; null at the end.
  public static @Nullable List<Tree.Entry> entries(Fd dir) throws KernelException {
    var bulk = BULK.get();
    var number = Abi.HERE.getdents64();
    var length =
        (int) check("getdents64", () -> Libc.syscall(number, dir.number(), bulk, bulk.capacity()));
    return length == 0 ? null : DirectoryEntries.read(bulk, length, name -> kindOf(dir, name));
  }

  /// All entries of a directory, sorted by name bytes.
  public static List<Tree.Entry> list(Fd dir) throws KernelException {
    var all = new ArrayList<Tree.Entry>();
    for (var some = entries(dir); some != null; some = entries(dir)) {
      all.addAll(some);
    }
    all.sort(Comparator.comparing(Tree.Entry::name, Arrays::compareUnsigned));
    return List.copyOf(all);
  }

  private static FileKind kindOf(Fd dir, byte[] name) throws KernelException {
    return stat(dir, name).kind();
  }

  /// Where a link leads, unresolved. An empty name asks for the link that `dir` itself is.
  public static byte[] readlink(Fd dir, byte[] name) throws KernelException {
    var into = new byte[4096];
    var bytes = terminated(name);
    var length =
        (int) check("readlinkat", () -> Libc.readlinkat(dir.number(), bytes, into, into.length));
    return Arrays.copyOf(into, length);
  }

  /// renameat2(2) with RENAME_NOREPLACE: EEXIST where the new name is taken.
  public static void rename(Fd from, byte[] name, Fd to, byte[] newName) throws KernelException {
    rename(from, name, to, newName, RENAME_NOREPLACE);
  }

  private static void rename(Fd from, byte[] name, Fd to, byte[] newName, int flags)
      throws KernelException {
    var old = terminated(name);
    var fresh = terminated(newName);
    check(
        "renameat2",
        () -> Libc.syscall(Abi.HERE.renameat2(), from.number(), old, to.number(), fresh, flags));
  }

  /// renameat(2): what has the new name is replaced. Only for directories that nobody else enters.
  public static void replace(Fd from, byte[] name, Fd to, byte[] newName) throws KernelException {
    rename(from, name, to, newName, 0);
  }

  /// renameat2(2) with RENAME_EXCHANGE: both names are there all the time.
  public static void exchange(Fd from, byte[] name, Fd to, byte[] other) throws KernelException {
    rename(from, name, to, other, RENAME_EXCHANGE);
  }

  /// Removes a name that is no directory.
  public static void unlink(Fd dir, byte[] name) throws KernelException {
    unlinkat(dir, name, 0);
  }

  /// Removes an empty directory.
  public static void rmdir(Fd dir, byte[] name) throws KernelException {
    unlinkat(dir, name, AT_REMOVEDIR);
  }

  private static void unlinkat(Fd dir, byte[] name, int flags) throws KernelException {
    var bytes = terminated(name);
    check("unlinkat", () -> Libc.unlinkat(dir.number(), bytes, flags));
  }

  public static void mkdir(Fd dir, byte[] name, int mode) throws KernelException {
    var bytes = terminated(name);
    check("mkdirat", () -> Libc.mkdirat(dir.number(), bytes, mode));
  }

  public static void symlink(byte[] target, Fd dir, byte[] name) throws KernelException {
    var to = terminated(target);
    var bytes = terminated(name);
    check("symlinkat", () -> Libc.symlinkat(to, dir.number(), bytes));
  }

  public static void fsync(Fd fd) throws KernelException {
    check("fsync", () -> Libc.fsync(fd.number()));
  }

  public static void chmod(Fd fd, int mode) throws KernelException {
    check("fchmod", () -> Libc.fchmod(fd.number(), mode));
  }

  /// Changes the owner of what the descriptor stands for, a link itself where it is one.
  public static void chown(Fd fd, int uid, int gid) throws KernelException {
    check("fchownat", () -> Libc.fchownat(fd.number(), EMPTY, uid, gid, AT_EMPTY_PATH));
  }

  /// Whether an open file or directory has an extended attribute of that name.
  public static boolean hasAttribute(Fd fd, byte[] name) throws KernelException {
    var bytes = terminated(name);
    try {
      check("fgetxattr", () -> Libc.fgetxattr(fd.number(), bytes, EMPTY, 0));
      return true;
    } catch (KernelException e) {
      // ENODATA, or EOPNOTSUPP where the file system has no such attributes.
      if (e.errno() == Errno.OTHER) {
        return false;
      }
      throw e;
    }
  }

  /// Takes away an extended attribute that is there.
  public static void removeAttribute(Fd fd, byte[] name) throws KernelException {
    var bytes = terminated(name);
    check("fremovexattr", () -> Libc.fremovexattr(fd.number(), bytes));
  }

  /// Sets both times of an open file or directory.
  public static void touch(Fd fd, long seconds, int nanos) throws KernelException {
    long[] times = {seconds, nanos, seconds, nanos};
    check("futimens", () -> Libc.futimens(fd.number(), times));
  }

  /// The user whose rights this process has.
  public static int effectiveUid() {
    return Libc.geteuid();
  }

  /// A clock's reading in nanoseconds.
  public static long clock(int clock) throws KernelException {
    var into = new long[2];
    check("clock_gettime", () -> Libc.clock_gettime(clock, into));
    return Math.addExact(Math.multiplyExact(into[0], 1_000_000_000L), into[1]);
  }

  interface Call {
    long make();
  }

  static long check(String name, Call call) throws KernelException {
    while (true) {
      var meant = fault;
      var number = meant == null ? 0 : meant.instead(name);
      if (number == 0) {
        var result = call.make();
        if (result >= 0) {
          return result;
        }
        number = Native.getLastError();
      }
      if (Errno.of(number) != Errno.EINTR) {
        throw new KernelException(name, number);
      }
    }
  }

  static byte[] terminated(byte[] bytes) {
    return Arrays.copyOf(bytes, bytes.length + 1);
  }
}
