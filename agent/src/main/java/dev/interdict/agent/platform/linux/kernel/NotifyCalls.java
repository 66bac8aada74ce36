package dev.interdict.agent.platform.linux.kernel;

import com.sun.jna.Native;
import java.nio.ByteBuffer;

/// The C library's entry points for fanotify(7) and inotify(7), beside [Libc]. What is called while
/// somebody waits for our answer takes direct buffers only, so that nothing is copied or allocated.
final class NotifyCalls {
  static {
    Native.register(NotifyCalls.class, "c");
  }

  private NotifyCalls() {}

  static native int fanotify_init(int flags, int eventFlags);

  static native int fanotify_mark(int group, int flags, long mask, int dir, byte[] path);

  static native int inotify_init1(int flags);

  static native int inotify_add_watch(int fd, byte[] path, int mask);

  static native int name_to_handle_at(int dir, byte[] path, byte[] handle, int[] mount, int flags);

  static native int eventfd(int initial, int flags);

  static native int dup3(int from, int to, int flags);

  static native long write(int fd, ByteBuffer from, long length);

  static native long readlinkat(int dir, ByteBuffer path, ByteBuffer into, long length);

  /// statx.
  static native long syscall(
      long number, long fd, ByteBuffer empty, long flags, long mask, ByteBuffer into);
}
