package dev.interdict.server.cli.terminal;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacter.EastAsianWidth;
import com.ibm.icu.lang.UProperty;

/// How much room text takes at a terminal: a Chinese character takes two columns.
public final class Columns {
  private Columns() {}

  /// The columns of `text`, which is printable.
  public static int of(String text) {
    return text.codePoints().map(Columns::of).sum();
  }

  private static int of(int character) {
    return switch (UCharacter.getIntPropertyValue(character, UProperty.EAST_ASIAN_WIDTH)) {
      case EastAsianWidth.WIDE, EastAsianWidth.FULLWIDTH -> 2;
      default -> 1;
    };
  }
}
