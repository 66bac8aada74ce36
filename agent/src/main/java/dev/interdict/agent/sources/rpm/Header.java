package dev.interdict.agent.sources.rpm;

import dev.interdict.agent.inventory.UnreadableException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What is read of one package's header, as a database holds it: two counts, an index of tags, and
/// their data, all big-endian (rpm's documentation, "Package format", header structure). The long
/// parts, such as lists of files, are not looked at.
///
/// @param epoch null where the package has none
/// @param arch null where the package has none, as the keys that rpm keeps like packages
record Header(
    String name, String version, String release, @Nullable Long epoch, @Nullable String arch) {

  private static final int NAME = 1000;
  private static final int VERSION = 1001;
  private static final int RELEASE = 1002;
  private static final int EPOCH = 1003;
  private static final int ARCH = 1022;

  private static final int INT32 = 4;
  private static final int STRING = 6;

  /// rpm itself takes no more tags and no longer headers.
  private static final int MOST_TAGS = 0xffff;

  private static final int MOST_BYTES = 256 << 20;

  /// What is looked for stands before the lists of files.
  private static final int MOST_LOOKED_AT = 4 << 20;

  private static final int LONGEST = 256;

  /// The bytes of one header, of which the beginning is enough.
  @FunctionalInterface
  interface Bytes {
    /// The first bytes, at most `length`.
    byte[] first(int length) throws UnreadableException;
  }

  private record Entry(int type, int offset, int count) {}

  /// The header, or null where it is none or lacks what every package has.
  ///
  /// @throws UnreadableException where the bytes cannot be had
  static @Nullable Header read(Bytes bytes) throws UnreadableException {
    var counts = bytes.first(8);
    if (counts.length < 8) {
      return null;
    }
    var tags = ByteBuffer.wrap(counts).getInt(0);
    var length = ByteBuffer.wrap(counts).getInt(4);
    if (tags < 1 || tags > MOST_TAGS || length < 1 || length > MOST_BYTES) {
      return null;
    }
    var data = 8 + 16 * tags;
    var index = bytes.first(data);
    var entries = index.length < data ? null : entries(ByteBuffer.wrap(index), tags, length);
    if (entries == null) {
      return null;
    }
    var end = entries.values().stream().mapToInt(Entry::offset).max().orElse(0);
    return of(entries, bytes.first(data + Math.min(length, end + LONGEST)), data);
  }

  private static @Nullable Map<Integer, Entry> entries(ByteBuffer index, int tags, int length) {
    var entries = new TreeMap<Integer, Entry>();
    for (var i = 0; i < tags; i++) {
      var at = 8 + 16 * i;
      var tag = index.getInt(at);
      if (tag >= NAME && tag <= EPOCH || tag == ARCH) {
        var entry = new Entry(index.getInt(at + 4), index.getInt(at + 8), index.getInt(at + 12));
        var type = tag == EPOCH ? INT32 : STRING;
        if (entry.type() != type
            || entry.count() != 1
            || entry.offset() < 0
            || entry.offset() >= Math.min(length, MOST_LOOKED_AT)
            || entries.put(tag, entry) != null) {
          return null;
        }
      }
    }
    return entries;
  }

  private static @Nullable Header of(Map<Integer, Entry> entries, byte[] bytes, int data) {
    var name = text(entries.get(NAME), bytes, data);
    var version = text(entries.get(VERSION), bytes, data);
    var release = text(entries.get(RELEASE), bytes, data);
    var arch = text(entries.get(ARCH), bytes, data);
    var epoch = entries.get(EPOCH);
    if (name == null
        || version == null
        || release == null
        || entries.containsKey(ARCH) && arch == null
        || epoch != null && data + epoch.offset() + 4 > bytes.length) {
      return null;
    }
    return new Header(
        name,
        version,
        release,
        epoch == null
            ? null
            : Integer.toUnsignedLong(ByteBuffer.wrap(bytes).getInt(data + epoch.offset())),
        arch);
  }

  /// A text up to its NUL; null where there is none of at most 255 bytes.
  private static @Nullable String text(@Nullable Entry entry, byte[] bytes, int data) {
    if (entry == null) {
      return null;
    }
    var start = data + entry.offset();
    for (var at = start; at < bytes.length && at < start + LONGEST; at++) {
      if (bytes[at] == 0) {
        return new String(bytes, start, at - start, StandardCharsets.UTF_8);
      }
    }
    return null;
  }
}
