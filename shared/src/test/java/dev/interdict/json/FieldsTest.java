package dev.interdict.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FieldsTest {
  private final List<Fault> faults = new ArrayList<>();

  @Test
  void reads_what_is_there() {
    var fields =
        Fields.of(
            Json.object()
                .put("name", "x")
                .put("count", 3)
                .put("on", true)
                .put("unit", "seconds")
                .put("tags", Json.texts(List.of("a", "b")))
                .build(),
            faults);
    assertEquals("x", fields.text("name"));
    assertEquals(3, fields.integer("count", 0, 9));
    assertEquals(true, fields.flag("on", false));
    assertEquals(TimeUnit.SECONDS, fields.choice("unit", TimeUnit.class));
    assertEquals(List.of("a", "b"), fields.texts("tags"));
    fields.end();
    assertEquals(List.of(), faults);
  }

  @Test
  void collects_every_fault_with_its_place_and_a_way_out() {
    var fields =
        Fields.of(
            Json.object()
                .put("nmae", "x")
                .put("count", 30)
                .put("on", "yes")
                .put("unit", "years")
                .put("inner", Json.object().put("a/b", 1).build())
                .build(),
            faults);
    fields.text("name");
    fields.integer("count", 0, 9);
    fields.flag("on", false);
    fields.choice("unit", FaultKind.class);
    fields.object("inner").end();
    fields.end();
    assertEquals(
        List.of(
            new Fault(Fault.Kind.MISSING, "", "\"name\" is missing"),
            new Fault("/count", "must be a whole number from 0 to 9"),
            new Fault("/on", "must be true or false, is a string"),
            new Fault("/unit", "unknown value \"years\"; write one of one, two-three"),
            new Fault(
                Fault.Kind.UNKNOWN_FIELD, "/inner/a~1b", "unknown field \"a/b\"; known here: "),
            new Fault(
                Fault.Kind.UNKNOWN_FIELD,
                "/nmae",
                "unknown field \"nmae\"; did you mean \"name\"?")),
        faults);
  }

  private enum FaultKind {
    ONE,
    TWO_THREE
  }

  @Test
  void a_time_that_is_none_is_a_fault() {
    var faults = new java.util.ArrayList<Fault>();
    var fields = Fields.of(Json.object().put("at", "2026-02-30T00:00:00Z").build(), faults);
    assertEquals(Instant.EPOCH, fields.parsed("at", Instant::parse, Instant.EPOCH));
    assertEquals("/at", faults.getFirst().pointer());
  }
}
