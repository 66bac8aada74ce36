package dev.interdict.agent.platform.macos.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// What the kernel says of one process. Spec: `struct proc_bsdinfo`, `struct
/// proc_uniqidentifierinfo`, sys/proc_info.h of macOS.
///
/// @param started microseconds since 1970
/// @param version changes with each process that gets the number, and when it executes another file
record ProcessInfo(long pid, long parent, int uid, long started, String name, int version) {
  static final int BSD_BYTES = 136;
  static final int UNIQUE_BYTES = 56;

  static ProcessInfo read(byte[] bsd, byte[] unique) {
    var one = ByteBuffer.wrap(bsd).order(ByteOrder.LITTLE_ENDIAN);
    var other = ByteBuffer.wrap(unique).order(ByteOrder.LITTLE_ENDIAN);
    return new ProcessInfo(
        Integer.toUnsignedLong(one.getInt(12)),
        Integer.toUnsignedLong(one.getInt(16)),
        one.getInt(20),
        one.getLong(120) * 1_000_000 + one.getLong(128),
        text(bsd, 48, 16),
        other.getInt(32));
  }

  private static String text(byte[] struct, int at, int most) {
    var length = 0;
    while (length < most && struct[at + length] != 0) {
      length++;
    }
    return new String(struct, at, length, StandardCharsets.ISO_8859_1);
  }

  /// What names it to the kernel for a signal: the number and its version, which no later process
  /// has.
  int[] auditToken() {
    return new int[] {0, 0, 0, 0, 0, (int) pid, 0, version};
  }
}
