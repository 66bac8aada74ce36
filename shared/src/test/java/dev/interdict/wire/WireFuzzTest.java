package dev.interdict.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.interdict.fuzz.Fuzz;
import dev.interdict.json.JsonException;
import dev.interdict.report.DeviceId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SignatureException;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Header fields of requests that nobody has authenticated yet.
class WireFuzzTest {
  private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);

  private static RequestParts parts(@Nullable String query) {
    return new RequestParts("POST", "/v1/report", query, ContentDigest.of(BODY), 7);
  }

  @Test
  void there_is_one_way_to_write_a_signature() throws Exception {
    var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    for (var parts : new RequestParts[] {parts(null), parts("a=b")}) {
      var signature =
          MessageSignature.sign(
              parts,
              Instant.ofEpochSecond(1_783_612_800L),
              DeviceId.of(pair.getPublic()),
              "0123456789abcdef",
              pair.getPrivate());
      var fields = signature.inputField(parts) + "\n" + signature.signatureField();
      Fuzz.of("signature-fields")
          .seeds(fields)
          .words("interdict=", "created=", "\"@query\"", ";alg=\"ed25519\"", "sig1=", "99999999999")
          .refuses(SignatureException.class)
          .run(input -> {
            var lines = Fuzz.text(input).split("\n", 2);
            var second = lines.length == 2 ? lines[1] : "";
            var read = MessageSignature.parse(parts, lines[0], second);
            assertEquals(lines[0], read.inputField(parts));
            assertEquals(second, read.signatureField());
            if (!Fuzz.text(input).equals(fields)) {
              assertFalse(read.verify(parts, pair.getPublic()), "another signature");
            }
          });
    }
  }

  @Test
  void a_digest_is_of_one_body() throws InterruptedException {
    Fuzz.of("content-digest")
        .seeds(ContentDigest.of(BODY) + "\n{}", ContentDigest.of(new byte[0]) + "\n")
        .words("sha-256=:", "sha-512=:", ":", ", ", "=")
        .run(input -> {
          var text = new String(input, StandardCharsets.ISO_8859_1);
          var end = Math.max(0, text.indexOf('\n'));
          var body = text.substring(end).stripLeading().getBytes(StandardCharsets.ISO_8859_1);
          var field = text.substring(0, end);
          assertEquals(field.equals(ContentDigest.of(body)), ContentDigest.matches(field, body));
        });
  }

  @Test
  void keys_of_devices() throws InterruptedException, GeneralSecurityException {
    var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Fuzz.of("device-key")
        .seeds(DeviceKey.hex(pair.getPublic()))
        .refuses(IllegalArgumentException.class)
        .run(input -> {
          var text = Fuzz.text(input);
          assertEquals(text, DeviceKey.hex(DeviceKey.of(text)));
        });
  }

  @Test
  void replacements_of_keys() throws Exception {
    var generator = KeyPairGenerator.getInstance("Ed25519");
    var from = generator.generateKeyPair();
    var to = generator.generateKeyPair();
    var written =
        KeyReplacement.prove(
                DeviceId.of(from.getPublic()),
                DeviceKey.hex(from.getPublic()),
                DeviceKey.hex(to.getPublic()),
                to.getPrivate(),
                Instant.ofEpochSecond(1_783_612_800L))
            .write();
    Fuzz.of("key-replacement")
        .seeds(written)
        .words("device", "proof", "\"at\":", "99999999999")
        .refuses(JsonException.class, IllegalArgumentException.class)
        .run(input -> {
          var read = KeyReplacement.read(input);
          assertEquals(read, KeyReplacement.read(read.write()));
          if (!Arrays.equals(read.write(), written)) {
            assertFalse(read.isProven(), "another replacement");
          }
        });
  }
}
