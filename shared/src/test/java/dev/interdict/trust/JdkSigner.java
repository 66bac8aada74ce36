package dev.interdict.trust;

import dev.interdict.json.Json;
import dev.interdict.trust.keys.Signer;
import dev.interdict.trust.keys.TufKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Base64;

/// A signer whose key is no Ed25519 key, made by the JDK as a token would make it.
public final class JdkSigner implements Signer {
  private static final PSSParameterSpec PSS =
      new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);

  private final TufKey key;
  private final KeyPair pair;

  private JdkSigner(String type, String scheme, KeyPair pair) {
    var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encode(pair.getPublic().getEncoded());
    var pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + new String(lines, StandardCharsets.US_ASCII)
            + "\n-----END PUBLIC KEY-----\n";
    this.pair = pair;
    this.key =
        TufKey.of(
            Json.object()
                .put("keytype", type)
                .put("keyval", Json.object().put("public", pem).build())
                .put("scheme", scheme)
                .build());
  }

  public static JdkSigner ecdsa() {
    return make(() -> {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return new JdkSigner("ecdsa", "ecdsa-sha2-nistp256", generator.generateKeyPair());
    });
  }

  public static JdkSigner rsa() {
    return make(() -> {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return new JdkSigner("rsa", "rsassa-pss-sha256", generator.generateKeyPair());
    });
  }

  @Override
  public TufKey key() {
    return key;
  }

  @Override
  public byte[] sign(byte[] message) {
    return make(() -> {
      var rsa = pair.getPrivate().getAlgorithm().equals("RSA");
      var signature = Signature.getInstance(rsa ? "RSASSA-PSS" : "SHA256withECDSA");
      if (rsa) {
        signature.setParameter(PSS);
      }
      signature.initSign(pair.getPrivate());
      signature.update(message);
      return signature.sign();
    });
  }

  private interface Work<T> {
    T run() throws GeneralSecurityException;
  }

  private static <T> T make(Work<T> work) {
    try {
      return work.run();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has this algorithm", e);
    }
  }
}
