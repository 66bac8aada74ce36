package dev.interdict.server.access;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Codes of the time (RFC 6238): HMAC-SHA-1, 30 seconds, six digits, which is what every app for
/// phones understands. Pure functions.
final class Totp {
  /// Bytes of a secret, as RFC 4226 asks for.
  static final int SECRET_BYTES = 20;

  static final int DIGITS = 6;
  private static final long STEP_SECONDS = 30;
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private Totp() {}

  /// The step of time that `at` falls in.
  static long step(Instant at) {
    return Math.floorDiv(at.getEpochSecond(), STEP_SECONDS);
  }

  /// The code of a step.
  static String code(byte[] secret, long step, int digits) {
    try {
      var mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret, "HmacSHA1"));
      var hash = ByteBuffer.wrap(mac.doFinal(ByteBuffer.allocate(8).putLong(step).array()));
      var number = hash.getInt(hash.get(hash.limit() - 1) & 0xf) & 0x7fffffff;
      var text = Integer.toString(number);
      return "0".repeat(Math.max(0, digits - text.length()))
          + text.substring(Math.max(0, text.length() - digits));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no HMAC-SHA-1", e);
    }
  }

  /// What an app reads, in place of a picture of it.
  static String uri(String issuer, String account, byte[] secret) {
    return "otpauth://totp/"
        + escaped(issuer)
        + ":"
        + escaped(account)
        + "?secret="
        + base32(secret)
        + "&issuer="
        + escaped(issuer);
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /// RFC 4648, without padding.
  static String base32(byte[] bytes) {
    var text = new StringBuilder();
    var bits = 0;
    var held = 0;
    for (var each : bytes) {
      held = held << 8 | each & 0xff;
      for (bits += 8; bits >= 5; bits -= 5) {
        text.append(ALPHABET.charAt(held >> bits - 5 & 31));
      }
    }
    if (bits > 0) {
      text.append(ALPHABET.charAt(held << 5 - bits & 31));
    }
    return text.toString();
  }
}
