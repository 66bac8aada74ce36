package dev.interdict.agent.sources.windows;

import dev.interdict.agent.inventory.UnreadableException;
import java.nio.charset.StandardCharsets;

/// One record of a hive. Knows where it ends, so that no claim in it reaches beyond.
///
/// @param start of its content in the file
/// @param size of its content
record Cell(HiveBytes hive, long start, int size) {
  /// Offsets in a hive count from behind its base block.
  private static final int BASE = 4096;

  /// The most that a cell in use by one value or list takes; larger values lie in several.
  private static final int MOST = 1 << 20;

  /// @param offset as the hive itself refers to it
  static Cell at(HiveBytes hive, int offset) throws UnreadableException {
    var place = Integer.toUnsignedLong(offset) + BASE;
    var size = -(long) new Cell(hive, place, 4).i32(0);
    if (offset == -1 || place % 8 != 0 || size < 8 || size > MOST) {
      throw hive.broken("refers to a record that is none");
    }
    return new Cell(hive, place + 4, (int) size - 4);
  }

  byte[] bytes(int offset, int length) throws UnreadableException {
    if (offset < 0 || length < 0 || length > size - offset) {
      throw hive.broken("has a record that is shorter than it says");
    }
    return hive.bytes(start + offset, length);
  }

  int u16(int offset) throws UnreadableException {
    var b = bytes(offset, 2);
    return b[0] & 0xff | (b[1] & 0xff) << 8;
  }

  int i32(int offset) throws UnreadableException {
    return u16(offset) | u16(offset + 2) << 16;
  }

  boolean is(String signature) throws UnreadableException {
    return signature(0, signature.length()).equals(signature);
  }

  /// The plain text there.
  String signature(int offset, int length) throws UnreadableException {
    return new String(bytes(offset, length), StandardCharsets.ISO_8859_1);
  }
}
