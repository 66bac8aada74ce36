package dev.interdict.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.report.DeviceId;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MessageSignatureTest {
  private static final Instant CREATED = Instant.ofEpochSecond(1_783_641_600);
  private static final RequestParts PARTS =
      new RequestParts("POST", Routes.REPORTS, null, ContentDigest.of(new byte[] {1, 2}), 12);

  private final KeyPair device = pair();
  private final DeviceId id = DeviceId.of(device.getPublic());
  private final MessageSignature signed =
      MessageSignature.sign(PARTS, CREATED, id, "0123456789abcdef", device.getPrivate());

  private static KeyPair pair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void the_signature_base_is_that_of_rfc_9421_b_2_6() throws Exception {
    var base =
        new SignatureBase(
            List.of(
                new SignatureBase.Component("date", "Tue, 20 Apr 2021 02:07:55 GMT"),
                new SignatureBase.Component("@method", "POST"),
                new SignatureBase.Component("@path", "/foo"),
                new SignatureBase.Component("@authority", "example.com"),
                new SignatureBase.Component("content-type", "application/json"),
                new SignatureBase.Component("content-length", "18")),
            ";created=1618884473;keyid=\"test-key-ed25519\"");
    var key =
        KeyFactory.getInstance("Ed25519")
            .generatePublic(
                new X509EncodedKeySpec(
                    Base64.getDecoder()
                        .decode("MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=")));
    var signature =
        Base64.getDecoder()
            .decode(
                "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==");
    assertTrue(MessageSignature.verifies(base.bytes(), signature, key));
  }

  @Test
  void the_digest_is_that_of_rfc_9530() {
    assertEquals(
        "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:",
        ContentDigest.of(
            "{\"hello\": \"world\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
  }

  @Test
  void a_request_survives_the_wire() throws Exception {
    var read = MessageSignature.parse(PARTS, signed.inputField(PARTS), signed.signatureField());
    assertEquals(signed, read);
    assertTrue(read.verify(PARTS, device.getPublic()));
  }

  @Test
  void every_covered_part_is_covered() {
    var digest = ContentDigest.of(new byte[] {1, 3});
    for (var other :
        List.of(
            new RequestParts("PUT", PARTS.path(), null, PARTS.contentDigest(), 12),
            new RequestParts("POST", "/agent/v1/enrol", null, PARTS.contentDigest(), 12),
            new RequestParts("POST", PARTS.path(), "a=b", PARTS.contentDigest(), 12),
            new RequestParts("POST", PARTS.path(), null, digest, 12),
            new RequestParts("POST", PARTS.path(), null, PARTS.contentDigest(), 13))) {
      assertFalse(signed.verify(other, device.getPublic()), other::toString);
    }
    assertFalse(signed.verify(PARTS, pair().getPublic()));
    for (var other :
        List.of(
            new MessageSignature(
                CREATED.plusSeconds(1), id, signed.nonce(), signed.tag(), signed.signature()),
            new MessageSignature(
                CREATED,
                new DeviceId("0".repeat(32)),
                signed.nonce(),
                signed.tag(),
                signed.signature()),
            new MessageSignature(CREATED, id, "fedcba9876543210", signed.tag(), signed.signature()),
            new MessageSignature(CREATED, id, signed.nonce(), "other", signed.signature()))) {
      assertFalse(other.verify(PARTS, device.getPublic()), other::toString);
    }
  }

  @Test
  void what_base64_leaves_unused_is_zero() {
    var digest = ContentDigest.of(new byte[0]);
    assertTrue(ContentDigest.matches(digest, new byte[0]));
    assertFalse(ContentDigest.matches(digest.replace("U=:", "V=:"), new byte[0]));
    var field = signed.signatureField();
    var last = field.charAt(field.length() - 4);
    var other = field.replace(last + "==:", (char) (last + 1) + "==:");
    assertThrows(
        SignatureException.class,
        () -> MessageSignature.parse(PARTS, signed.inputField(PARTS), other));
  }

  @Test
  void any_other_form_is_refused() {
    var input = signed.inputField(PARTS);
    for (var change :
        List.of(
            Map.entry("interdict=", "sig1="),
            Map.entry("\"@method\" ", ""),
            Map.entry("\"@method\" \"@path\"", "\"@path\" \"@method\""),
            Map.entry(" \"content-digest\"", ""),
            Map.entry(" \"interdict-sequence\"", ""),
            Map.entry("\"@path\"", "\"@path\" \"@query\""),
            Map.entry("\"@path\"", "\"@path\";req"),
            Map.entry("alg=\"ed25519\"", "alg=\"hmac-sha256\""),
            Map.entry(";created=", ";created=-"),
            Map.entry(";created=", ";created=0"),
            Map.entry(";created=", ";expires=1;created="),
            Map.entry(";nonce", "; nonce"),
            Map.entry(";tag", ";TAG"))) {
      var changed = input.replace(change.getKey(), change.getValue());
      assertThrows(
          SignatureException.class,
          () -> MessageSignature.parse(PARTS, changed, signed.signatureField()),
          changed);
    }
    for (var signature :
        List.of("", "interdict=::", signed.signatureField() + ", x=:AA==:", "interdict=\"a\"")) {
      assertThrows(SignatureException.class, () -> MessageSignature.parse(PARTS, input, signature));
    }
  }

  @Test
  void a_query_is_covered_and_may_not_be_dropped() throws Exception {
    var parts = new RequestParts("GET", PARTS.path(), "since=3", ContentDigest.of(new byte[0]), 0);
    var mine = MessageSignature.sign(parts, CREATED, id, "0123456789abcdef", device.getPrivate());
    assertTrue(
        MessageSignature.parse(parts, mine.inputField(parts), mine.signatureField())
            .verify(parts, device.getPublic()));
    var without = new RequestParts("GET", PARTS.path(), null, ContentDigest.of(new byte[0]), 0);
    assertThrows(
        SignatureException.class,
        () -> MessageSignature.parse(without, mine.inputField(parts), mine.signatureField()));
  }

  @Test
  void a_digest_in_another_form_never_matches() {
    var body = new byte[] {1};
    var digest = ContentDigest.of(body);
    assertTrue(ContentDigest.matches(digest, body));
    for (var other :
        List.of(
            "",
            digest.replace("sha-256", "sha-512"),
            digest.replace("sha-256", "SHA-256"),
            digest + ", md5=:AA==:",
            digest.replace("=:", "=: "),
            ContentDigest.of(new byte[] {2}))) {
      assertFalse(ContentDigest.matches(other, body), other);
    }
  }

  @Test
  void a_device_key_survives_the_wire_and_weak_keys_are_refused() {
    assertEquals(device.getPublic(), DeviceKey.of(DeviceKey.hex(device.getPublic())));
    for (var weak :
        List.of(
            "01" + "00".repeat(31),
            "01" + "00".repeat(30) + "80",
            "00".repeat(32),
            "00".repeat(31) + "80",
            "ec" + "ff".repeat(30) + "7f",
            "ed" + "ff".repeat(30) + "7f",
            "ee" + "ff".repeat(30) + "ff",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")) {
      assertThrows(IllegalArgumentException.class, () -> DeviceKey.of(weak), weak);
    }
  }
}
