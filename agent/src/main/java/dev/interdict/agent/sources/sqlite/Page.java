package dev.interdict.agent.sources.sqlite;

/// One page of a b-tree (file format, section 1.6).
///
/// @param start where the b-tree's part begins: after the database's header on the first page
record Page(int number, byte[] bytes, int start) {
  static final int TABLE_INTERIOR = 5;
  static final int TABLE_LEAF = 13;

  /// A power of two from 512 to 65536.
  static boolean validSize(int size) {
    return size >= 512 && size <= 65536 && Integer.bitCount(size) == 1;
  }

  int type() {
    return bytes[start];
  }

  int cells() {
    return u16(start + 3);
  }

  /// Where a cell begins; may lie outside of the page.
  int cell(int index) {
    var at = start + (type() == TABLE_INTERIOR ? 12 : 8) + 2 * index;
    return at + 2 <= bytes.length ? u16(at) : bytes.length;
  }

  /// The last child of an interior page.
  int rightmost() {
    return i32(start + 8);
  }

  int i32(int at) {
    return u16(at) << 16 | u16(at + 2);
  }

  private int u16(int at) {
    return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
  }
}
