package dev.interdict.server.draft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class YamlFileTest {
  @Test
  void dates_and_norway_stay_text_and_json_literals_do_not() {
    var file = read("date: 2026-07-10\ncountry: no\non: true\nnothing:\nn: 20\noct: 010\nd: 1.5\n");
    var expected =
        Json.object()
            .put("date", "2026-07-10")
            .put("country", "no")
            .put("on", true)
            .put("nothing", Json.Null.NULL)
            .put("n", 20)
            .put("oct", "010")
            .put("d", "1.5")
            .build();
    assertEquals(expected, file.json());
  }

  @Test
  void json_is_read_too() {
    var file = read("{\"a\": [1, {\"b\": \"x\"}]}");
    assertEquals(
        Json.object()
            .put("a", List.of(new Json.Int(1), Json.object().put("b", "x").build()))
            .build(),
        file.json());
  }

  @Test
  void every_value_knows_its_place() {
    var file = read("a:\n  - x\n  - b/c: 1\n    d~e: 2\n");
    assertEquals(new Place(1, 1), file.places().of("/a"));
    assertEquals(new Place(2, 5), file.places().of("/a/0"));
    assertEquals(new Place(3, 5), file.places().of("/a/1/b~1c"));
    assertEquals(new Place(4, 5), file.places().of("/a/1/d~0e"));
    assertEquals(new Place(3, 5), file.places().of("/a/1/missing"));
    assertEquals(Place.START, file.places().of(""));
  }

  @Test
  void what_could_expand_or_hide_is_refused_where_it_stands() {
    assertEquals("2:4: uses an anchor (&)", refusal("x: 1\na: &a [1]\nb: *a\n"));
    assertEquals("1:4: uses an anchor (&)", refusal("a: &a x\n"));
    assertEquals("1:4: uses an alias (*)", refusal("a: *b\n"));
    assertEquals("2:1: uses a key that is no text", refusal("a: 1\n*b : 2\n"));
    assertEquals(
        "1:4: uses the tag tag:yaml.org,2002:java.net.URL", refusal("a: !!java.net.URL [x]\n"));
    assertEquals("2:1: has \"a\" twice, first in line 1", refusal("a: 1\na: 2\n"));
    assertEquals("2:1: holds a second document", refusal("a: 1\n---\nb: 2\n"));
    assertEquals("1:1: is empty", refusal("# only a remark\n"));
    assertEquals("1:2: uses a key that is no text", refusal("{[a]: 1}\n"));
  }

  @Test
  void merge_keys_are_plain_unknown_fields() {
    assertEquals(
        Json.object().put("<<", Json.object().put("a", 1).build()).build(),
        read("<<: {a: 1}\n").json());
  }

  @Test
  void bombs_are_refused_early() {
    assertEquals("1:18: is nested deeper than 16 levels", refusal("[".repeat(50_000)));
    assertEquals("1:1: is 300000 bytes long, limit is 262144", refusal("#".repeat(300_000)));
    assertTrue(refusal("[" + "1,".repeat(30_000) + "1]").endsWith("holds more than 20000 values"));
    var lines = new StringBuilder("a: &a [x, x]\n");
    for (var c = 'b'; c < 'z'; c++) {
      lines.append(c).append(": &").append(c).append(" [*").append((char) (c - 1)).append("]\n");
    }
    assertEquals("1:4: uses an anchor (&)", refusal(lines.toString()));
  }

  @Test
  void syntax_errors_say_where_and_what_to_do() {
    assertEquals(
        "2:1: is no YAML: found character '\\t(TAB)' that cannot start any token. (Do not use"
            + " \\t(TAB) for indentation)",
        refusal("a:\n\tb: 1\n"));
    assertTrue(refusal("a: [1, 2\nb: 3\n").startsWith("2:"), refusal("a: [1, 2\nb: 3\n"));
    assertTrue(refusal("a: \"open\n").startsWith("2:1: is no YAML"));
  }

  @Test
  void bytes_that_are_no_text_are_refused() {
    var reading = YamlFile.read("f.yaml", new byte[] {'a', ':', ' ', (byte) 0xff});
    assertEquals(
        "f.yaml:1:1  error  R001  is not UTF-8; save it as UTF-8",
        assertInstanceOf(YamlFile.Reading.Malformed.class, reading).finding().toString());
    assertEquals("1:1: holds a character that YAML does not allow", refusal("a: \u0007\n"));
    assertEquals(Json.object().put("a", 1).build(), read("\uFEFFa: 1\r\n").json());
  }

  private static YamlFile read(String text) {
    var reading = YamlFile.read("f.yaml", text.getBytes(StandardCharsets.UTF_8));
    return assertInstanceOf(YamlFile.Reading.Read.class, reading, reading::toString).file();
  }

  private static String refusal(String text) {
    var reading = YamlFile.read("f.yaml", text.getBytes(StandardCharsets.UTF_8));
    var finding = assertInstanceOf(YamlFile.Reading.Malformed.class, reading).finding();
    assertEquals(LintCode.R001, finding.code());
    return finding.at() + ": " + finding.message().split("; ", 2)[0];
  }
}
