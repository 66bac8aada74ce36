package dev.interdict.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.interdict.json.Fault;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CollectionTest {
  static final Collection WRITTEN =
      new Collection(
          Collection.Level.PLACES,
          false,
          "Works agreement 2026-04",
          new Localized("What is told.", "上报的内容。"));

  private static Blocklist list(Json collection) throws JsonException {
    return Blocklist.read(JsonWriter.compact(Blocklist.document(7, "IT", List.of(), collection)));
  }

  @Test
  void a_list_that_says_nothing_means_matches_with_masked_places() throws JsonException {
    var document = JsonWriter.compact(Blocklist.document(7, "IT", List.of()));
    assertFalse(new String(document, StandardCharsets.UTF_8).contains("collection"));
    assertEquals(
        new Collection(Collection.Level.MATCHES, true, null, null),
        Blocklist.read(document).collection());
  }

  @Test
  void what_the_signers_decided_is_read_as_it_was_written() throws JsonException {
    assertEquals(WRITTEN, list(WRITTEN.json()).collection());
    assertEquals(Collection.DEFAULT, list(Collection.DEFAULT.json()).collection());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "[]",
        "{}",
        "{\"level\":\"places\"}",
        "{\"level\":\"everything\",\"host-name\":true}",
        "{\"level\":\"places\",\"host-name\":\"yes\"}",
        "{\"level\":\"places\",\"host-name\":true,\"not-on\":\"sundays\"}",
        "{\"level\":\"places\",\"host-name\":true,\"decided-by\":7}",
        "{\"level\":\"places\",\"host-name\":true,\"text\":{\"en\":\"x\"}}",
        "{\"level\":\"places\",\"host-name\":true,\"text\":{\"en\":\"x\",\"zh-CN\":\"\"}}",
      })
  void what_is_not_understood_allows_the_least(String collection) throws JsonException {
    var read =
        JsonReader.read(
            ("{\"c\":" + collection + "}").getBytes(StandardCharsets.UTF_8), JsonLimits.OWN);
    var written = Objects.requireNonNull(((Json.Obj) read).get("c"));
    assertEquals(Collection.LEAST, list(written).collection());
    var faults = new ArrayList<Fault>();
    Collection.read(written, faults);
    assertFalse(faults.isEmpty(), "an author is not told");
  }
}
