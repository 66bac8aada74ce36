package dev.interdict.trust.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.Json;
import dev.interdict.trust.SeededRandom;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TufKeyTest {
  private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.UTF_8);
  private final Ed25519Signer signer = Ed25519Signer.generate(new SeededRandom(1));

  private static Json.Obj key(String type, String scheme, String value) {
    return Json.object()
        .put("keytype", type)
        .put("scheme", scheme)
        .put("keyval", Json.object().put("public", value).build())
        .build();
  }

  private static void refused(Json key) {
    assertThrows(IllegalArgumentException.class, () -> TufKey.of(key), key.toString());
  }

  @Test
  void a_text_that_begins_and_ends_with_the_same_dashes() {
    refused(key("rsa", "rsassa-pss-sha256", "-----BEGIN PUBLIC KEY-----END PUBLIC KEY-----"));
  }

  /// RFC 8032, section 7.1, test 2.
  @Test
  void the_standards_own_example_verifies() {
    var key =
        TufKey.of(
            key(
                "ed25519",
                "ed25519",
                "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"));
    var signature =
        HexFormat.of()
            .parseHex(
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                    + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    assertTrue(key.verifies(new byte[] {0x72}, signature));
    assertFalse(key.verifies(new byte[] {0x73}, signature));
  }

  @Test
  void odd_signatures_are_not_valid_and_throw_nothing() {
    var key = signer.key();
    var good = signer.sign(MESSAGE);
    assertTrue(key.verifies(MESSAGE, good));
    for (var length : List.of(0, 1, 63, 65, 200)) {
      assertFalse(key.verifies(MESSAGE, Arrays.copyOf(good, length)));
    }
    for (var fill : List.of((byte) 0, (byte) 0xff)) {
      var bad = new byte[64];
      Arrays.fill(bad, fill);
      assertFalse(key.verifies(MESSAGE, bad));
    }
    assertFalse(key.verifies(MESSAGE, withS(good, BigInteger.ZERO)));
    // S + L is the same signature to a careless verifier (malleability).
    var order =
        BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
    assertFalse(key.verifies(MESSAGE, withS(good, s(good).add(order))));
  }

  private static BigInteger s(byte[] signature) {
    var s = new byte[32];
    for (var i = 0; i < 32; i++) {
      s[i] = signature[63 - i];
    }
    return new BigInteger(1, s);
  }

  private static byte[] withS(byte[] signature, BigInteger s) {
    var result = signature.clone();
    for (var i = 0; i < 32; i++) {
      result[32 + i] = s.shiftRight(8 * i).byteValue();
    }
    return result;
  }

  @Test
  void points_of_small_order_are_refused() {
    for (var point :
        List.of(
            "0100000000000000000000000000000000000000000000000000000000000000",
            "0100000000000000000000000000000000000000000000000000000000000080",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0000000000000000000000000000000000000000000000000000000000000080",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa")) {
      refused(key("ed25519", "ed25519", point));
    }
  }

  @Test
  void a_second_encoding_of_a_point_is_refused() {
    // p and p + 1, that is zero and one again.
    refused(
        key(
            "ed25519",
            "ed25519",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"));
    refused(
        key(
            "ed25519",
            "ed25519",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"));
  }

  @Test
  void malformed_keys_are_refused() {
    refused(Json.Null.NULL);
    refused(Json.object().build());
    refused(key("ed25519", "ed25519", "3d40"));
    refused(key("ed25519", "ed25519", "z".repeat(64)));
    refused(
        key("rsa", "ed25519", "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"));
    refused(key("rsa", "rsassa-pss-sha256", "no pem"));
    refused(
        key(
            "ecdsa",
            "ecdsa-sha2-nistp256",
            "-----BEGIN PUBLIC KEY-----\n!!\n-----END PUBLIC KEY-----"));
  }

  @Test
  void an_unknown_scheme_verifies_nothing_and_shuts_nobody_out() {
    var key = TufKey.of(key("ml-dsa", "ml-dsa-65", "00"));
    assertInstanceOf(UnknownKey.class, key);
    assertFalse(key.verifies(MESSAGE, new byte[64]));
  }

  @Test
  void an_id_names_the_whole_object_and_a_fingerprint_the_key() {
    var plain = signer.key();
    var members = new java.util.LinkedHashMap<>(plain.json().members());
    members.put("x-note", new Json.Text("the same key"));
    var noted = TufKey.of(new Json.Obj(members));
    assertNotEquals(plain.id(), noted.id());
    assertEquals(plain.fingerprint(), noted.fingerprint());
  }

  @Test
  void ecdsa_on_p256_verifies_and_another_curve_is_refused() throws GeneralSecurityException {
    var pair = pair("EC", new ECGenParameterSpec("secp256r1"));
    var key = TufKey.of(key("ecdsa", "ecdsa-sha2-nistp256", pem(pair)));
    var signature = sign("SHA256withECDSA", null, pair);
    assertTrue(key.verifies(MESSAGE, signature));
    assertFalse(key.verifies(MESSAGE, Arrays.copyOf(signature, signature.length + 1)));
    assertFalse(key.verifies(MESSAGE, HexFormat.of().parseHex("3006020100020100")));
    var other = pair("EC", new ECGenParameterSpec("secp384r1"));
    refused(key("ecdsa", "ecdsa-sha2-nistp256", pem(other)));
  }

  @Test
  void rsa_pss_verifies_with_a_salt_of_32_bytes_and_weak_keys_are_refused()
      throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    var pair = generator.generateKeyPair();
    var key = TufKey.of(key("rsa", "rsassa-pss-sha256", pem(pair)));
    var salt32 = new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);
    var salt20 = new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 20, 1);
    assertTrue(key.verifies(MESSAGE, sign("RSASSA-PSS", salt32, pair)));
    assertFalse(key.verifies(MESSAGE, sign("RSASSA-PSS", salt20, pair)));
    generator.initialize(1024);
    refused(key("rsa", "rsassa-pss-sha256", pem(generator.generateKeyPair())));
  }

  private static KeyPair pair(String algorithm, AlgorithmParameterSpec spec)
      throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(spec);
    return generator.generateKeyPair();
  }

  private static String pem(KeyPair pair) {
    return Pem.encode(pair.getPublic().getEncoded(), "PUBLIC KEY");
  }

  private static byte[] sign(
      String algorithm, @Nullable AlgorithmParameterSpec parameters, KeyPair pair)
      throws GeneralSecurityException {
    var signature = Signature.getInstance(algorithm);
    if (parameters != null) {
      signature.setParameter(parameters);
    }
    signature.initSign(pair.getPrivate());
    signature.update(MESSAGE);
    return signature.sign();
  }
}
