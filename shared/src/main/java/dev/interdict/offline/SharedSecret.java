package dev.interdict.offline;

import dev.interdict.policy.RuleId;
import dev.interdict.report.DeviceId;
import dev.interdict.wire.DeviceKey;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.time.Instant;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/// What one device and the server know and nobody else does. Nothing has to travel for it: each
/// side needs the other's public key, which it has, and its own private one.
public final class SharedSecret {
  private static final String LABEL = "interdict one-time code 1";

  private final SecretKey key;

  private SharedSecret(SecretKey key) {
    this.key = key;
  }

  /// As the device knows it.
  ///
  /// @param own a key that the device signs with
  /// @param server the public half of a [CodeKey]
  /// @throws IllegalArgumentException if the keys are no such keys, or a weak one
  public static SharedSecret ofDevice(PrivateKey own, String ownPublic, String server) {
    try {
      var agreed = Curve.agree(Curve.montgomery(own), CodeKey.read(server));
      return derive(agreed, ownPublic, server);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the server's key for codes is unusable", e);
    }
  }

  /// As the server knows it.
  ///
  /// @param device the device's public key, as [DeviceKey] writes it
  /// @throws IllegalArgumentException if it is no such key, or a weak one
  public static SharedSecret ofServer(CodeKey own, String device) {
    try {
      var agreed = Curve.agree(own.key(), Curve.montgomery(DeviceKey.of(device)));
      return derive(agreed, device, own.publicKey());
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the device's key is unusable for codes", e);
    }
  }

  /// HKDF (RFC 5869), bound to both public keys.
  private static SharedSecret derive(byte[] agreed, String device, String server)
      throws GeneralSecurityException {
    var info = (LABEL + "\n" + device + "\n" + server).getBytes(StandardCharsets.UTF_8);
    var parameters = HKDFParameterSpec.ofExtract().addIKM(agreed).thenExpand(info, 32);
    return new SharedSecret(KDF.getInstance("HKDF-SHA256").deriveKey("HmacSHA256", parameters));
  }

  /// The code by which `device` may keep what `rule` bans until `until`.
  ///
  /// @param until a whole hour
  public OneTimeCode code(DeviceId device, RuleId rule, int nonce, Instant until) {
    var said = LABEL + "\n" + device + "\n" + rule + "\n" + nonce + "\n" + until.getEpochSecond();
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      var whole = new BigInteger(1, mac.doFinal(said.getBytes(StandardCharsets.UTF_8)));
      return new OneTimeCode(until, whole.shiftRight(256 - OneTimeCode.PROOF_BITS));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC with SHA-256", e);
    }
  }

  /// Whether `code` is the one for this device, rule and nonce.
  public boolean proves(OneTimeCode code, DeviceId device, RuleId rule, int nonce) {
    var right = code(device, rule, nonce, code.until());
    return MessageDigest.isEqual(Curve.bytes(right.proof()), Curve.bytes(code.proof()));
  }
}
