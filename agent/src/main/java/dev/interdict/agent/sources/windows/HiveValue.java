package dev.interdict.agent.sources.windows;

import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A value of a hive file (`vk`). Up to four bytes lie in the record itself, more in a cell of
/// their own, and more than one cell takes in several (`db`).
record HiveValue(HiveBytes hive, Cell cell, String name) {
  private static final int NAME = 20;
  private static final int PLAIN_NAME = 1;
  private static final int INLINE = 0x80000000;
  private static final int LONGEST = 32 << 10;

  /// What one segment of a value in several cells holds at most.
  private static final int SEGMENT = 16_344;

  private static final int TEXT = 1;
  private static final int EXPANDABLE = 2;
  private static final int NUMBER = 4;

  static HiveValue at(HiveBytes hive, int offset) throws UnreadableException {
    var cell = Cell.at(hive, offset);
    if (!cell.is("vk")) {
      throw hive.broken("refers to a value that is none");
    }
    var name = cell.bytes(NAME, cell.u16(2));
    var plain = (cell.u16(16) & PLAIN_NAME) != 0;
    return new HiveValue(
        hive,
        cell,
        new String(name, plain ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_16LE));
  }

  /// The text up to its first NUL, which need not be there; null for another type.
  @Nullable String text() throws UnreadableException {
    var type = cell.i32(12);
    if (type != TEXT && type != EXPANDABLE) {
      return null;
    }
    var text = new String(data(), StandardCharsets.UTF_16LE);
    var end = text.indexOf(0);
    return end < 0 ? text : text.substring(0, end);
  }

  /// The number; null for another type.
  @Nullable Integer number() throws UnreadableException {
    return cell.i32(12) == NUMBER && (cell.i32(4) & ~INLINE) == 4
        ? Integer.valueOf(new Cell(hive, numberAt(), 4).i32(0))
        : null;
  }

  private long numberAt() throws UnreadableException {
    return (cell.i32(4) & INLINE) != 0 ? cell.start() + 8 : Cell.at(hive, cell.i32(8)).start();
  }

  private byte[] data() throws UnreadableException {
    var length = cell.i32(4);
    if ((length & INLINE) != 0) {
      return cell.bytes(8, Math.min(length & ~INLINE, 4));
    }
    if (length < 0 || length > LONGEST) {
      throw new UnreadableException(
          Reason.TOO_LARGE, hive.file(), "has a value longer than " + LONGEST + " bytes");
    }
    if (length == 0) {
      return new byte[0];
    }
    var data = Cell.at(hive, cell.i32(8));
    return length > SEGMENT && data.is("db") ? segments(data, length) : data.bytes(0, length);
  }

  private byte[] segments(Cell data, int length) throws UnreadableException {
    var list = Cell.at(hive, data.i32(4));
    var whole = new byte[length];
    for (var done = 0; done < length; done += SEGMENT) {
      var segment = Cell.at(hive, list.i32(4 * (done / SEGMENT)));
      var some = Math.min(SEGMENT, length - done);
      System.arraycopy(segment.bytes(0, some), 0, whole, done, some);
    }
    return whole;
  }
}
