package dev.interdict.server.access;

import java.io.ByteArrayOutputStream;
import java.time.Instant;

/// What a person's phone does with the secret that the server showed.
public final class TotpApp {
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private TotpApp() {}

  public static String code(String base32, Instant at) {
    var secret = new ByteArrayOutputStream();
    var bits = 0;
    var held = 0;
    for (var c : base32.toCharArray()) {
      held = held << 5 | ALPHABET.indexOf(c);
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        secret.write(held >> bits);
        held &= (1 << bits) - 1;
      }
    }
    return Totp.code(secret.toByteArray(), Totp.step(at), Totp.DIGITS);
  }
}
