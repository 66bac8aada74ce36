package dev.interdict.server.webhooks;

import dev.interdict.server.store.Secrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// The key under which addresses and secrets of webhooks lie in the database (AES-256-GCM). It is
/// in a file of the server's folder, so that a copy of the database alone gives none of them away.
/// Thread-safe.
public final class WebhookKey {
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  private final SecretKeySpec key;
  private final SecureRandom random;

  private WebhookKey(byte[] key, SecureRandom random) {
    this.key = new SecretKeySpec(key, "AES");
    this.random = random;
  }

  /// What stands in a new file.
  public static String fresh(SecureRandom random) {
    return Secrets.fresh(random);
  }

  /// Reads the file.
  ///
  /// @throws IOException if it cannot be read or is no key
  public static WebhookKey read(Path file, SecureRandom random) throws IOException {
    try {
      var key = Base64.getUrlDecoder().decode(Files.readString(file).strip());
      if (key.length == 32) {
        return new WebhookKey(key, random);
      }
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " is no key of webhooks; bring back the right file", e);
    }
    throw new IOException(file + " is no key of webhooks; bring back the right file");
  }

  String seal(String webhook, String text) {
    try {
      var nonce = new byte[NONCE];
      random.nextBytes(nonce);
      var sealed = cipher(Cipher.ENCRYPT_MODE, webhook, nonce).doFinal(bytes(text));
      var whole = Arrays.copyOf(nonce, NONCE + sealed.length);
      System.arraycopy(sealed, 0, whole, NONCE, sealed.length);
      return Base64.getEncoder().encodeToString(whole);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no AES-GCM", e);
    }
  }

  /// @throws IOException if it was sealed under another key
  String open(String webhook, String sealed) throws IOException {
    try {
      var whole = Base64.getDecoder().decode(sealed);
      var nonce = Arrays.copyOf(whole, NONCE);
      var text =
          cipher(Cipher.DECRYPT_MODE, webhook, nonce).doFinal(whole, NONCE, whole.length - NONCE);
      return new String(text, StandardCharsets.UTF_8);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException(
          "webhook "
              + webhook
              + " was made under another key: every server needs the same webhooks.key",
          e);
    }
  }

  private Cipher cipher(int mode, String webhook, byte[] nonce) throws GeneralSecurityException {
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(bytes(webhook));
    return cipher;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
