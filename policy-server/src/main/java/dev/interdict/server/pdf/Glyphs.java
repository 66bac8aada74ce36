package dev.interdict.server.pdf;

import dev.interdict.identity.Printable;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Text as the two fonts of a document have it: Latin in Helvetica, Chinese in a font that readers
/// bring along. What is in neither, right-to-left scripts and pictures among it, is shown as a
/// backslash, `u` and its number in braces: never silently left out. Pure functions.
final class Glyphs {
  private static final Charset LATIN = Charset.forName("windows-1252");

  private Glyphs() {}

  /// Characters of one font, one after the other.
  ///
  /// @param chinese whether they are in the Chinese font
  record Run(String text, boolean chinese) {
    /// As an operand of the operator that shows text.
    String hex() {
      return "<"
          + HexFormat.of().formatHex(text.getBytes(chinese ? StandardCharsets.UTF_16BE : LATIN))
          + ">";
    }

    double width(Face face, double size) {
      if (chinese) {
        return text.length() * size;
      }
      var width = 0;
      for (var octet : text.getBytes(LATIN)) {
        width += face.width(octet & 0xff);
      }
      return width * size / 1000;
    }
  }

  /// The text with what can be shown alone, and the rest by its number.
  static String shown(String text) {
    var out = new StringBuilder(text.length());
    Printable.of(text)
        .codePoints()
        .forEach(c -> {
          if (isLatin(c) || isChinese(c)) {
            out.appendCodePoint(c);
          } else {
            out.append("\\u{").append(Integer.toHexString(c)).append('}');
          }
        });
    return out.toString();
  }

  /// The runs of a text.
  ///
  /// @param shown as [#shown] gave it
  static List<Run> runs(String shown) {
    var runs = new ArrayList<Run>();
    var start = 0;
    for (var i = 1; i <= shown.length(); i++) {
      if (i == shown.length() || isLatin(shown.charAt(i)) != isLatin(shown.charAt(start))) {
        runs.add(new Run(shown.substring(start, i), !isLatin(shown.charAt(start))));
        start = i;
      }
    }
    return runs;
  }

  static double width(String shown, Face face, double size) {
    return runs(shown).stream().mapToDouble(run -> run.width(face, size)).sum();
  }

  /// Lines no wider than that, broken at spaces and between Chinese characters, and within a word
  /// that is wider than a line by itself.
  static List<String> wrapped(String shown, Face face, double size, double width) {
    var lines = new ArrayList<String>();
    var line = new StringBuilder();
    var used = 0.0;
    for (var piece : pieces(shown)) {
      var wide = width(piece.stripTrailing(), face, size);
      if (!line.isEmpty() && used + wide > width) {
        lines.add(line.toString().stripTrailing());
        line.setLength(0);
        used = 0;
      }
      if (wide > width) {
        for (var i = 0; i < piece.length(); i++) {
          var one = width(piece.substring(i, i + 1), face, size);
          if (!line.isEmpty() && used + one > width) {
            lines.add(line.toString());
            line.setLength(0);
            used = 0;
          }
          line.append(piece.charAt(i));
          used += one;
        }
      } else {
        line.append(piece);
        used += width(piece, face, size);
      }
    }
    lines.add(line.toString().stripTrailing());
    return lines;
  }

  /// A text cut so that it is no wider than that, with `…` in place of the rest.
  static String cut(String shown, Face face, double size, double width) {
    if (width(shown, face, size) <= width) {
      return shown;
    }
    var end = shown.length();
    while (end > 0 && width(shown.substring(0, end) + "…", face, size) > width) {
      end--;
    }
    return shown.substring(0, end) + "…";
  }

  private static List<String> pieces(String shown) {
    var pieces = new ArrayList<String>();
    var start = 0;
    for (var i = 1; i <= shown.length(); i++) {
      if (i == shown.length()
          || shown.charAt(i - 1) == ' ' && shown.charAt(i) != ' '
          || mayBreak(shown.charAt(i - 1), shown.charAt(i))) {
        pieces.add(shown.substring(start, i));
        start = i;
      }
    }
    return pieces;
  }

  /// Between two characters of which one is Chinese, unless a line would begin with what ends a
  /// clause.
  private static boolean mayBreak(char before, char after) {
    return (isChinese(before) || isChinese(after))
        && "，。、；：？！）》”’%,.;:)".indexOf(after) < 0
        && "（《“‘(".indexOf(before) < 0;
  }

  /// Whether Helvetica has it.
  private static boolean isLatin(int c) {
    return c >= ' ' && c < 0x7f || c > 0xa0 && c < 0x100 && c != 0xad || isLatinBeyond(c);
  }

  private static boolean isLatinBeyond(int c) {
    return c < 0x10000 && c >= 0x152 && LATIN.newEncoder().canEncode((char) c);
  }

  /// Whether it is one of those that every font for the character collection Adobe-GB1 has.
  private static boolean isChinese(int c) {
    return c >= 0x4e00 && c <= 0x9fa5
        || c >= 0x3400 && c <= 0x4db5
        || c >= 0x3000 && c <= 0x3017
        || c >= 0x3041 && c <= 0x3093
        || c >= 0x30a1 && c <= 0x30f6
        || c >= 0xff01 && c <= 0xff5e
        || c >= 0x391 && c <= 0x3a9 && c != 0x3a2
        || c >= 0x3b1 && c <= 0x3c9 && c != 0x3c2
        || c >= 0x410 && c <= 0x44f;
  }
}
