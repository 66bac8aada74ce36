package dev.interdict.wire;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Pattern;

/// The `Content-Digest` header field (RFC 9530) with the one algorithm `sha-256`. Thread-safe.
public final class ContentDigest {
  private static final Pattern SHAPE = Pattern.compile("sha-256=:([A-Za-z0-9+/]{43}=):");

  private ContentDigest() {}

  /// The field's value for `body`.
  public static String of(byte[] body) {
    return "sha-256=:" + Base64.getEncoder().encodeToString(sha256(body)) + ":";
  }

  /// Whether `header` is exactly the digest of `body`; another algorithm or form never is.
  public static boolean matches(String header, byte[] body) {
    var matcher = SHAPE.matcher(header);
    return matcher.matches() && MessageDigest.isEqual(decode(matcher.group(1)), sha256(body));
  }

  private static byte[] decode(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private static byte[] sha256(byte[] body) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(body);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
