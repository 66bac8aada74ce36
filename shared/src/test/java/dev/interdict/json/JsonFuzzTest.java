package dev.interdict.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.fuzz.Fuzz;
import dev.interdict.policy.RuleFixtures;
import org.junit.jupiter.api.Test;

/// What is read is what is written, whichever way.
class JsonFuzzTest {
  private static final String ODD =
      "{\"a\\u0000b\":\"\\ud83d\\ude00\\\\\\\"\",\"\":[[],{},-9223372036854775808,null,true]}";

  private static void survives(byte[] input, JsonLimits limits) throws JsonException {
    var json = JsonReader.read(input, limits);
    assertEquals(json, JsonReader.read(JsonWriter.compact(json), limits.withBytes(64 << 20)));
    assertEquals(json, JsonReader.read(JsonWriter.pretty(json), limits.withBytes(64 << 20)));
  }

  @Test
  void our_own_documents() throws InterruptedException {
    Fuzz.of("json")
        .seeds(RuleFixtures.CLAUDE_CODE, ODD)
        .refuses(JsonException.class)
        .run(input -> survives(input, JsonLimits.OWN));
  }

  @Test
  void documents_of_others() throws InterruptedException {
    Fuzz.of("json-foreign")
        .seeds(RuleFixtures.CLAUDE_CODE, ODD, "[1.5, 1e999, -0, 123456789012345678901234567890]")
        .refuses(JsonException.class)
        .run(input -> survives(input, JsonLimits.FOREIGN));
  }
}
