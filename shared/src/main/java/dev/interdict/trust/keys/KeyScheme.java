package dev.interdict.trust.keys;

import dev.interdict.json.Json;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The signature schemes of signed metadata (specification 1.0.34, section 4.2), each with the
/// names by which a Java provider knows it.
public enum KeyScheme {
  /// RFC 8032. The scheme of every key that lies in a file, unless somebody asks for another.
  ED25519("ed25519", "ed25519", "Ed25519", "Ed25519", NamedParameterSpec.ED25519),
  /// ECDSA on P-256 with SHA-256: what most tokens can do.
  ECDSA_P256(
      "ecdsa-sha2-nistp256", "ecdsa", "EC", "SHA256withECDSA", new ECGenParameterSpec("secp256r1")),
  /// RSASSA-PSS with SHA-256; new keys have 3072 bits.
  RSA_PSS(
      "rsassa-pss-sha256",
      "rsa",
      "RSA",
      "RSASSA-PSS",
      new RSAKeyGenParameterSpec(3072, RSAKeyGenParameterSpec.F4));

  private final String written;
  private final String keyType;
  private final String keyAlgorithm;
  private final String signatureAlgorithm;
  private final AlgorithmParameterSpec parameters;

  KeyScheme(
      String written,
      String keyType,
      String keyAlgorithm,
      String signatureAlgorithm,
      AlgorithmParameterSpec parameters) {
    this.written = written;
    this.keyType = keyType;
    this.keyAlgorithm = keyAlgorithm;
    this.signatureAlgorithm = signatureAlgorithm;
    this.parameters = parameters;
  }

  /// As metadata and commands write it.
  public String written() {
    return written;
  }

  /// The scheme that is written so.
  public static Optional<KeyScheme> named(String written) {
    return Arrays.stream(values()).filter(scheme -> scheme.written.equals(written)).findFirst();
  }

  /// The scheme of a key that this version knows.
  public static Optional<KeyScheme> of(TufKey key) {
    return switch (key) {
      case Ed25519Key _ -> Optional.of(ED25519);
      case EcdsaKey _ -> Optional.of(ECDSA_P256);
      case RsaKey _ -> Optional.of(RSA_PSS);
      case UnknownKey _ -> Optional.empty();
    };
  }

  /// The scheme in which a key of that kind signs for us.
  ///
  /// @throws IllegalArgumentException if it signs in none
  static KeyScheme of(PublicKey key) {
    return switch (key) {
      case EdECPublicKey edwards when edwards.getParams().getName().equals("Ed25519") -> ED25519;
      case ECPublicKey _ -> ECDSA_P256;
      case RSAPublicKey _ -> RSA_PSS;
      default ->
          throw new IllegalArgumentException(
              "a key of the kind " + key.getAlgorithm() + " signs in no scheme that agents know");
    };
  }

  /// A new key of this scheme.
  ///
  /// @param random what it is made from; a token that makes the key uses its own
  /// @param provider the token's, or null for a key in this process
  /// @throws GeneralSecurityException if the provider cannot make such keys
  public KeyPair generate(SecureRandom random, @Nullable Provider provider)
      throws GeneralSecurityException {
    var generator =
        provider == null
            ? KeyPairGenerator.getInstance(keyAlgorithm)
            : KeyPairGenerator.getInstance(keyAlgorithm, provider);
    if (provider == null) {
      generator.initialize(parameters, random);
    } else {
      generator.initialize(parameters);
    }
    return generator.generateKeyPair();
  }

  /// A key object of this scheme in our own way of writing.
  Json.Obj json(String publicHalf) {
    return Json.object()
        .put("keytype", keyType)
        .put("keyval", Json.object().put("public", publicHalf).build())
        .put("scheme", written)
        .build();
  }

  byte[] sign(PrivateKey key, @Nullable Provider provider, byte[] message)
      throws GeneralSecurityException {
    var signature =
        provider == null
            ? Signature.getInstance(signatureAlgorithm)
            : Signature.getInstance(signatureAlgorithm, provider);
    if (this == RSA_PSS) {
      signature.setParameter(RsaKey.PSS);
    }
    signature.initSign(key);
    signature.update(message);
    return signature.sign();
  }
}
