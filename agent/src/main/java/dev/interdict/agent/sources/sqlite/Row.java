package dev.interdict.agent.sources.sqlite;

import dev.interdict.agent.inventory.UnreadableException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One row of a table, its columns counted from 0 in the order of the table's definition (file
/// format, section 2). A column that the table's primary key takes its row id from holds null.
///
/// Good only while its database is being read. Not thread-safe.
public final class Row {
  private static final int MOST_HEADER = 64 << 10;
  private static final int MOST_TEXT = 1 << 20;

  private final long id;
  private final Payload payload;
  private final List<Column> columns = new ArrayList<>();

  /// @param type the serial type, which tells kind and length
  private record Column(long type, long start) {
    long length() {
      if (type >= 12) {
        return (type - 12) / 2;
      }
      return switch ((int) type) {
        case 1, 2, 3, 4 -> type;
        case 5 -> 6;
        case 6, 7 -> 8;
        default -> 0;
      };
    }
  }

  Row(long id, Payload payload) throws UnreadableException {
    this.id = id;
    this.payload = payload;
    var header = Varint.at(payload.first(9), 0);
    if (header == null || header.value() < header.length() || header.value() > MOST_HEADER) {
      throw malformed();
    }
    var bytes = Arrays.copyOf(payload.first(header.value()), (int) header.value());
    var start = header.value();
    for (var at = header.length(); at < bytes.length; ) {
      var type = Varint.at(bytes, at);
      if (type == null || type.value() < 0) {
        throw malformed();
      }
      var column = new Column(type.value(), start);
      if (column.length() > payload.length()) {
        throw malformed();
      }
      columns.add(column);
      start += column.length();
      at += type.length();
    }
    if (start > payload.length()) {
      throw malformed();
    }
  }

  /// The row id.
  public long id() {
    return id;
  }

  /// The first bytes of a blob or text, at most `limit`; null where the column is of another kind.
  public byte @Nullable [] bytes(int column, int limit) throws UnreadableException {
    var at = column < columns.size() ? columns.get(column) : null;
    if (at == null || at.type() < 12) {
      return null;
    }
    var end = at.start() + Math.min(at.length(), limit);
    return Arrays.copyOfRange(payload.first(end), (int) at.start(), (int) end);
  }

  /// How long a blob or text is in bytes; 0 where the column is of another kind.
  public long length(int column) {
    return column < columns.size() && columns.get(column).type() >= 12
        ? columns.get(column).length()
        : 0;
  }

  /// A text of up to 1 MiB, or null where the column is of another kind or longer.
  public @Nullable String text(int column) throws UnreadableException {
    var odd = column < columns.size() && columns.get(column).type() % 2 == 1;
    if (!odd || length(column) > MOST_TEXT) {
      return null;
    }
    var bytes = bytes(column, MOST_TEXT);
    Charset encoding = payload.database().encoding();
    return bytes == null ? null : new String(bytes, encoding);
  }

  /// A whole number, or 0 where the column is of another kind.
  public long number(int column) throws UnreadableException {
    var at = column < columns.size() ? columns.get(column) : null;
    if (at == null || at.type() >= 12 || at.type() == 7) {
      return 0;
    }
    if (at.type() == 9) {
      return 1;
    }
    var bytes = payload.first(at.start() + at.length());
    var value = 0L;
    for (var i = 0; i < at.length(); i++) {
      var b = bytes[(int) at.start() + i];
      value = i == 0 ? b : value << 8 | b & 0xff;
    }
    return value;
  }

  private UnreadableException malformed() {
    return payload.database().malformed("has a row that cannot be read");
  }
}
