package dev.interdict.identity;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

/// Foreign text made fit for a log line, a terminal or a notice: one line, what is seen is what is
/// there.
///
/// Controls, line and paragraph separators, bidirectional overrides and every other invisible
/// formatting character, half surrogate pairs, private and unassigned characters become a
/// backslash, `u` and their number in braces; bytes that are not UTF-8 become `\x{ff}`. A backslash
/// stays, so that Windows paths stay readable: the form is for eyes and cannot be read back. It
/// does not escape HTML, JSON or CSV.
public final class Printable {
  private Printable() {}

  public static String of(String text) {
    if (isPlain(text)) {
      return text;
    }
    var out = new StringBuilder(text.length());
    text.codePoints().forEach(c -> append(c, out));
    return out.toString();
  }

  /// Most texts are: ASCII without controls stays as it is.
  private static boolean isPlain(String text) {
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c < ' ' || c > '~') {
        return false;
      }
    }
    return true;
  }

  /// The same, cut after `limit` characters of the text with `…` in place of the rest.
  public static String of(String text, int limit) {
    return text.codePointCount(0, text.length()) <= limit
        ? of(text)
        : of(text.substring(0, text.offsetByCodePoints(0, limit))) + "…";
  }

  /// File names and other raw bytes, read as UTF-8.
  public static String of(byte[] bytes) {
    var decoder = StandardCharsets.UTF_8.newDecoder();
    var in = ByteBuffer.wrap(bytes);
    var chars = CharBuffer.allocate(bytes.length);
    var out = new StringBuilder(bytes.length);
    while (true) {
      var result = decoder.decode(in, chars, true);
      out.append(of(chars.flip().toString()));
      chars.clear();
      if (!result.isError()) {
        return out.toString();
      }
      for (var i = 0; i < result.length(); i++) {
        out.append("\\x{%02x}".formatted(in.get()));
      }
    }
  }

  private static void append(int c, StringBuilder out) {
    if (isSafe(c)) {
      out.appendCodePoint(c);
    } else {
      out.append("\\u{").append(Integer.toHexString(c)).append('}');
    }
  }

  /// Whether a character is seen as what it is.
  public static boolean isSafe(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
