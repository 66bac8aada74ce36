package dev.interdict.server.webhooks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// How receivers know that a message is ours, new and as it was sent: HMAC-SHA256 over id, time and
/// body (the scheme of the Standard Webhooks specification, version 1).
public final class Signature {
  private static final String PREFIX = "whsec_";

  private Signature() {}

  /// The value of `webhook-signature`.
  ///
  /// @param secret as it was shown when the webhook was made
  public static String of(String secret, String id, Instant at, byte[] body) {
    if (!secret.startsWith(PREFIX)) {
      throw new IllegalArgumentException("a secret begins with " + PREFIX);
    }
    var key = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
    var head = (id + "." + at.getEpochSecond() + ".").getBytes(StandardCharsets.UTF_8);
    return "v1," + Base64.getEncoder().encodeToString(hmac(key, head, body));
  }

  /// A secret of 32 random bytes.
  static String secret(byte[] random) {
    return PREFIX + Base64.getEncoder().encodeToString(random);
  }

  static byte[] hmac(byte[] key, byte[]... parts) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      for (var part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no HMAC-SHA256", e);
    }
  }
}
