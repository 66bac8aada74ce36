package dev.interdict.agent.sources.reading;

import dev.interdict.agent.sources.reading.PropertyList.FormatException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The binary form of a property list, as CoreFoundation's CFBinaryPList.c describes it: objects, a
/// table of their offsets, and a trailer that tells how wide offsets and references are.
///
/// Every number in the file is a claim: what it points to must lie in front of the table. All texts
/// together are no longer than the file, which is so where each is stored for itself.
final class BinaryPropertyList {
  private static final byte[] MAGIC = "bplist0".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER = 8;
  private static final int TRAILER = 32;

  private static final int INTEGER = 0x1;
  private static final int ASCII = 0x5;
  private static final int UTF_16 = 0x6;
  private static final int DICTIONARY = 0xd;

  private final ByteBuffer file;
  private final int offsetWidth;
  private final int referenceWidth;
  private final long objects;
  private final int table;
  private int textsLeft;

  /// What an object's first byte tells.
  ///
  /// @param count of its entries or characters
  /// @param content where they begin
  private record Marker(int type, int count, int content) {}

  BinaryPropertyList(byte[] bytes) throws FormatException {
    if (bytes.length < HEADER + TRAILER) {
      throw new FormatException("is too short for a binary property list");
    }
    file = ByteBuffer.wrap(bytes);
    var trailer = bytes.length - TRAILER;
    offsetWidth = file.get(trailer + 6);
    referenceWidth = file.get(trailer + 7);
    objects = file.getLong(trailer + 8);
    var tableAt = file.getLong(trailer + 24);
    if (offsetWidth < 1
        || offsetWidth > 8
        || referenceWidth < 1
        || referenceWidth > 8
        || objects < 1
        || objects > bytes.length
        || tableAt < HEADER
        || tableAt > trailer - objects * offsetWidth) {
      throw new FormatException("has a trailer that does not fit the file");
    }
    table = (int) tableAt;
    textsLeft = bytes.length;
  }

  static boolean is(byte[] bytes) {
    return bytes.length >= HEADER
        && ByteBuffer.wrap(bytes, 0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC));
  }

  Map<String, String> texts() throws FormatException {
    var top = at(file.getLong(file.capacity() - TRAILER + 16));
    if (top.type() != DICTIONARY) {
      throw new FormatException("has no dictionary at the top");
    }
    within(top.content(), 2L * top.count() * referenceWidth);
    var texts = new HashMap<String, String>();
    for (var i = 0; i < top.count(); i++) {
      var key = text(reference(top, i));
      var value = text(reference(top, top.count() + i));
      if (key != null && value != null) {
        texts.put(key, value);
      }
    }
    return texts;
  }

  private Marker reference(Marker top, int index) throws FormatException {
    return at(number(top.content() + index * referenceWidth, referenceWidth));
  }

  private Marker at(long object) throws FormatException {
    if (object < 0 || object >= objects) {
      throw new FormatException("refers to an object that is not there");
    }
    var offset = number(table + (int) object * offsetWidth, offsetWidth);
    within(offset, 1);
    var first = file.get((int) offset);
    var type = first >> 4 & 0xf;
    var count = first & 0xf;
    var content = (int) offset + 1;
    return count == 0xf ? counted(type, content) : new Marker(type, count, content);
  }

  /// A count that does not fit the first byte follows as an integer.
  private Marker counted(int type, int at) throws FormatException {
    within(at, 1);
    var first = file.get(at);
    var width = 1 << (first & 0xf);
    if ((first >> 4 & 0xf) != INTEGER || width > 8) {
      throw new FormatException("has an object without a valid count");
    }
    within(at + 1, width);
    var count = number(at + 1, width);
    if (count < 0 || count > file.capacity()) {
      throw new FormatException("has an object that is longer than the file");
    }
    return new Marker(type, (int) count, at + 1 + width);
  }

  private @Nullable String text(Marker object) throws FormatException {
    if (object.type() != ASCII && object.type() != UTF_16) {
      return null;
    }
    var wide = object.type() == UTF_16;
    var length = wide ? 2L * object.count() : object.count();
    within(object.content(), length);
    textsLeft -= (int) length;
    if (textsLeft < 0) {
      throw new FormatException("holds the same text again and again");
    }
    return new String(
        file.array(),
        object.content(),
        (int) length,
        wide ? StandardCharsets.UTF_16BE : StandardCharsets.US_ASCII);
  }

  /// A big-endian number without a sign; one of 8 bytes may come out negative.
  private long number(int at, int width) {
    var number = 0L;
    for (var i = 0; i < width; i++) {
      number = number << 8 | file.get(at + i) & 0xff;
    }
    return number;
  }

  private void within(long offset, long length) throws FormatException {
    if (offset < HEADER || offset > table - length) {
      throw new FormatException("has an object that does not fit the file");
    }
  }
}
