package dev.interdict.agent.platform.linux.kernel;

import dev.interdict.agent.inventory.FileFact;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.FileKind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// What statx says of one file.
///
/// @param mode permission and set-id bits (07777)
/// @param changed status change, in nanoseconds since 1970
/// @param mount number of the mount it was reached through; 0 where the kernel is too old to tell
public record Stat(
    FileKind kind,
    FileId id,
    long size,
    int uid,
    int gid,
    int mode,
    int links,
    long seconds,
    int nanos,
    long changed,
    long mount) {
  static final int BYTES = 256;
  private static final long NANOS = 1_000_000_000L;

  /// Reads the kernel's `struct statx`.
  static Stat read(byte[] struct) {
    var in = ByteBuffer.wrap(struct).order(ByteOrder.nativeOrder());
    var mode = Short.toUnsignedInt(in.getShort(28));
    return new Stat(
        kind(mode),
        new FileId(device(in), inode(in)),
        in.getLong(40),
        in.getInt(20),
        in.getInt(24),
        mode & 07777,
        in.getInt(16),
        in.getLong(112),
        in.getInt(120),
        in.getLong(96) * NANOS + in.getInt(104),
        in.getLong(144));
  }

  /// The device in a `struct statx`.
  static long device(ByteBuffer statx) {
    return device(statx.getInt(136), statx.getInt(140));
  }

  /// The inode number in a `struct statx`.
  static long inode(ByteBuffer statx) {
    return statx.getLong(32);
  }

  private static FileKind kind(int mode) {
    return switch (mode & 0170000) {
      case 0100000 -> FileKind.REGULAR;
      case 0040000 -> FileKind.DIRECTORY;
      case 0120000 -> FileKind.LINK;
      default -> FileKind.SPECIAL;
    };
  }

  /// The device number as `stat` and the rest of the world write it, so that ids from elsewhere
  /// compare equal.
  private static long device(int major, int minor) {
    var high = Integer.toUnsignedLong(major);
    var low = Integer.toUnsignedLong(minor);
    return ((high & 0xfffff000L) << 32)
        | ((high & 0xfffL) << 8)
        | ((low & 0xffffff00L) << 12)
        | (low & 0xffL);
  }

  /// Whether it is a directory.
  public boolean directory() {
    return kind == FileKind.DIRECTORY;
  }

  /// The part of it that the inventory knows.
  public FileFact fact() {
    return new FileFact(kind, id, size, uid, mode, links, seconds * NANOS + nanos, changed);
  }
}
