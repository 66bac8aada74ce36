package dev.interdict.agent.sources.sqlite;

import org.jspecify.annotations.Nullable;

/// SQLite's integers of one to nine bytes, most significant bits first (file format, section 1.6).
///
/// @param length of its encoding in bytes
record Varint(long value, int length) {

  /// The one at that place, or null where the bytes end inside of it.
  static @Nullable Varint at(byte[] bytes, int at) {
    var value = 0L;
    for (var i = 0; i < 9; i++) {
      if (at + i >= bytes.length) {
        return null;
      }
      var b = bytes[at + i];
      if (i == 8) {
        return new Varint(value << 8 | b & 0xff, 9);
      }
      value = value << 7 | b & 0x7f;
      if (b >= 0) {
        return new Varint(value, i + 1);
      }
    }
    throw new AssertionError("the ninth byte is the last");
  }
}
