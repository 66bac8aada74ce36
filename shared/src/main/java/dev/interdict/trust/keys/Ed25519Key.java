package dev.interdict.trust.keys;

import dev.interdict.json.Json;
import java.math.BigInteger;
import java.security.PublicKey;
import java.util.HexFormat;
import java.util.Set;

/// An Ed25519 public key (RFC 8032): 32 bytes in hex.
///
/// Points of small order are refused, since with one of them the JDK accepts one signature for many
/// messages; so are encodings that are not canonical, which would be a second name for a point.
///
/// @param point the 32 bytes in lower-case hex
public record Ed25519Key(Json.Obj json, String point) implements TufKey {
  private static final byte[] SPKI_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");
  private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

  /// The y coordinates of all points whose order divides eight: the neutral element, the one of
  /// order two, those of order four, and the four of order eight.
  private static final Set<BigInteger> SMALL_ORDER =
      Set.of(
          BigInteger.ONE,
          P.subtract(BigInteger.ONE),
          BigInteger.ZERO,
          new BigInteger("5fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826", 16),
          new BigInteger("7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7", 16));

  /// The key with the encoded point `hex`, in our own way of writing.
  static Ed25519Key of(String hex) {
    return of(KeyScheme.ED25519.json(hex), hex);
  }

  /// The key `publicKey`, in our own way of writing.
  static Ed25519Key of(PublicKey publicKey) {
    var spki = publicKey.getEncoded();
    return of(HexFormat.of().formatHex(spki, spki.length - 32, spki.length));
  }

  static Ed25519Key of(Json.Obj json, String hex) {
    if (hex.length() != 64) {
      throw new IllegalArgumentException("an Ed25519 public key has 64 hex digits");
    }
    var bytes = HexFormat.of().parseHex(hex);
    var y = y(bytes);
    if (y.compareTo(P) >= 0 || SMALL_ORDER.contains(y)) {
      throw new IllegalArgumentException("the Ed25519 public key is a point that nobody may use");
    }
    return new Ed25519Key(json, HexFormat.of().formatHex(bytes));
  }

  private static BigInteger y(byte[] littleEndian) {
    var bigEndian = new byte[littleEndian.length];
    for (var i = 0; i < bigEndian.length; i++) {
      bigEndian[i] = littleEndian[littleEndian.length - 1 - i];
    }
    bigEndian[0] &= 0x7f;
    return new BigInteger(1, bigEndian);
  }

  @Override
  public String fingerprint() {
    return "ed25519:" + point;
  }

  @Override
  public boolean verifies(byte[] message, byte[] signature) {
    return Verification.verify("Ed25519", null, publicKey(), message, signature);
  }

  private PublicKey publicKey() {
    var spki = new byte[SPKI_PREFIX.length + 32];
    System.arraycopy(SPKI_PREFIX, 0, spki, 0, SPKI_PREFIX.length);
    System.arraycopy(HexFormat.of().parseHex(point), 0, spki, SPKI_PREFIX.length, 32);
    return Verification.publicKey("Ed25519", spki);
  }
}
