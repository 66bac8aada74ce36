package dev.interdict.agent.sources.windows;

import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A key of a hive file (`nk`), with its lists of keys (`lf`, `lh`, `li`, and `ri` over those) and
/// its values (`vk`).
record HiveKey(HiveBytes hive, Cell cell, String name) implements RegistryKey {
  private static final int NAME = 76;
  private static final int PLAIN_NAME = 0x20;

  /// Of keys or values below one key. Only keys that nobody asks for have more.
  private static final int MOST = 20_000;

  static HiveKey at(HiveBytes hive, int offset) throws UnreadableException {
    var cell = Cell.at(hive, offset);
    if (!cell.is("nk")) {
      throw hive.broken("refers to a key that is none");
    }
    var name = text(cell.bytes(NAME, cell.u16(72)), (cell.u16(2) & PLAIN_NAME) != 0);
    return new HiveKey(hive, cell, name);
  }

  private static String text(byte[] name, boolean plain) {
    return new String(name, plain ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_16LE);
  }

  @Override
  public @Nullable RegistryKey child(String name) throws UnreadableException {
    for (var offset : offsets()) {
      var key = at(hive, offset);
      if (key.name().equalsIgnoreCase(name)) {
        return key;
      }
    }
    return null;
  }

  @Override
  public List<RegistryKey> children() throws UnreadableException {
    var keys = new ArrayList<RegistryKey>();
    for (var offset : offsets()) {
      keys.add(at(hive, offset));
    }
    return keys;
  }

  private List<Integer> offsets() throws UnreadableException {
    var offsets = new ArrayList<Integer>();
    if (cell.i32(20) == 0) {
      return offsets;
    }
    var list = Cell.at(hive, cell.i32(28));
    if (!list.is("ri")) {
      add(list, offsets);
      return offsets;
    }
    for (var i = 0; i < list.u16(2); i++) {
      add(Cell.at(hive, list.i32(4 + 4 * i)), offsets);
    }
    return offsets;
  }

  private void add(Cell list, List<Integer> offsets) throws UnreadableException {
    var hashed = list.is("lf") || list.is("lh");
    if (!hashed && !list.is("li")) {
      throw hive.broken("refers to a list of keys that is none");
    }
    var count = list.u16(2);
    within(offsets.size() + (long) count);
    for (var i = 0; i < count; i++) {
      offsets.add(list.i32(4 + (hashed ? 8 : 4) * i));
    }
  }

  private void within(long count) throws UnreadableException {
    if (count > MOST) {
      throw new UnreadableException(
          Reason.BUDGET, hive.file(), "has a key with more than " + MOST + " entries");
    }
  }

  @Override
  public @Nullable String text(String value) throws UnreadableException {
    var found = value(value);
    return found == null ? null : found.text();
  }

  @Override
  public @Nullable Integer number(String value) throws UnreadableException {
    var found = value(value);
    return found == null ? null : found.number();
  }

  private @Nullable HiveValue value(String name) throws UnreadableException {
    var count = Integer.toUnsignedLong(cell.i32(36));
    if (count == 0) {
      return null;
    }
    within(count);
    var list = Cell.at(hive, cell.i32(40));
    for (var i = 0; i < count; i++) {
      var value = HiveValue.at(hive, list.i32(4 * i));
      if (value.name().equalsIgnoreCase(name)) {
        return value;
      }
    }
    return null;
  }
}
