package dev.interdict.agent.platform.macos.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;

/// The bytes of `struct kevent` and `struct timespec` of 64-bit macOS (sys/event.h).
final class KernelEvents {
  static final int BYTES = 32;
  static final short VNODE = -4;

  private static final short USER = -10;
  private static final int ADD = 0x1;
  private static final int CLEAR = 0x20;
  private static final int NOTE_DELETE = 0x1;
  private static final int NOTE_WRITE = 0x2;
  private static final int NOTE_RENAME = 0x20;
  private static final int NOTE_REVOKE = 0x40;
  private static final int NOTE_TRIGGER = 0x1000000;

  /// What the kernel tells.
  ///
  /// @param ident the descriptor, or the bell's own number
  record Event(long ident, short filter) {}

  private KernelEvents() {}

  /// Listen to an open folder: names that come or go, and its own end.
  static byte[] folder(int fd) {
    return event(fd, VNODE, ADD | CLEAR, NOTE_WRITE | NOTE_DELETE | NOTE_RENAME | NOTE_REVOKE);
  }

  /// Listen to a bell of our own.
  static byte[] bell(long ident) {
    return event(ident, USER, ADD | CLEAR, 0);
  }

  static byte[] ring(long ident) {
    return event(ident, USER, 0, NOTE_TRIGGER);
  }

  private static byte[] event(long ident, short filter, int flags, int notes) {
    return ByteBuffer.allocate(BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(ident)
        .putShort(filter)
        .putShort((short) flags)
        .putInt(notes)
        .array();
  }

  static Event read(byte[] events, int number) {
    var buffer = ByteBuffer.wrap(events).order(ByteOrder.LITTLE_ENDIAN);
    return new Event(buffer.getLong(number * BYTES), buffer.getShort(number * BYTES + 8));
  }

  static byte[] time(Duration limit) {
    return ByteBuffer.allocate(16)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(limit.toSeconds())
        .putLong(limit.toNanosPart())
        .array();
  }
}
