package dev.interdict.trust.keys;

import dev.interdict.json.Json;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.util.HexFormat;

/// An ECDSA public key on the curve P-256, written as PEM; signatures are DER over SHA-256.
///
/// The curve is checked, because the JDK would verify `SHA256withECDSA` on any other one as well.
///
/// @param spki the key's SubjectPublicKeyInfo as the JDK encodes it, in hex
public record EcdsaKey(Json.Obj json, String spki) implements TufKey {

  /// The key `publicKey`, in our own way of writing.
  static EcdsaKey of(PublicKey publicKey) {
    var pem = Pem.encode(publicKey.getEncoded(), Pem.PUBLIC);
    return of(KeyScheme.ECDSA_P256.json(pem), pem);
  }

  static EcdsaKey of(Json.Obj json, String pem) {
    if (!(Verification.publicKey("EC", Pem.publicKey(pem)) instanceof ECPublicKey key)) {
      throw new IllegalArgumentException("the PEM text holds no elliptic-curve key");
    }
    if (!onP256(key)) {
      throw new IllegalArgumentException("the elliptic-curve key is not on P-256");
    }
    return new EcdsaKey(json, HexFormat.of().formatHex(key.getEncoded()));
  }

  private static boolean onP256(ECPublicKey key) {
    try {
      var named = AlgorithmParameters.getInstance("EC");
      named.init(new ECGenParameterSpec("secp256r1"));
      var p256 = named.getParameterSpec(ECParameterSpec.class);
      var given = key.getParams();
      return given.getCurve().equals(p256.getCurve())
          && given.getGenerator().equals(p256.getGenerator())
          && given.getOrder().equals(p256.getOrder());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no P-256", e);
    }
  }

  @Override
  public String fingerprint() {
    return "ecdsa:" + spki;
  }

  @Override
  public boolean verifies(byte[] message, byte[] signature) {
    return Verification.verify("SHA256withECDSA", null, publicKey(), message, signature);
  }

  PublicKey publicKey() {
    return Verification.publicKey("EC", HexFormat.of().parseHex(spki));
  }
}
