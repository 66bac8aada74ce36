package dev.interdict.agent.wording;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.List;

/// Measures, cuts and wraps text in terminal columns: two for a Chinese, Japanese or Korean
/// character and an emoji, none for a combining mark, one for the rest (after UAX #11).
public final class Columns {
  private static final String NO_LINE_START = "，。：；？！、）》」』】”’…";
  private static final String NO_LINE_END = "（《「『【“‘";

  private Columns() {}

  /// How many columns `text` takes.
  public static int of(String text) {
    return text.codePoints().map(Columns::of).sum();
  }

  private static int of(int c) {
    var type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    return wide(c) ? 2 : 1;
  }

  private static boolean wide(int c) {
    if (c < 0x1100) {
      return false;
    }
    var symbol =
        c >= 0x2E80 && c <= 0x303E
            || c >= 0x3300 && c <= 0x33FF
            || c >= 0xFF01 && c <= 0xFF60
            || c >= 0xFFE0 && c <= 0xFFE6
            || c >= 0x1F300 && c <= 0x1FAFF;
    if (symbol) {
      return true;
    }
    var script = UnicodeScript.of(c);
    return switch (script) {
      case HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO, YI -> c < 0xFF61 || c > 0xFFDC;
      default -> false;
    };
  }

  /// `text` in at most `width` columns, with an ellipsis where something was left out.
  public static String cut(String text, int width) {
    if (of(text) <= width) {
      return text;
    }
    var out = new StringBuilder();
    var used = 1;
    for (var i = 0; i < text.length(); ) {
      var c = text.codePointAt(i);
      used += of(c);
      if (used > width) {
        break;
      }
      out.appendCodePoint(c);
      i += Character.charCount(c);
    }
    return out.toString().stripTrailing() + "…";
  }

  /// `text` in lines of at most `width` columns, broken at blanks and between wide characters,
  /// never before a closing or after an opening mark. A word longer than a line is cut hard.
  public static List<String> wrap(String text, int width) {
    var lines = new ArrayList<String>();
    var line = new StringBuilder();
    for (var piece : pieces(text)) {
      var room = width - of(line.toString());
      if (of(piece.stripTrailing()) > room && !line.isEmpty()) {
        lines.add(line.toString().stripTrailing());
        line.setLength(0);
      }
      line.append(piece);
      while (of(line.toString().stripTrailing()) > width) {
        var end = fitting(line, width);
        lines.add(line.substring(0, end));
        line.delete(0, end);
      }
    }
    if (!line.isEmpty()) {
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  /// The parts between which a line may break; a blank belongs to the part before it.
  private static List<String> pieces(String text) {
    var pieces = new ArrayList<String>();
    var piece = new StringBuilder();
    var before = -1;
    for (var i = 0; i < text.length(); ) {
      var c = text.codePointAt(i);
      if (before >= 0 && breaks(before, c)) {
        pieces.add(piece.toString());
        piece.setLength(0);
      }
      piece.appendCodePoint(c);
      before = c;
      i += Character.charCount(c);
    }
    pieces.add(piece.toString());
    return pieces;
  }

  private static boolean breaks(int before, int after) {
    if (after == ' ' || NO_LINE_START.indexOf(after) >= 0 || NO_LINE_END.indexOf(before) >= 0) {
      return false;
    }
    return before == ' ' || wide(before) || wide(after) && of(after) > 0;
  }

  private static int fitting(CharSequence text, int width) {
    var used = 0;
    var i = 0;
    while (i < text.length()) {
      var c = Character.codePointAt(text, i);
      used += of(c);
      if (used > width) {
        break;
      }
      i += Character.charCount(c);
    }
    return Math.max(i, 1);
  }
}
