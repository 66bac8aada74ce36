package dev.interdict.agent.platform.linux.kernel;

import com.sun.jna.Native;
import java.nio.ByteBuffer;

/// The C library's entry points, bound by JNA direct mapping. `syscall` stands for calls that the
/// library may be too old to wrap. All take the raw descriptor and NUL-terminated bytes; what the
/// kernel fills in bulk is a direct buffer, since JNA copies an array whole both ways. Only
/// [Kernel] calls them.
final class Libc {
  static {
    Native.register(Libc.class, "c");
  }

  private Libc() {}

  static native int openat(int dir, byte[] path, int flags, int mode);

  static native int close(int fd);

  static native long read(int fd, ByteBuffer into, long length);

  static native long pread(int fd, ByteBuffer into, long length, long offset);

  static native long write(int fd, byte[] from, long length);

  static native long readlinkat(int dir, byte[] path, byte[] into, long length);

  static native int unlinkat(int dir, byte[] path, int flags);

  static native int mkdirat(int dir, byte[] path, int mode);

  static native int symlinkat(byte[] target, int dir, byte[] path);

  static native int fsync(int fd);

  static native int fchmod(int fd, int mode);

  static native int fchownat(int dir, byte[] path, int uid, int gid, int flags);

  static native int futimens(int fd, long[] times);

  static native long fgetxattr(int fd, byte[] name, byte[] into, long length);

  static native int fremovexattr(int fd, byte[] name);

  static native int fstatfs(int fd, byte[] into);

  static native int poll(byte[] descriptors, long count, int milliseconds);

  static native int socket(int domain, int type, int protocol);

  static native long sendto(
      int fd, byte[] message, long length, int flags, byte[] address, int addressLength);

  static native int geteuid();

  static native int clock_gettime(int clock, long[] into);

  /// openat2.
  static native long syscall(long number, long dir, byte[] path, long[] how, long size);

  /// renameat2.
  static native long syscall(
      long number, long from, byte[] name, long to, byte[] newName, long flags);

  /// statx.
  static native long syscall(
      long number, long dir, byte[] path, long flags, long mask, byte[] into);

  /// getdents64.
  static native long syscall(long number, long dir, ByteBuffer into, long length);

  /// pidfd_open, pidfd_send_signal.
  static native long syscall(long number, long a, long b, long c, long d);
}
