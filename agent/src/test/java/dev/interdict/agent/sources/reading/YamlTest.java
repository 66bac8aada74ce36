package dev.interdict.agent.sources.reading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class YamlTest {
  private static final BytePath FILE = BytePath.parse("/x.yml");

  private static List<Json> read(String text) throws UnreadableException {
    return Yaml.documents(FILE, text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void plain_values_are_text_unless_json_says_otherwise() throws Exception {
    var expected =
        Json.object()
            .put("a", Json.Bool.TRUE)
            .put("b", Json.Null.NULL)
            .put("c", "4.5")
            .put("d", "true")
            .put("e", Json.texts(List.of("x", "no")))
            .build();
    assertEquals(List.of(expected), read("a: true\nb:\nc: 4.5\nd: 'true'\ne: [x, no]\n"));
  }

  @Test
  void anchors_and_merges_are_what_they_stand_for() throws Exception {
    var json =
        read("base: &b {image: one, x: y}\nservice:\n  <<: *b\n  x: z\nother: *b\n").getFirst();
    assertEquals(List.of("one"), Pick.texts(json, "service/image"));
    assertEquals(List.of("z"), Pick.texts(json, "service/x"));
    assertEquals(List.of("one"), Pick.texts(json, "other/image"));
  }

  @Test
  void tags_make_nothing() throws Exception {
    assertEquals(
        List.of(Json.object().put("a", "x").build()), read("a: !!javax.script.Engine x\n"));
    assertEquals(List.of(Json.object().put("a", "x").build()), read("a: !reset x\n"));
  }

  @Test
  void every_document_is_read() throws Exception {
    assertEquals(2, read("a: b\n---\nc: d\n").size());
    assertEquals(List.of(), read(""));
    assertEquals(List.of(), read("# nothing\n"));
  }

  @Test
  void aliases_of_aliases_do_not_expand() {
    var text = new StringBuilder("a: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (var i = 1; i < 30; i++) {
      var before = "*a" + (i - 1);
      text.append("b%d: &a%d [%s, %s, %s]\n".formatted(i, i, before, before, before));
    }
    assertThrows(UnreadableException.class, () -> read(text.toString()));
  }

  @Test
  void deep_and_circular_ones_are_refused() {
    assertThrows(UnreadableException.class, () -> read("[".repeat(5000)));
    assertThrows(UnreadableException.class, () -> read("a: &a [*a]\n"));
    assertThrows(UnreadableException.class, () -> read("{".repeat(200_000)));
  }

  @Test
  void error_quotes_nothing_of_the_file() {
    for (var text : List.of("a: [canary-1\nb: }", "\tcanary-2: x", "a: *canary-3", "@canary-4")) {
      var e = assertThrows(UnreadableException.class, () -> read(text));
      assertFalse(String.valueOf(e.getMessage()).contains("canary"), e::getMessage);
    }
  }
}
