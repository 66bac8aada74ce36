package dev.interdict.server.fleetsim;

import dev.interdict.report.DeviceId;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/// The devices' Ed25519 keys, made of the seed. Public halves are kept, 32 bytes each, since they
/// halve the time that a signature takes. Thread-safe for different devices.
final class Keys {
  private static final byte[] INFO = HexFormat.of().parseHex("302a300506032b6570032100");
  private static final int SIZE = Ed25519.PUBLIC_KEY_SIZE;

  private final Company company;
  private final byte[] points;
  private final boolean[] made;

  Keys(Company company) {
    this.company = company;
    this.points = new byte[company.devices() * SIZE];
    this.made = new boolean[company.devices()];
  }

  /// The id of the key that `machine` has.
  DeviceId id(int machine) {
    var encoded = Arrays.copyOf(INFO, INFO.length + SIZE);
    System.arraycopy(point(machine), 0, encoded, INFO.length, SIZE);
    return new DeviceId(HexFormat.of().formatHex(Arrays.copyOf(sha256().digest(encoded), 16)));
  }

  /// 64 lower-case hex digits.
  String hex(int machine) {
    return HexFormat.of().formatHex(point(machine));
  }

  byte[] sign(int machine, byte[] message) {
    var signature = new byte[Ed25519.SIGNATURE_SIZE];
    var secret = secret(company.keyOf(machine));
    Ed25519.sign(secret, 0, point(machine), 0, message, 0, message.length, signature, 0);
    return signature;
  }

  private byte[] point(int machine) {
    var key = company.keyOf(machine);
    if (!made[key]) {
      Ed25519.generatePublicKey(secret(key), 0, points, key * SIZE);
      made[key] = true;
    }
    return Arrays.copyOfRange(points, key * SIZE, (key + 1) * SIZE);
  }

  private byte[] secret(int key) {
    return sha256()
        .digest(ByteBuffer.allocate(16).putLong(company.draw().seed()).putLong(key).array());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
