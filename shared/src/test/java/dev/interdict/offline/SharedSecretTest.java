package dev.interdict.offline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.policy.RuleId;
import dev.interdict.report.DeviceId;
import dev.interdict.wire.DeviceKey;
import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.XECPrivateKey;
import java.security.interfaces.XECPublicKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SharedSecretTest {
  private static final RuleId RULE = new RuleId("claude-code");
  private static final Instant UNTIL = Instant.parse("2026-07-12T08:00:00Z");
  private static final int NONCE = 123_456_789;

  private final KeyPair device = pair();
  private final String publicKey = DeviceKey.hex(device.getPublic());
  private final DeviceId id = DeviceId.of(device.getPublic());
  private final CodeKey server = CodeKey.generate();

  private static KeyPair pair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private OneTimeCode code() {
    return SharedSecret.ofServer(server, publicKey).code(id, RULE, NONCE, UNTIL);
  }

  private SharedSecret own() {
    return SharedSecret.ofDevice(device.getPrivate(), publicKey, server.publicKey());
  }

  @Test
  void the_device_takes_what_the_server_made_for_it() {
    assertTrue(own().proves(OneTimeCode.read(code().text()), id, RULE, NONCE));
  }

  @Test
  void nothing_else_is_taken() {
    var code = code();
    assertFalse(own().proves(code, id, new RuleId("cursor"), NONCE));
    assertFalse(own().proves(code, id, RULE, NONCE + 1));
    assertFalse(own().proves(code, new DeviceId("0".repeat(32)), RULE, NONCE));
    var longer = new OneTimeCode(UNTIL.plusSeconds(3600), code.proof());
    assertFalse(own().proves(longer, id, RULE, NONCE));
    var other = new OneTimeCode(UNTIL, code.proof().xor(BigInteger.ONE));
    assertFalse(own().proves(other, id, RULE, NONCE));
  }

  @Test
  void another_device_and_another_server_know_another_secret() {
    var other = pair();
    var theirs =
        SharedSecret.ofDevice(
            other.getPrivate(), DeviceKey.hex(other.getPublic()), server.publicKey());
    assertFalse(theirs.proves(code(), id, RULE, NONCE));
    // Neither the server's public half nor the device's is enough.
    assertFalse(
        SharedSecret.ofServer(CodeKey.generate(), publicKey).proves(code(), id, RULE, NONCE));
  }

  @Test
  void a_key_that_was_written_down_is_the_same_key() {
    var again = CodeKey.ofPkcs8(server.key().getEncoded());
    assertEquals(server.publicKey(), again.publicKey());
    assertEquals(code(), SharedSecret.ofServer(again, publicKey).code(id, RULE, NONCE, UNTIL));
    assertThrows(
        IllegalArgumentException.class, () -> CodeKey.ofPkcs8(device.getPrivate().getEncoded()));
  }

  @Test
  void a_server_key_with_which_everybody_would_agree_is_refused() {
    for (var weak : new String[] {"00".repeat(32), "01" + "00".repeat(31), "ff", "zz".repeat(32)}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> SharedSecret.ofDevice(device.getPrivate(), publicKey, weak),
          weak);
    }
  }

  /// The pair that libsodium converts in its own tests.
  @Test
  void keys_are_converted_as_others_do_it() throws Exception {
    var seed =
        HexFormat.of().parseHex("421151a459faeade3d247115f94aedae42318124095afabe4d1451a559faedee");
    var key =
        KeyFactory.getInstance("Ed25519")
            .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
    var scalar = ((XECPrivateKey) Curve.montgomery(key)).getScalar().orElseThrow();
    assertEquals(
        "f1814f0e8ff1043d8a44d25babff3cedcae6c22c3edaa48f857ae70de2baae50",
        HexFormat.of().formatHex(Curve.bytes(Curve.publicOf(scalar))));
  }

  @Test
  void both_halves_are_converted_to_one_pair() throws Exception {
    for (var i = 0; i < 50; i++) {
      var pair = pair();
      var scalar = ((XECPrivateKey) Curve.montgomery(pair.getPrivate())).getScalar().orElseThrow();
      assertEquals(
          Curve.publicOf(scalar), ((XECPublicKey) Curve.montgomery(pair.getPublic())).getU());
    }
  }
}
