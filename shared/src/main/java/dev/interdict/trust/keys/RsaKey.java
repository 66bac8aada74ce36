package dev.interdict.trust.keys;

import dev.interdict.json.Json;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.HexFormat;

/// An RSA public key of 2048 to 8192 bits, written as PEM; signatures are RSASSA-PSS with SHA-256,
/// MGF1 with SHA-256 and a salt of 32 bytes.
///
/// @param spki the key's SubjectPublicKeyInfo as the JDK encodes it, in hex
public record RsaKey(Json.Obj json, String spki) implements TufKey {
  static final PSSParameterSpec PSS =
      new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);

  /// The key `publicKey`, in our own way of writing.
  static RsaKey of(PublicKey publicKey) {
    var pem = Pem.encode(publicKey.getEncoded(), Pem.PUBLIC);
    return of(KeyScheme.RSA_PSS.json(pem), pem);
  }

  static RsaKey of(Json.Obj json, String pem) {
    if (!(Verification.publicKey("RSA", Pem.publicKey(pem)) instanceof RSAPublicKey key)) {
      throw new IllegalArgumentException("the PEM text holds no RSA key");
    }
    var bits = key.getModulus().bitLength();
    if (bits < 2048 || bits > 8192) {
      throw new IllegalArgumentException("an RSA key must have 2048 to 8192 bits, has " + bits);
    }
    return new RsaKey(json, HexFormat.of().formatHex(key.getEncoded()));
  }

  @Override
  public String fingerprint() {
    return "rsa:" + spki;
  }

  @Override
  public boolean verifies(byte[] message, byte[] signature) {
    return Verification.verify("RSASSA-PSS", PSS, publicKey(), message, signature);
  }

  PublicKey publicKey() {
    return Verification.publicKey("RSA", HexFormat.of().parseHex(spki));
  }
}
