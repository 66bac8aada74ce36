package dev.interdict.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.json.Json;
import dev.interdict.json.JsonWriter;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("any-database")
class ExcerptTest {
  private static final Excerpt TWO = new Excerpt("rows", Schema.any(), 2);

  private static String line(Json.Builder json) {
    return JsonWriter.line(json.build());
  }

  @Test
  void a_list_that_fits_is_whole_and_says_nothing_more() {
    var rows = List.of("a", "b");
    assertEquals("{\"rows\":[\"a\",\"b\"]}", line(TWO.put(Json.object(), rows, Json.Text::new)));
    assertEquals(
        "{\"rows\":[\"a\",\"b\"]}", line(TWO.putLast(Json.object(), rows, Json.Text::new)));
  }

  @Test
  void a_longer_one_says_what_it_leaves_out() {
    var rows = List.of("a", "b", "c", "d", "e");
    assertEquals(
        "{\"rows\":[\"a\",\"b\"],\"rows-left-out\":3}",
        line(TWO.put(Json.object(), rows, Json.Text::new)));
    assertEquals(
        "{\"rows\":[\"d\",\"e\"],\"rows-left-out\":3}",
        line(TWO.putLast(Json.object(), rows, Json.Text::new)));
    assertEquals(
        "{\"rows\":[\"a\",\"b\"],\"rows-left-out\":98}",
        line(TWO.put(Json.object(), List.of("a", "b"), 100, Json.Text::new)));
  }
}
