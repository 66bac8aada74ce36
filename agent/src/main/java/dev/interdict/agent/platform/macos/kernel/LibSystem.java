package dev.interdict.agent.platform.macos.kernel;

import com.sun.jna.FunctionMapper;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The entry points of libSystem, bound by JNA direct mapping. On Intel those with a stat or dirent
/// have a suffix for inode numbers of 64 bits. Only [MacKernel] and what is beside it calls them.
final class LibSystem {
  private static final Set<String> SUFFIXED =
      Set.of("fstat", "fstatat", "fdopendir", "readdir", "rewinddir", "fstatfs");
  private static final boolean INTEL = "x86_64".equals(System.getProperty("os.arch", ""));

  static {
    Native.register(
        LibSystem.class,
        NativeLibrary.getInstance(
            "System",
            Map.of(
                Library.OPTION_FUNCTION_MAPPER,
                (FunctionMapper)
                    (_, method) ->
                        INTEL && SUFFIXED.contains(method.getName())
                            ? method.getName() + "$INODE64"
                            : method.getName())));
  }

  private LibSystem() {}

  /// `openat` takes its mode as a variable argument, which has its own way on Apple's processors;
  /// direct mapping does not know it, and so this alone goes through a library interface.
  interface Variadic extends Library {
    Variadic CALLS = Native.load("System", Variadic.class);

    int openat(int dir, byte[] path, int flags, Object... mode);

    int open(byte[] path, int flags, Object... mode);

    int fcntl(int fd, int command, Object... argument);
  }

  static native int close(int fd);

  static native int dup(int fd);

  static native int fstat(int fd, byte[] into);

  static native int fstatat(int dir, byte[] path, byte[] into, int flags);

  static native long read(int fd, byte[] into, long length);

  static native long write(int fd, byte[] from, long length);

  static native long readlinkat(int dir, byte[] path, byte[] into, long length);

  static native int unlinkat(int dir, byte[] path, int flags);

  static native int mkdirat(int dir, byte[] path, int mode);

  static native int fchmod(int fd, int mode);

  static native int fchown(int fd, int uid, int gid);

  static native int fsync(int fd);

  static native int renameatx_np(int from, byte[] name, int to, byte[] newName, int flags);

  static native Pointer fdopendir(int fd);

  static native Pointer readdir(Pointer dir);

  static native int closedir(Pointer dir);

  static native void rewinddir(Pointer dir);

  static native int fstatfs(int fd, byte[] into);

  static native int geteuid();

  static native int kqueue();

  /// Without `time` it waits without end, but where there is no room for events it never waits.
  static native int kevent(
      int queue,
      byte @Nullable [] changes,
      int changeCount,
      byte @Nullable [] events,
      int eventCount,
      byte @Nullable [] time);

  static native int proc_listallpids(int[] into, int bytes);

  static native int proc_pidpath(int pid, byte[] into, int length);

  static native int proc_pidinfo(int pid, int flavour, long argument, byte[] into, int length);

  static native int proc_signal_with_audittoken(int[] token, int signal);

  static native long clock_gettime_nsec_np(int clock);

  static native int sysctlbyname(
      byte[] name, byte[] old, long[] length, Pointer fresh, long freshLength);
}
