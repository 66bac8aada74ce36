package dev.interdict.agent.report;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Stands a keyed hash in for an account's name. The key never leaves the device, so the server can
/// tell two accounts of one device apart and can do no more.
public final class Pseudonyms {
  private final byte[] key;

  public Pseudonyms(byte[] key) {
    this.key = key.clone();
  }

  /// 16 hex digits for `account`, always the same on this device.
  public String of(String account) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(account.getBytes(StandardCharsets.UTF_8)), 0, 8);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
