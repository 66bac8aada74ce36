package dev.interdict.fuzz;

import java.util.Arrays;
import java.util.Random;

/// Changes that know nothing of the format but that formats have lengths, lines and encodings.
final class Bytes {
  private static final int[] LENGTHS = {
    0,
    1,
    -1,
    2,
    4,
    8,
    127,
    128,
    255,
    256,
    65_535,
    1 << 20,
    1 << 24,
    1 << 30,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE
  };

  /// Not UTF-8: overlong, a surrogate, beyond the last character, a tail alone, a head alone.
  private static final byte[][] NO_TEXT = {
    {(byte) 0xc0, (byte) 0x80},
    {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
    {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
    {(byte) 0xbf},
    {(byte) 0xe2, (byte) 0x82},
    {(byte) 0xff, (byte) 0xfe},
    {(byte) 0xef, (byte) 0xbb, (byte) 0xbf},
    {0}
  };

  private Bytes() {}

  static byte[] edit(byte[] bytes, Random random) {
    if (bytes.length == 0) {
      return new byte[] {(byte) random.nextInt(256)};
    }
    var at = random.nextInt(bytes.length);
    var end = Math.min(bytes.length, at + 1 + random.nextInt(40));
    return switch (random.nextInt(11)) {
      case 0 -> set(bytes, at, bytes[at] ^ 1 << random.nextInt(8));
      case 1 -> set(bytes, at, random.nextInt(256));
      case 2 -> replaced(bytes, at, end, new byte[0]);
      case 3 -> replaced(bytes, at, at, Arrays.copyOfRange(bytes, at, end));
      case 4 -> repeated(bytes, at, end, random);
      case 5 -> Arrays.copyOf(bytes, at);
      case 6 -> Arrays.copyOfRange(bytes, at, bytes.length);
      case 7, 8 -> length(bytes, random);
      case 9 -> replaced(bytes, at, at, NO_TEXT[random.nextInt(NO_TEXT.length)]);
      default -> line(bytes, random);
    };
  }

  /// The beginning of one and the end of the other, or a piece of the other within the one.
  static byte[] spliced(byte[] one, byte[] other, Random random) {
    var from = random.nextInt(one.length + 1);
    var to = random.nextBoolean() ? one.length : from + random.nextInt(one.length - from + 1);
    var start = random.nextInt(other.length + 1);
    var end = to == one.length ? other.length : start + random.nextInt(other.length - start + 1);
    return replaced(one, from, to, Arrays.copyOfRange(other, start, end));
  }

  static byte[] replaced(byte[] bytes, int from, int to, byte[] middle) {
    var result = new byte[bytes.length - (to - from) + middle.length];
    System.arraycopy(bytes, 0, result, 0, from);
    System.arraycopy(middle, 0, result, from, middle.length);
    System.arraycopy(bytes, to, result, from + middle.length, bytes.length - to);
    return result;
  }

  private static byte[] set(byte[] bytes, int at, int value) {
    var result = bytes.clone();
    result[at] = (byte) value;
    return result;
  }

  private static byte[] repeated(byte[] bytes, int from, int to, Random random) {
    var piece = Arrays.copyOfRange(bytes, from, to);
    var times = 1 << random.nextInt(12);
    var many = new byte[piece.length * times];
    for (var i = 0; i < many.length; i++) {
      many[i] = piece[i % piece.length];
    }
    return replaced(bytes, from, from, many);
  }

  /// Overwrites one, two or four bytes, big-endian, as lengths and counts are written; often near
  /// the start, where they stand.
  private static byte[] length(byte[] bytes, Random random) {
    var width = 1 << random.nextInt(3);
    if (bytes.length < width) {
      return bytes;
    }
    var room = bytes.length - width + 1;
    var at = random.nextInt(random.nextBoolean() ? Math.min(16, room) : room);
    var value =
        random.nextInt(3) == 0
            ? bytes.length - at + random.nextInt(9) - 4
            : LENGTHS[random.nextInt(LENGTHS.length)];
    var result = bytes.clone();
    for (var i = 0; i < width; i++) {
      result[at + i] = (byte) (value >>> 8 * (width - 1 - i));
    }
    return result;
  }

  /// Takes one line away, or writes it a second time somewhere else.
  private static byte[] line(byte[] bytes, Random random) {
    var at = random.nextInt(bytes.length);
    var start = at;
    while (start > 0 && bytes[start - 1] != '\n') {
      start--;
    }
    var end = at;
    while (end < bytes.length && bytes[end++] != '\n') {}
    if (random.nextBoolean()) {
      return replaced(bytes, start, end, new byte[0]);
    }
    var target = random.nextInt(bytes.length);
    return replaced(bytes, target, target, Arrays.copyOfRange(bytes, start, end));
  }
}
