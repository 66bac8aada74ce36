package dev.interdict.trust.keys;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import org.jspecify.annotations.Nullable;

/// The JDK's signature verification with one answer for every kind of bad input.
final class Verification {
  private Verification() {}

  /// The key in `spki`.
  ///
  /// @throws IllegalArgumentException if the bytes are no such key
  static PublicKey publicKey(String algorithm, byte[] spki) {
    try {
      return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(spki));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the public key is malformed", e);
    }
  }

  static boolean verify(
      String algorithm,
      @Nullable AlgorithmParameterSpec parameters,
      PublicKey key,
      byte[] message,
      byte[] signature) {
    try {
      var verifier = Signature.getInstance(algorithm);
      if (parameters != null) {
        verifier.setParameter(parameters);
      }
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException | RuntimeException e) {
      // The JDK throws for a wrong length, a bad point or a number out of range, checked or not:
      // to whoever asks, all of it is one answer.
      return false;
    }
  }
}
