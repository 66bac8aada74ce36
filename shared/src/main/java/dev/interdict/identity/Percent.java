package dev.interdict.identity;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Percent-encoding as RFC 3986 section 2.1 has it: UTF-8, upper-case digits, no `+` for a space.
final class Percent {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private Percent() {}

  /// Writes letters, digits, `.-_~` and the characters of `plain` as they are, all else encoded.
  ///
  /// @throws IllegalArgumentException if the text holds half of a surrogate pair
  static String encode(String text, String plain) {
    var out = new StringBuilder(text.length());
    for (var b : utf8(text)) {
      if (Ascii.isDigit(b) || Ascii.isLetter(b) || (b > 0 && (".-_~" + plain).indexOf(b) >= 0)) {
        out.append((char) b);
      } else {
        out.append('%').append(HEX.toHexDigits(b));
      }
    }
    return out.toString();
  }

  /// Reads encoded text; ASCII characters that stand for themselves may be there unencoded.
  ///
  /// @throws IllegalArgumentException on an incomplete triplet or bytes that are not UTF-8
  static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    var bytes = new ByteArrayOutputStream(text.length());
    for (var i = 0; i < text.length(); i++) {
      if (text.charAt(i) != '%') {
        bytes.writeBytes(utf8(text.substring(i, i + 1)));
      } else if (i + 2 < text.length()
          && HexFormat.isHexDigit(text.charAt(i + 1))
          && HexFormat.isHexDigit(text.charAt(i + 2))) {
        bytes.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
        i += 2;
      } else {
        throw new IllegalArgumentException("% must be followed by two hexadecimal digits");
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("the percent-encoded bytes are not UTF-8", e);
    }
  }

  static byte[] utf8(String text) {
    try {
      var buffer = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      var bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("half of a surrogate pair is not text", e);
    }
  }
}
