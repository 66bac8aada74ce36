package dev.interdict.wire;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// The `Content-Digest` header field (RFC 9530) with the one algorithm `sha-256`. Thread-safe.
public final class ContentDigest {
  private ContentDigest() {}

  /// The field's value for `body`.
  public static String of(byte[] body) {
    return "sha-256=:" + Base64.getEncoder().encodeToString(sha256(body)) + ":";
  }

  /// Whether `header` is exactly the digest of `body`; another algorithm or form never is.
  public static boolean matches(String header, byte[] body) {
    return header.equals(of(body));
  }

  private static byte[] sha256(byte[] body) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(body);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
