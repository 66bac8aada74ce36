package dev.interdict.agent.platform.linux.kernel;

import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Tree;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the kernel's `struct linux_dirent64` records.
final class DirectoryEntries {
  private static final int HEADER = 19;

  private DirectoryEntries() {}

  /// Asked where a file system leaves an entry's kind open.
  interface KindOf {
    FileKind of(byte[] name) throws KernelException;
  }

  /// @param in in the machine's byte order
  static List<Tree.Entry> read(ByteBuffer in, int length, KindOf unknown) throws KernelException {
    var entries = new ArrayList<Tree.Entry>();
    var at = 0;
    while (at < length) {
      var size = Short.toUnsignedInt(in.getShort(at + 16));
      var name = name(in, at + HEADER, at + size);
      if (!dots(name)) {
        var kind = kind(in.get(at + 18), name, unknown);
        if (kind != null) {
          entries.add(new Tree.Entry(name, kind));
        }
      }
      at += size;
    }
    return entries;
  }

  /// The bytes up to a NUL or the limit.
  static byte[] name(ByteBuffer in, int from, int limit) {
    var end = from;
    while (end < limit && in.get(end) != 0) {
      end++;
    }
    var name = new byte[end - from];
    in.get(from, name);
    return name;
  }

  private static boolean dots(byte[] name) {
    return name[0] == '.' && (name.length == 1 || (name.length == 2 && name[1] == '.'));
  }

  private static @Nullable FileKind kind(byte type, byte[] name, KindOf unknown)
      throws KernelException {
    return switch (type) {
      case 8 -> FileKind.REGULAR;
      case 4 -> FileKind.DIRECTORY;
      case 10 -> FileKind.LINK;
      case 0 -> asked(name, unknown);
      default -> FileKind.SPECIAL;
    };
  }

  private static @Nullable FileKind asked(byte[] name, KindOf unknown) throws KernelException {
    try {
      return unknown.of(name);
    } catch (KernelException e) {
      if (e.errno() == Errno.ENOENT) {
        return null;
      }
      throw e;
    }
  }
}
