package dev.interdict.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
  private static Json read(String text) throws JsonException {
    return JsonReader.read(text.getBytes(StandardCharsets.UTF_8), JsonLimits.OWN);
  }

  @Test
  void reads_every_kind_of_value_in_order() throws JsonException {
    assertEquals(
        "{\"b\":[1,-2,true,false,null],\"a\":{\"\\u000a\":\"é\\\"\\\\\"}}",
        JsonWriter.line(
            read(" {\"b\":[1,-2,true,false,null], \"a\":{\"\\n\":\"\\u00e9\\\"\\\\\"}} ")));
  }

  @Test
  void canonical_form_sorts_by_utf8_bytes_and_keeps_control_characters_raw() throws JsonException {
    // U+1F600 sorts after U+FF5E by UTF-8 bytes but before it by UTF-16 units.
    assertEquals(
        "{\"a\":\"x\ny\",\"\uFF5E\":1,\"\uD83D\uDE00\":2}",
        new String(
            JsonWriter.canonical(read("{\"\uD83D\uDE00\":2,\"\uFF5E\":1,\"a\":\"x\\ny\"}")),
            StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[1",
        "{\"a\":1,\"a\":2}",
        "1 2",
        "{} x",
        "1.5",
        "2.0",
        "1e3",
        "-0",
        "9223372036854775808",
        "\"\\ud800\"",
        "{\"\\udc00\":1}",
        "\uFEFF{}",
        "nul",
        "{a:1}",
        "[1,]",
        "//c\n1",
        "NaN"
      })
  void refuses_what_two_readers_could_understand_differently(String text) {
    assertThrows(JsonException.class, () -> read(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"22c08022", "22eda08022", "22ff22", "7b00", "feff007b007d"})
  void refuses_bytes_that_are_not_utf8(String hex) {
    var bytes = HexFormat.of().parseHex(hex);
    assertThrows(JsonException.class, () -> JsonReader.read(bytes, JsonLimits.OWN));
  }

  @Test
  void refuses_depth_length_and_count_beyond_the_limits() {
    var limits = new JsonLimits(1000, 4, 10, 20, false);
    for (var text :
        new String[] {
          "[[[[[]]]]]", "\"12345678901\"", "[" + "1,".repeat(20) + "1]", " ".repeat(1000) + "1"
        }) {
      var bytes = text.getBytes(StandardCharsets.UTF_8);
      assertThrows(JsonException.class, () -> JsonReader.read(bytes, limits), text);
    }
  }

  @Test
  void foreign_documents_may_hold_decimals() throws JsonException {
    assertEquals(
        new Json.Decimal("1.50"),
        JsonReader.read("1.50".getBytes(StandardCharsets.UTF_8), JsonLimits.FOREIGN));
  }
}
