package dev.interdict.report;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.HexFormat;

/// A device's name: the first 128 bits of the SHA-256 of its public key (SubjectPublicKeyInfo), in
/// 32 lower-case hex digits.
///
/// Derived from the key, so that nobody can claim another device's id without its private key, the
/// device knows its id before it enrols, and ids spread evenly over the shards of a database.
public record DeviceId(String value) {
  private static final int DIGITS = 32;

  /// @throws IllegalArgumentException unless it is 32 lower-case hex digits
  public DeviceId {
    if (!LowerHex.is(value, DIGITS)) {
      throw new IllegalArgumentException("a device id is 32 lower-case hex digits");
    }
  }

  /// The id that belongs to `key`.
  public static DeviceId of(PublicKey key) {
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
      return new DeviceId(HexFormat.of().formatHex(Arrays.copyOf(hash, 16)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
