package dev.interdict.server.pdf;

import java.util.Locale;

/// A colour, of which each part is 0 to 255. Immutable.
public record Ink(int red, int green, int blue) {
  public static final Ink BLACK = new Ink(0, 0, 0);
  public static final Ink WHITE = new Ink(255, 255, 255);

  /// @throws IllegalArgumentException if a part is none
  public Ink {
    if ((red | green | blue) < 0 || Math.max(red, Math.max(green, blue)) > 255) {
      throw new IllegalArgumentException("a colour has parts of 0 to 255");
    }
  }

  /// The colour of six hexadecimal digits.
  public static Ink of(String hex) {
    var value = Integer.parseInt(hex, 16);
    return new Ink(value >> 16 & 0xff, value >> 8 & 0xff, value & 0xff);
  }

  String operands() {
    return String.format(Locale.ROOT, "%.3f %.3f %.3f", red / 255.0, green / 255.0, blue / 255.0);
  }
}
