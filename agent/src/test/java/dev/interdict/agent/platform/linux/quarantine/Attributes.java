package dev.interdict.agent.platform.linux.quarantine;

import com.sun.jna.Native;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Sets and reads extended attributes that the JDK has no view of.
final class Attributes {
  static final String ACCESS_LIST = "system.posix_acl_access";
  static final String CAPABILITY = "security.capability";

  static {
    Native.register(Attributes.class, "c");
  }

  private Attributes() {}

  static native int lsetxattr(byte[] path, byte[] name, byte[] value, long size, int flags);

  static native long lgetxattr(byte[] path, byte[] name, byte[] value, long size);

  private static byte[] terminated(String text) {
    return (text + "\0").getBytes(StandardCharsets.UTF_8);
  }

  static boolean set(Path file, String name, byte[] value) {
    return lsetxattr(terminated(file.toString()), terminated(name), value, value.length, 0) == 0;
  }

  static boolean has(Path file, String name) {
    return lgetxattr(terminated(file.toString()), terminated(name), new byte[1], 0) >= 0;
  }

  /// user::rw-, user:UID:rwx, group::---, mask::rwx, other::---
  static byte[] listFor(int uid) {
    var list = ByteBuffer.allocate(4 + 5 * 8).order(ByteOrder.LITTLE_ENDIAN).putInt(2);
    entry(list, 0x01, 6, -1);
    entry(list, 0x02, 7, uid);
    entry(list, 0x04, 0, -1);
    entry(list, 0x10, 7, -1);
    entry(list, 0x20, 0, -1);
    return list.array();
  }

  private static void entry(ByteBuffer list, int tag, int permissions, int id) {
    list.putShort((short) tag).putShort((short) permissions).putInt(id);
  }

  /// cap_net_raw, effective and permitted.
  static byte[] netRaw() {
    var value = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
    return value.putInt(0x02000001).putInt(1 << 13).putInt(0).putInt(0).putInt(0).array();
  }
}
