package dev.interdict.offline;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;
import javax.crypto.KeyAgreement;

/// Takes a device's Ed25519 key for an X25519 key: the two curves are one in two forms (RFC 7748,
/// section 4.1), and both halves are mapped as libsodium and age do it. That one key signs and
/// agrees is safe for this pair (Thormarker, "On using the same key pair for Ed25519 and an X25519
/// based KEM", 2021), and it is why no device has to be asked for a second key.
final class Curve {
  private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
  private static final BigInteger BASE = BigInteger.valueOf(9);

  private Curve() {}

  /// u = (1 + y) / (1 - y).
  static PublicKey montgomery(PublicKey ed25519) {
    if (!(ed25519 instanceof EdECPublicKey key)) {
      throw new IllegalArgumentException("a device's key is an Ed25519 key");
    }
    var y = key.getPoint().getY();
    var below = BigInteger.ONE.subtract(y).mod(P);
    return publicKey(BigInteger.ONE.add(y).multiply(below.modInverse(P)).mod(P));
  }

  /// The first half of SHA-512 of the seed, which Ed25519 itself multiplies by.
  static PrivateKey montgomery(PrivateKey ed25519) {
    if (!(ed25519 instanceof EdECPrivateKey key)) {
      throw new IllegalArgumentException("a device's key is an Ed25519 key");
    }
    try {
      var seed = key.getBytes().orElseThrow();
      return privateKey(Arrays.copyOf(MessageDigest.getInstance("SHA-512").digest(seed), 32));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-512", e);
    }
  }

  static PublicKey publicKey(BigInteger u) {
    try {
      return KeyFactory.getInstance("X25519")
          .generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, u));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("no X25519 key", e);
    }
  }

  private static PrivateKey privateKey(byte[] scalar) throws GeneralSecurityException {
    return KeyFactory.getInstance("X25519")
        .generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, scalar));
  }

  /// The public half of a private one.
  static BigInteger publicOf(byte[] scalar) throws GeneralSecurityException {
    return number(agree(privateKey(scalar), publicKey(BASE)));
  }

  /// @throws java.security.InvalidKeyException if the public half is of small order
  static byte[] agree(PrivateKey own, PublicKey other) throws GeneralSecurityException {
    var agreement = KeyAgreement.getInstance("X25519");
    agreement.init(own);
    agreement.doPhase(other, true);
    return agreement.generateSecret();
  }

  /// Little-endian, the highest bit ignored (RFC 7748, section 5).
  static BigInteger number(byte[] bytes) {
    var big = reversed(bytes);
    big[0] &= 0x7f;
    return new BigInteger(1, big).mod(P);
  }

  static byte[] bytes(BigInteger number) {
    var big = number.toByteArray();
    var out = new byte[32];
    for (var at = 0; at < Math.min(32, big.length); at++) {
      out[at] = big[big.length - 1 - at];
    }
    return out;
  }

  private static byte[] reversed(byte[] bytes) {
    var out = new byte[bytes.length];
    for (var at = 0; at < bytes.length; at++) {
      out[at] = bytes[bytes.length - 1 - at];
    }
    return out;
  }
}
