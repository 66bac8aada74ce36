package dev.interdict.trust.keys;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;

/// An Ed25519 private key held in this process. Thread-safe. Never printed: it has no text form.
public final class Ed25519Signer implements Signer {
  private final PrivateKeySigner signer;
  private final PrivateKey privateKey;

  private Ed25519Signer(PrivateKeySigner signer, PrivateKey privateKey) {
    this.signer = signer;
    this.privateKey = privateKey;
  }

  /// A new key made from `random`.
  public static Ed25519Signer generate(SecureRandom random) {
    try {
      var pair = KeyScheme.ED25519.generate(random, null);
      var signer = PrivateKeySigner.of(pair.getPrivate(), pair.getPublic());
      return new Ed25519Signer(signer, pair.getPrivate());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no Ed25519", e);
    }
  }

  /// The key whose private half is `privateKey`; its public half is computed.
  public static Ed25519Signer of(EdECPrivateKey privateKey) {
    var seed =
        privateKey
            .getBytes()
            .orElseThrow(() -> new IllegalArgumentException("the private key is not readable"));
    if (seed.length != 32) {
      throw new IllegalArgumentException("the private key is none of Ed25519");
    }
    // Generating from the same seed yields the public half.
    return generate(new FixedRandom(seed));
  }

  /// The key in a PKCS#8 structure (RFC 8410).
  ///
  /// @throws IllegalArgumentException if the bytes are no Ed25519 private key
  static Ed25519Signer ofPkcs8(byte[] pkcs8) {
    try {
      var decoded =
          KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      return of((EdECPrivateKey) decoded);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the file holds no Ed25519 private key", e);
    }
  }

  byte[] pkcs8() {
    return privateKey.getEncoded();
  }

  @Override
  public TufKey key() {
    return signer.key();
  }

  @Override
  public byte[] sign(byte[] message) {
    return signer.sign(message);
  }

  /// Yields one seed, as often as it is asked.
  private static final class FixedRandom extends SecureRandom {
    private static final long serialVersionUID = 1;
    private final byte[] seed;

    FixedRandom(byte[] seed) {
      this.seed = seed.clone();
    }

    @Override
    public void nextBytes(byte[] bytes) {
      System.arraycopy(seed, 0, bytes, 0, bytes.length);
    }
  }
}
