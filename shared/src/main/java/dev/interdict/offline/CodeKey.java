package dev.interdict.offline;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.XECPrivateKey;
import java.security.interfaces.XECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// The server's X25519 key (RFC 7748), with which it and each device agree on a secret. Its public
/// half is 64 lower-case hex digits.
///
/// @param key the private half
public record CodeKey(PrivateKey key, String publicKey) {
  private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{64}");

  /// A new one.
  public static CodeKey generate() {
    try {
      return of(KeyPairGenerator.getInstance("X25519").generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform since 11 has X25519", e);
    }
  }

  private static CodeKey of(KeyPair pair) {
    return new CodeKey(pair.getPrivate(), hex(((XECPublicKey) pair.getPublic()).getU()));
  }

  /// The key that was written as PKCS #8.
  ///
  /// @throws IllegalArgumentException if it is no X25519 key
  public static CodeKey ofPkcs8(byte[] pkcs8) {
    try {
      var key = KeyFactory.getInstance("X25519").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      var scalar = ((XECPrivateKey) key).getScalar().orElseThrow();
      return new CodeKey(key, hex(Curve.publicOf(scalar)));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("no X25519 key in PKCS #8", e);
    }
  }

  /// The public half of these digits.
  ///
  /// @throws IllegalArgumentException if they are none
  public static PublicKey read(String publicKey) {
    if (!SHAPE.matcher(publicKey).matches()) {
      throw new IllegalArgumentException("an X25519 key is 64 lower-case hex digits");
    }
    return Curve.publicKey(Curve.number(HexFormat.of().parseHex(publicKey)));
  }

  private static String hex(BigInteger u) {
    return HexFormat.of().formatHex(Curve.bytes(u));
  }

  /// Leaves the secret out.
  @Override
  public String toString() {
    return "CodeKey[" + publicKey + "]";
  }
}
