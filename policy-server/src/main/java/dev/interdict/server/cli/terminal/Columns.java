package dev.interdict.server.cli.terminal;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacter.EastAsianWidth;
import com.ibm.icu.lang.UProperty;

/// How much room text takes at a terminal: a Chinese character takes two columns, an accent that
/// stands on the letter before it takes none.
public final class Columns {
  private static final String CUT = "…";

  private Columns() {}

  /// The columns of `text`, which is printable.
  public static int of(String text) {
    return text.codePoints().map(Columns::of).sum();
  }

  /// The beginning of `text` that fits into so many columns, with a mark where it goes on.
  static String cut(String text, int room) {
    if (of(text) <= room) {
      return text;
    }
    var used = of(CUT);
    var at = 0;
    while (at < text.length()) {
      used += of(text.codePointAt(at));
      if (used > room) {
        break;
      }
      at = text.offsetByCodePoints(at, 1);
    }
    return text.substring(0, at) + CUT;
  }

  private static int of(int character) {
    if (Character.getType(character) == Character.NON_SPACING_MARK) {
      return 0;
    }
    return switch (UCharacter.getIntPropertyValue(character, UProperty.EAST_ASIAN_WIDTH)) {
      case EastAsianWidth.WIDE, EastAsianWidth.FULLWIDTH -> 2;
      default -> 1;
    };
  }
}
