package dev.interdict.testing;

import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGeneratorSpi;
import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;
import java.security.SecureRandom;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.jspecify.annotations.Nullable;

/// Keys and signatures of Ed25519 by Bouncy Castle, as keys of the platform: what the platform
/// makes, for a tenth of the time, of which tests would need much.
final class PlainEd25519 extends KeyPairGeneratorSpi {
  /// What stands before the 32 bytes of a private and of a public key (RFC 8410, sections 4 and 7).
  private static final byte[] PRIVATE = HexFormat.of().parseHex("302e020100300506032b657004220420");

  private static final byte[] PUBLIC = HexFormat.of().parseHex("302a300506032b6570032100");

  private SecureRandom random = new SecureRandom();

  /// Whether `encoded` is a private key whose bytes are at hand.
  static boolean is(byte @Nullable [] encoded) {
    return encoded != null
        && encoded.length == PRIVATE.length + Ed25519.SECRET_KEY_SIZE
        && Arrays.equals(encoded, 0, PRIVATE.length, PRIVATE, 0, PRIVATE.length);
  }

  /// The public key of a private one, as it is encoded.
  static byte[] publicKey(byte[] encoded) {
    var key = Arrays.copyOf(PUBLIC, PUBLIC.length + Ed25519.PUBLIC_KEY_SIZE);
    Ed25519.generatePublicKey(encoded, PRIVATE.length, key, PUBLIC.length);
    return key;
  }

  static byte[] sign(byte[] encoded, byte[] publicKey, byte[] message) {
    var signature = new byte[Ed25519.SIGNATURE_SIZE];
    Ed25519.sign(
        encoded,
        PRIVATE.length,
        publicKey,
        PUBLIC.length,
        message,
        0,
        message.length,
        signature,
        0);
    return signature;
  }

  @Override
  public void initialize(int size, SecureRandom random) {
    this.random = random;
  }

  @Override
  public KeyPair generateKeyPair() {
    var secret = new byte[Ed25519.SECRET_KEY_SIZE];
    random.nextBytes(secret);
    var encoded = Arrays.copyOf(PRIVATE, PRIVATE.length + secret.length);
    System.arraycopy(secret, 0, encoded, PRIVATE.length, secret.length);
    try {
      var keys = KeyFactory.getInstance("Ed25519", "SunEC");
      return new KeyPair(
          keys.generatePublic(new X509EncodedKeySpec(publicKey(encoded))),
          keys.generatePrivate(new PKCS8EncodedKeySpec(encoded)));
    } catch (NoSuchAlgorithmException | NoSuchProviderException | InvalidKeySpecException e) {
      throw new IllegalStateException(e);
    }
  }
}
