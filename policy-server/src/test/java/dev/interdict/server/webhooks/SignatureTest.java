package dev.interdict.server.webhooks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("any-database")
class SignatureTest {

  /// Made with: printf '%s' 'evt_1.1751356800.{"a":1}' | openssl dgst -sha256 -mac HMAC -macopt
  /// hexkey:000102…1f -binary | base64.
  @Test
  void a_signature_is_what_another_program_makes_of_the_same() {
    var key = new byte[32];
    for (var i = 0; i < key.length; i++) {
      key[i] = (byte) i;
    }
    assertEquals(
        "v1,oQ8Zh+6WFZSvSqdc2Y8QdPjz50EZ0IEKZwgk6yEhiH8=",
        Signature.of(
            Signature.secret(key),
            "evt_1",
            Instant.ofEpochSecond(1751356800),
            "{\"a\":1}".getBytes(StandardCharsets.UTF_8)));
  }
}
