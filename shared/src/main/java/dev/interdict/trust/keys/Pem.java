package dev.interdict.trust.keys;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// The textual encoding of keys (RFC 7468), one block a text.
public final class Pem {
  static final String PUBLIC = "PUBLIC KEY";

  private Pem() {}

  static byte[] publicKey(String text) {
    return decode(text, PUBLIC);
  }

  /// Whether `text` holds a block of that label.
  static boolean has(String text, String label) {
    return text.contains("-----BEGIN " + label + "-----");
  }

  /// The bytes of the one block, which must be labelled `label`.
  ///
  /// @throws IllegalArgumentException if there is no such block
  public static byte[] decode(String text, String label) {
    var begin = "-----BEGIN " + label + "-----";
    var end = "-----END " + label + "-----";
    var trimmed = text.strip();
    // The length too: the five dashes between the two could be the same ones.
    if (!trimmed.startsWith(begin)
        || !trimmed.endsWith(end)
        || trimmed.length() < begin.length() + end.length()) {
      throw new IllegalArgumentException("expected one PEM block labelled " + label);
    }
    var body = trimmed.substring(begin.length(), trimmed.length() - end.length());
    var packed = new StringBuilder();
    for (var i = 0; i < body.length(); i++) {
      var c = body.charAt(i);
      if (c != '\n' && c != '\r') {
        packed.append(c);
      }
    }
    return Base64.getDecoder().decode(packed.toString());
  }

  /// The block of those bytes.
  public static String encode(byte[] bytes, String label) {
    var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encode(bytes);
    return "-----BEGIN "
        + label
        + "-----\n"
        + new String(lines, StandardCharsets.US_ASCII)
        + "\n-----END "
        + label
        + "-----\n";
  }
}
