package dev.interdict.offline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.fuzz.Fuzz;
import dev.interdict.json.JsonException;
import dev.interdict.policy.RuleId;
import dev.interdict.report.DeviceId;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What people type who heard it on the telephone, and what the online key signs.
class OfflineFuzzTest {
  private static final DeviceId DEVICE = new DeviceId("3f9a01c2".repeat(4));

  @Test
  void challenges() throws InterruptedException {
    Fuzz.of("code-challenge")
        .seeds(Challenge.of(DEVICE, new RuleId("claude-code"), 7).text())
        .words("-", "o", "I", "–")
        .refuses(IllegalArgumentException.class)
        .run(input -> {
          var read = Challenge.read(new String(input, StandardCharsets.UTF_8));
          assertEquals(read, Challenge.read(read.text()));
        });
  }

  @Test
  void codes() throws InterruptedException {
    Fuzz.of("one-time-code")
        .seeds(new OneTimeCode(Instant.parse("2026-07-12T08:00:00Z"), BigInteger.TEN).text())
        .words("-", "o", "I", "–")
        .refuses(IllegalArgumentException.class)
        .run(input -> {
          var read = OneTimeCode.read(new String(input, StandardCharsets.UTF_8));
          assertEquals(read, OneTimeCode.read(read.text()));
        });
  }

  @Test
  void documents() throws InterruptedException {
    var ended = Set.of(CodeDocument.mark(DEVICE, "C-000001"), CodeDocument.mark(DEVICE, "C-2"));
    Fuzz.of("code-document")
        .seeds(new CodeDocument(CodeKey.generate().publicKey(), ended).write())
        .refuses(JsonException.class)
        .run(input -> {
          var read = CodeDocument.read(input);
          assertArrayEquals(read.write(), CodeDocument.read(read.write()).write());
        });
  }
}
