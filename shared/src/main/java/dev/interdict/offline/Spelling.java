package dev.interdict.offline;

import java.math.BigInteger;

/// Ninety bits as people read them over the telephone: twenty of Crockford's base-32 symbols, which
/// leave out I, L, O and U, in groups of four. Ten of the hundred bits are a cyclic redundancy
/// check (x¹⁰ + x⁹ + x⁵ + x⁴ + x + 1, CRC-10/ATM), so that no single wrong symbol and no two
/// neighbours that changed places are ever taken, and of other mistakes one in a thousand.
enum Spelling {
  /// What the device shows.
  CHALLENGE(0x155),
  /// What the helpdesk answers; one kind never passes for the other.
  CODE(0x2aa);

  static final int BITS = 90;
  private static final int CHECK_BITS = 10;
  private static final int SYMBOLS = 20;
  private static final int GROUP = 4;
  private static final int POLYNOMIAL = 0x233;
  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  /// More than anybody writes between the symbols.
  private static final int MOST_TEXT = 64;

  private final int start;

  Spelling(int start) {
    this.start = start;
  }

  /// The symbols of `value`, which has at most [#BITS] bits.
  String write(BigInteger value) {
    if (value.signum() < 0 || value.bitLength() > BITS) {
      throw new IllegalArgumentException("more than " + BITS + " bits");
    }
    var text = symbols(value.shiftLeft(CHECK_BITS).or(check(value)), SYMBOLS);
    var out = new StringBuilder();
    for (var at = 0; at < SYMBOLS; at += GROUP) {
      out.append(at == 0 ? "" : "-").append(text, at, at + GROUP);
    }
    return out.toString();
  }

  /// What people read and typed, however they grouped it and in whichever case.
  ///
  /// @throws IllegalArgumentException if it is not what was written; the message says what to do
  BigInteger read(String text) {
    if (text.length() > MOST_TEXT) {
      throw new IllegalArgumentException("that is too long: it has " + SYMBOLS + " symbols");
    }
    var all = BigInteger.ZERO;
    var symbols = 0;
    for (var c : text.toCharArray()) {
      if (isBetween(c)) {
        continue;
      }
      var symbol = ALPHABET.indexOf(meant(c));
      if (symbol < 0) {
        throw new IllegalArgumentException(
            "it has only the digits and the letters A to Z without I, L, O and U; read it again");
      }
      all = all.shiftLeft(5).or(BigInteger.valueOf(symbol));
      symbols++;
    }
    if (symbols != SYMBOLS) {
      throw new IllegalArgumentException("it has " + SYMBOLS + " symbols, and not " + symbols);
    }
    var value = all.shiftRight(CHECK_BITS);
    if (!check(value).equals(all.subtract(value.shiftLeft(CHECK_BITS)))) {
      throw new IllegalArgumentException("a symbol is wrong or in another place; read it again");
    }
    return value;
  }

  /// The low bits of `value` as `count` symbols.
  static String symbols(BigInteger value, int count) {
    var out = new StringBuilder();
    for (var at = count - 1; at >= 0; at--) {
      out.append(ALPHABET.charAt(value.shiftRight(5 * at).intValue() & 31));
    }
    return out.toString();
  }

  /// Spaces, and what keyboards and chat programs make of a hyphen.
  private static boolean isBetween(char c) {
    return c == ' ' || c == '-' || c == '\u3000' || c >= '\u2010' && c <= '\u2015';
  }

  private static char meant(char c) {
    var upper = c >= 'a' && c <= 'z' ? (char) (c - 'a' + 'A') : c;
    return switch (upper) {
      case 'O' -> '0';
      case 'I', 'L' -> '1';
      default -> upper;
    };
  }

  private BigInteger check(BigInteger value) {
    var register = start;
    for (var at = BITS - 1; at >= 0; at--) {
      var bit = (register >> CHECK_BITS - 1 & 1) ^ (value.testBit(at) ? 1 : 0);
      register = (register << 1 & 0x3ff) ^ (bit == 1 ? POLYNOMIAL : 0);
    }
    return BigInteger.valueOf(register);
  }
}
