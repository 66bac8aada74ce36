package dev.interdict.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.fuzz.Fuzz;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.server.http.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ApiFuzzTest {
  @Test
  void a_place_in_a_list_is_read_whole_or_refused() throws Exception {
    Fuzz.of("page-after")
        .seeds(Cursor.written(List.of("ws-1", "0123")), Cursor.written(List.of("", "")))
        .words("WyJ", "==", "_-")
        .refuses(RefusedException.class)
        .run(input -> {
          var place =
              Objects.requireNonNull(
                  Cursor.read(new String(input, StandardCharsets.ISO_8859_1), 2));
          assertEquals(2, List.copyOf(place).size());
          assertEquals(place, Cursor.read(Cursor.written(place), 2));
        });
  }

  @Test
  void a_body_either_fits_or_every_fault_has_its_place() throws Exception {
    var schema =
        Schema.object(
            Schema.needs("name", Schema.text(5)),
            Schema.may("at", Schema.instant()),
            Schema.may("rules", new Schema.Items(Schema.words("a", "b"), 2)),
            Schema.may("uses", new Schema.Whole(1, 9)));
    Fuzz.of("api-body")
        .seeds("{\"name\":\"x\",\"at\":\"2026-07-01T00:00:00Z\",\"rules\":[\"a\"],\"uses\":1}")
        .words("\"name\"", "\"rules\"", "[]", "null", "-1")
        .refuses(dev.interdict.json.JsonException.class)
        .run(input -> {
          var json = JsonReader.read(input, JsonLimits.OWN);
          for (var fault : SchemaCheck.faults(schema, json)) {
            assertTrue(fault.at().isEmpty() || fault.at().startsWith("/"));
          }
        });
  }
}
