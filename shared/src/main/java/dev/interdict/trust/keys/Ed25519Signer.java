package dev.interdict.trust.keys;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;

/// An Ed25519 private key held in this process. Thread-safe. Never printed: it has no text form.
public final class Ed25519Signer implements Signer {
  private final Ed25519Key key;
  private final PrivateKey privateKey;

  private Ed25519Signer(Ed25519Key key, PrivateKey privateKey) {
    this.key = key;
    this.privateKey = privateKey;
  }

  /// A new key made from `random`.
  public static Ed25519Signer generate(SecureRandom random) {
    try {
      var generator = KeyPairGenerator.getInstance("Ed25519");
      generator.initialize(NamedParameterSpec.ED25519, random);
      var pair = generator.generateKeyPair();
      var spki = pair.getPublic().getEncoded();
      var point = Arrays.copyOfRange(spki, spki.length - 32, spki.length);
      return new Ed25519Signer(Ed25519Key.of(point), pair.getPrivate());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no Ed25519", e);
    }
  }

  /// The key in a PKCS#8 structure (RFC 8410).
  ///
  /// @throws IllegalArgumentException if the bytes are no Ed25519 private key
  static Ed25519Signer ofPkcs8(byte[] pkcs8) {
    try {
      var decoded =
          KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      var seed = ((EdECPrivateKey) decoded).getBytes().orElseThrow();
      // The public half is not in the structure; generating from the same seed yields it.
      return generate(new FixedRandom(seed));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the file holds no Ed25519 private key", e);
    }
  }

  byte[] pkcs8() {
    return privateKey.getEncoded();
  }

  @Override
  public TufKey key() {
    return key;
  }

  @Override
  public byte[] sign(byte[] message) {
    try {
      var signature = Signature.getInstance("Ed25519");
      signature.initSign(privateKey);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("signing with Ed25519 failed", e);
    }
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
