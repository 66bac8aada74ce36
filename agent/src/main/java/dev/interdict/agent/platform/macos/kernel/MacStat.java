package dev.interdict.agent.platform.macos.kernel;

import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.platform.handles.Node;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The kernel's `struct stat` with inode numbers of 64 bits. Spec: sys/stat.h of macOS.
final class MacStat {
  static final int BYTES = 144;

  private static final int TYPE = 0170000;
  private static final int REGULAR = 0100000;
  private static final int DIRECTORY = 0040000;
  private static final int LINK = 0120000;

  private MacStat() {}

  static Node read(byte[] struct) {
    var stat = ByteBuffer.wrap(struct).order(ByteOrder.LITTLE_ENDIAN);
    var mode = Short.toUnsignedInt(stat.getShort(4));
    return new Node(
        kind(mode),
        new FileId(stat.getInt(0), stat.getLong(8)),
        Integer.toUnsignedString(stat.getInt(16)),
        mode & 07777,
        Short.toUnsignedInt(stat.getShort(6)),
        stat.getLong(96));
  }

  private static FileKind kind(int mode) {
    return switch (mode & TYPE) {
      case REGULAR -> FileKind.REGULAR;
      case DIRECTORY -> FileKind.DIRECTORY;
      case LINK -> FileKind.LINK;
      default -> FileKind.SPECIAL;
    };
  }
}
