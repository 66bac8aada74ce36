package dev.interdict.agent.sources.reading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FolderTree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.json.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JsoncTest {
  @TempDir Path root;

  private @Nullable Json read(String text) throws Exception {
    Files.writeString(root.resolve("settings.json"), text);
    return Jsonc.object(new FolderTree(root), BytePath.parse("/settings.json"));
  }

  private static String plain(String text) {
    return new String(Jsonc.plain(text.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
  }

  @Test
  void comments_and_trailing_commas_are_let_through() throws Exception {
    var expected = Json.object().put("a", "b").put("c", Json.texts(java.util.List.of("d"))).build();
    assertEquals(
        expected, read("{ // one\n \"a\": \"b\", /* two\n */ \"c\": [\"d\", /**/ ] ,\n}\n// end"));
  }

  @Test
  void what_looks_like_a_comment_in_a_string_is_none() throws Exception {
    var text = "{\"a\": \"https://x/*y*/ \\\" // ,}\"}";
    assertEquals(text, plain(text));
    assertEquals(Json.object().put("a", "https://x/*y*/ \" // ,}").build(), read(text));
  }

  @Test
  void byte_order_mark_is_let_through_and_an_empty_file_is_none() throws Exception {
    assertEquals(Json.object().build(), read("\uFEFF{}"));
    assertNull(read(""));
    assertNull(read(" // nothing yet\n"));
  }

  @Test
  void lines_and_columns_stay() {
    assertEquals("{    \n  }", plain("{//ab\n, }"));
  }

  @Test
  void what_is_open_at_the_end_is_refused() {
    for (var text : new String[] {"{\"a\": \"b", "{ /*", "{ /", "{,}x", "[1]", "{\"a\": \"b\\"}) {
      assertThrows(UnreadableException.class, () -> read(text), text);
    }
  }

  @Test
  void two_commas_are_no_trailing_one() {
    assertThrows(UnreadableException.class, () -> read("{\"a\": [1,,]}"));
  }
}
