package dev.interdict.agent.sources.linux;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads one section of an ELF file by its name (elf(5)), without reading the file.
final class ElfSection {
  private static final int MOST_SECTIONS = 256;
  private static final int MOST_NAMES = 64 << 10;

  private final Tree tree;
  private final BytePath file;
  private final ByteBuffer head;
  private final boolean wide;

  private ElfSection(Tree tree, BytePath file, byte[] head) {
    this.tree = tree;
    this.file = file;
    this.wide = head[4] == 2;
    this.head = order(head, head[5] == 2 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer order(byte[] bytes, ByteOrder order) {
    return ByteBuffer.wrap(bytes).order(order);
  }

  /// The content of the section, at most `limit` bytes; null where there is none, or the file is
  /// not what its head says.
  static byte @Nullable [] read(Tree tree, BytePath file, String name, int limit)
      throws UnreadableException {
    var head = tree.range(file, 0, 64);
    return head == null || head.length < 64
        ? null
        : new ElfSection(tree, file, head).find(name, limit);
  }

  private byte @Nullable [] find(String name, int limit) throws UnreadableException {
    var start = wide ? head.getLong(0x28) : Integer.toUnsignedLong(head.getInt(0x20));
    var size = head.getShort(wide ? 0x3a : 0x2e) & 0xffff;
    var count = head.getShort(wide ? 0x3c : 0x30) & 0xffff;
    var names = head.getShort(wide ? 0x3e : 0x32) & 0xffff;
    if (size != (wide ? 64 : 40) || count > MOST_SECTIONS || names >= count || start <= 0) {
      return null;
    }
    var table = piece(start, size * count);
    var texts = table == null ? null : content(table, names * size, MOST_NAMES);
    if (table == null || texts == null) {
      return null;
    }
    for (var i = 0; i < count; i++) {
      if (named(texts, table.getInt(i * size), name)) {
        return content(table, i * size, limit);
      }
    }
    return null;
  }

  private static boolean named(byte[] texts, int at, String name) {
    var wanted = (name + "\0").getBytes(StandardCharsets.US_ASCII);
    return at >= 0
        && at <= texts.length - wanted.length
        && Arrays.equals(texts, at, at + wanted.length, wanted, 0, wanted.length);
  }

  private byte @Nullable [] content(ByteBuffer table, int at, int limit)
      throws UnreadableException {
    var offset = wide ? table.getLong(at + 0x18) : Integer.toUnsignedLong(table.getInt(at + 0x10));
    var size = wide ? table.getLong(at + 0x20) : Integer.toUnsignedLong(table.getInt(at + 0x14));
    var bytes = offset < 0 || size < 0 ? null : piece(offset, (int) Math.min(size, limit));
    return bytes == null ? null : bytes.array();
  }

  private @Nullable ByteBuffer piece(long offset, int length) throws UnreadableException {
    var bytes = tree.range(file, offset, length);
    return bytes == null || bytes.length < length ? null : order(bytes, head.order());
  }
}
