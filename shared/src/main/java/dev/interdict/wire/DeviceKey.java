package dev.interdict.wire;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;

/// A device's public Ed25519 key as 64 lower-case hex digits (RFC 8032, section 5.1.2), to and from
/// the JDK's. Thread-safe.
public final class DeviceKey {
  private static final HexFormat HEX = HexFormat.of();
  private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{64}");
  private static final byte[] PREFIX = HEX.parseHex("302a300506032b6570032100");
  private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

  /// The y coordinates of points of order 1, 2, 4 and 8. A key among them accepts signatures that
  /// nobody made.
  private static final Set<BigInteger> SMALL_ORDER =
      Set.of(
          BigInteger.ZERO,
          BigInteger.ONE,
          P.subtract(BigInteger.ONE),
          new BigInteger(
              "2707385501144840649318225287225658788936804267575313519463743609750303402022"),
          new BigInteger(
              "55188659117513257062467267217118295137698188065244968500265048394206261417927"));

  private DeviceKey() {}

  /// The digits of `key`.
  public static String hex(PublicKey key) {
    var encoded = key.getEncoded();
    if (encoded.length != PREFIX.length + 32
        || !Arrays.equals(encoded, 0, PREFIX.length, PREFIX, 0, PREFIX.length)) {
      throw new IllegalArgumentException("a device's key is an Ed25519 key");
    }
    return HEX.formatHex(encoded, PREFIX.length, encoded.length);
  }

  /// The key of these digits.
  ///
  /// @throws IllegalArgumentException if they are no Ed25519 key, or one that anybody could sign
  ///   for
  public static PublicKey of(String hex) {
    var point = point(hex);
    try {
      var encoded = Arrays.copyOf(PREFIX, PREFIX.length + 32);
      System.arraycopy(point, 0, encoded, PREFIX.length, 32);
      return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("these digits are no Ed25519 key", e);
    }
  }

  /// The 32 bytes of these digits, which need not be a point of the curve.
  ///
  /// @throws IllegalArgumentException if they are no such digits, or a key that anybody could sign
  ///   for
  public static byte[] point(String hex) {
    if (!SHAPE.matcher(hex).matches()) {
      throw new IllegalArgumentException("a device's key is 64 lower-case hex digits");
    }
    var point = HEX.parseHex(hex);
    if (weak(point)) {
      throw new IllegalArgumentException("this Ed25519 key accepts signatures that nobody made");
    }
    return point;
  }

  private static boolean weak(byte[] point) {
    var bigEndian = new byte[32];
    for (var i = 0; i < 32; i++) {
      bigEndian[i] = point[31 - i];
    }
    bigEndian[0] &= 0x7f;
    var y = new BigInteger(1, bigEndian);
    return y.compareTo(P) >= 0 || SMALL_ORDER.contains(y);
  }
}
