package dev.interdict.trust.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PrivateKeySignerTest {
  private static final byte[] MESSAGE = {1, 2, 3};
  private final SecureRandom random = new SecureRandom();

  @ParameterizedTest
  @EnumSource
  void every_scheme_signs_what_agents_verify(KeyScheme scheme) throws GeneralSecurityException {
    var pair = scheme.generate(random, null);
    var signer = PrivateKeySigner.of(pair.getPrivate(), pair.getPublic());
    var signature = signer.sign(MESSAGE);
    assertTrue(signer.key().verifies(MESSAGE, signature));
    assertFalse(signer.key().verifies(new byte[] {1, 2, 4}, signature));
    assertEquals(scheme, KeyScheme.of(signer.key()).orElseThrow());
  }

  @ParameterizedTest
  @EnumSource
  void a_public_key_is_written_as_metadata_writes_it(KeyScheme scheme)
      throws GeneralSecurityException {
    var key = TufKey.of(scheme.generate(random, null).getPublic());
    assertEquals(key, TufKey.of(key.json()));
    assertEquals(
        List.of("keytype", "keyval", "scheme"), List.copyOf(key.json().members().keySet()));
  }

  @ParameterizedTest
  @EnumSource
  void what_the_public_half_does_not_verify_is_not_handed_out(KeyScheme scheme)
      throws GeneralSecurityException {
    var other = scheme.generate(random, null).getPublic();
    var signer = PrivateKeySigner.of(scheme.generate(random, null).getPrivate(), other);
    var refusal = assertThrows(SigningException.class, () -> signer.sign(MESSAGE));
    assertTrue(
        String.valueOf(refusal.getMessage()).contains(TufKey.of(other).id().value()),
        refusal::getMessage);
  }

  @Test
  void a_private_key_of_another_kind_does_not_sign() throws GeneralSecurityException {
    PrivateKey rsa = KeyScheme.RSA_PSS.generate(random, null).getPrivate();
    var signer = PrivateKeySigner.of(rsa, KeyScheme.ED25519.generate(random, null).getPublic());
    assertThrows(SigningException.class, () -> signer.sign(MESSAGE));
  }

  @Test
  void keys_that_agents_refuse_are_refused_here() throws GeneralSecurityException {
    for (var pair : List.of(curve("secp384r1"), rsa(1024), kind("X25519"), kind("DSA"))) {
      assertThrows(
          IllegalArgumentException.class,
          () -> PrivateKeySigner.of(pair.getPrivate(), pair.getPublic()),
          pair.getPublic().getAlgorithm());
    }
  }

  private static KeyPair curve(String name) throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(name));
    return generator.generateKeyPair();
  }

  private static KeyPair rsa(int bits) throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(bits);
    return generator.generateKeyPair();
  }

  private static KeyPair kind(String algorithm) throws GeneralSecurityException {
    return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
  }
}
