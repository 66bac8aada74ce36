package dev.interdict.agent.state;

import dev.interdict.wire.DeviceKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;

/// One Ed25519 key of this device.
///
/// @param publicKey 64 lower-case hex digits
public record SigningKey(String publicKey, PrivateKey key) {

  /// A new one.
  static SigningKey generate() throws GeneralSecurityException {
    var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    return new SigningKey(DeviceKey.hex(pair.getPublic()), pair.getPrivate());
  }

  /// The private key that was written as PKCS #8.
  static PrivateKey read(byte[] pkcs8) throws GeneralSecurityException {
    return KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
  }

  /// Whether the two halves belong together.
  boolean fits() throws GeneralSecurityException {
    var probe = "interdict device key".getBytes(StandardCharsets.US_ASCII);
    var signing = Signature.getInstance("Ed25519");
    signing.initSign(key);
    signing.update(probe);
    var verifying = Signature.getInstance("Ed25519");
    verifying.initVerify(DeviceKey.of(publicKey));
    verifying.update(probe);
    return verifying.verify(signing.sign());
  }

  /// Leaves the secret out.
  @Override
  public String toString() {
    return "SigningKey[" + publicKey + "]";
  }
}
