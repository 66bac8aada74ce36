package dev.interdict.agent.sources.windows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Writes hives with the kinds of records that no tool at hand writes: lists of lists, lists
/// without hashes, values in several cells, wide names.
final class HiveWriter {
  private final ByteBuffer cells = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);

  HiveWriter() {
    cells.put("hbin".getBytes(StandardCharsets.US_ASCII)).position(32);
  }

  /// A cell with that content.
  ///
  /// @return its offset, by which others refer to it
  int cell(ByteBuffer content) {
    var offset = cells.position();
    var size = content.capacity() + 4 + 7 & ~7;
    cells.putInt(-size).put(content.array()).position(offset + size);
    return offset;
  }

  static ByteBuffer content(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /// A key.
  ///
  /// @param keys offset of the list of its `keyCount` keys
  /// @param values offset of the list of its `valueCount` values
  int key(String name, boolean wide, int keyCount, int keys, int valueCount, int values) {
    var bytes = wide ? name.getBytes(StandardCharsets.UTF_16LE) : ascii(name);
    var key = content(76 + bytes.length).put(ascii("nk")).putShort((short) (wide ? 0 : 0x20));
    key.putInt(20, keyCount).putInt(28, keys).putInt(36, valueCount).putInt(40, values);
    key.putShort(72, (short) bytes.length).put(76, bytes);
    return cell(key);
  }

  int key(String name) {
    return key(name, false, 0, -1, 0, -1);
  }

  /// A list of keys with (`lh`, `lf`) or without hashes (`li`), or of lists (`ri`).
  int list(String kind, Integer... offsets) {
    var hashed = kind.startsWith("l") && !kind.equals("li");
    var list = content(4 + offsets.length * (hashed ? 8 : 4)).put(ascii(kind));
    list.putShort((short) offsets.length);
    for (var offset : offsets) {
      list.putInt(offset);
      if (hashed) {
        list.putInt(0);
      }
    }
    return cell(list);
  }

  int values(List<Integer> offsets) {
    var list = content(4 * offsets.size());
    offsets.forEach(list::putInt);
    return cell(list);
  }

  int value(String name, int type, int length, int data) {
    var value = content(20 + name.length()).put(ascii("vk")).putShort((short) name.length());
    value.putInt(length).putInt(data).putInt(type).putShort((short) 1).put(20, ascii(name));
    return cell(value);
  }

  /// A text in a cell of its own.
  int text(String name, String text) {
    var bytes = (text + "\0").getBytes(StandardCharsets.UTF_16LE);
    return value(name, 1, bytes.length, cell(content(bytes.length).put(bytes)));
  }

  /// Data in as many cells as it takes.
  int big(byte[] data) {
    var segments = new ArrayList<Integer>();
    for (var at = 0; at < data.length; at += 16_344) {
      var piece = Arrays.copyOfRange(data, at, Math.min(data.length, at + 16_344));
      segments.add(cell(content(piece.length).put(piece)));
    }
    var list = values(segments);
    return cell(content(8).put(ascii("db")).putShort((short) segments.size()).putInt(list));
  }

  /// The file, closed cleanly.
  byte[] file(int root) {
    var size = cells.position() + 4095 & ~4095;
    var file = content(4096 + size).put(ascii("regf")).putInt(7).putInt(7);
    file.putInt(0x14, 1).putInt(0x18, 5).putInt(0x20, 1).putInt(0x24, root).putInt(0x28, size);
    var checksum = 0;
    for (var at = 0; at < 508; at += 4) {
      checksum ^= file.getInt(at);
    }
    file.putInt(508, checksum).put(4096, cells.array(), 0, cells.position());
    return file.array();
  }
}
