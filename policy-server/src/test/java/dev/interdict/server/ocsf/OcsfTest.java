package dev.interdict.server.ocsf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.Json;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import dev.interdict.server.events.Event;
import dev.interdict.server.events.EventKind;
import dev.interdict.server.events.Links;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("any-database")
class OcsfTest {
  private final Ocsf ocsf = new Ocsf("1.0");

  private static Event event(EventKind kind) {
    return new Event(
        1,
        "evt_1",
        Instant.parse("2026-07-10T00:00:00Z"),
        kind,
        "ada",
        "d1",
        "claude-code",
        Json.object()
            .put("host", "ws-1")
            .put("os", "linux")
            .put("software", "pkg:npm/x")
            .put("reason", "file-in-use")
            .put("serial", 4)
            .build());
  }

  private Json.Obj installed() {
    return ocsf.installed(
        "d1",
        "ws-1",
        "macos",
        "claude-code",
        "pkg:npm/x",
        null,
        Instant.parse("2026-07-10T00:00:00Z"));
  }

  private static long number(Json.Obj object, String name) {
    return object.get(name) instanceof Json.Int(var n) ? n : -1;
  }

  @Test
  void every_event_is_an_object_of_the_schema() {
    for (var kind : EventKind.values()) {
      var object = ocsf.event(event(kind), "https://i.example/");
      assertEquals(List.of(), OcsfChecker.faults(object), () -> kind + " " + object);
      var bare =
          ocsf.event(
              new Event(
                  1,
                  "evt_1",
                  Instant.parse("2026-07-10T00:00:00Z"),
                  kind,
                  null,
                  null,
                  null,
                  Json.object().build()),
              "https://i.example/");
      assertEquals(List.of(), OcsfChecker.faults(bare), () -> kind + " " + bare);
    }
  }

  @Test
  void every_class_is_the_one_for_what_happened() {
    var classes =
        Arrays.stream(EventKind.values())
            .map(kind -> number(ocsf.event(event(kind), "l"), "class_uid"))
            .collect(Collectors.toSet());
    assertEquals(Set.of(2003L, 3004L, 6002L, 7001L), classes);
    assertEquals(700102, number(ocsf.event(event(EventKind.REMOVAL_FAILED), "l"), "type_uid"));
    assertEquals(6, number(ocsf.event(event(EventKind.REMOVAL_FAILED), "l"), "status_id"));
    assertEquals(600204, number(ocsf.event(event(EventKind.LAUNCH_BLOCKED), "l"), "type_uid"));
    assertEquals(300404, number(ocsf.event(event(EventKind.POLICY_WITHDRAWN), "l"), "type_uid"));
    assertEquals(300406, number(ocsf.event(event(EventKind.DEVICE_ENROLLED), "l"), "type_uid"));
    assertEquals(300412, number(ocsf.event(event(EventKind.POLICY_PAUSED), "l"), "type_uid"));
    assertEquals(
        300412, number(ocsf.event(event(EventKind.RING_BREAKER_TRIPPED), "l"), "type_uid"));
    assertEquals(300413, number(ocsf.event(event(EventKind.POLICY_RESUMED), "l"), "type_uid"));
    var installed = installed();
    assertEquals(List.of(), OcsfChecker.faults(installed));
    assertEquals(5020, number(installed, "class_uid"));
  }

  @Test
  void what_a_class_recommends_is_written_but_for_what_is_named() {
    var left = new TreeMap<Long, Set<String>>();
    var objects =
        Stream.concat(
            Arrays.stream(EventKind.values()).map(kind -> ocsf.event(event(kind), "l")),
            Stream.of(installed()));
    objects.forEach(object ->
        left.merge(
            number(object, "class_uid"),
            OcsfChecker.leftOut(object),
            (a, b) -> {
              var both = new TreeSet<>(a);
              both.retainAll(b);
              return both;
            }));
    assertEquals(OcsfSchema.LEFT_OUT, left);
  }

  @Test
  void a_workstation_is_what_a_search_finds_and_no_desktop() {
    var opened = ocsf.event(event(EventKind.FINDING_OPENED), "l");
    assertEquals(
        "{\"uid\":\"d1\",\"hostname\":\"ws-1\",\"type_id\":99,\"type\":\"Workstation\","
            + "\"os\":{\"name\":\"linux\",\"type_id\":200}}",
        JsonWriter.line(Objects.requireNonNull(opened.get("device"))));
    assertEquals(
        "[{\"name\":\"device.hostname\",\"type_id\":1,\"type\":\"Hostname\",\"value\":\"ws-1\"}]",
        JsonWriter.line(Objects.requireNonNull(opened.get("observables"))));
    var enrolled = ocsf.event(event(EventKind.DEVICE_ENROLLED), "l");
    assertTrue(
        JsonWriter.line(Objects.requireNonNull(enrolled.get("observables")))
            .contains("\"entity.device.hostname\""));
  }

  @Test
  void the_checker_sees_what_is_wrong() {
    var right = ocsf.event(event(EventKind.FINDING_OPENED), "l");
    for (var name : right.members().keySet()) {
      var without = Json.object();
      right
          .members()
          .forEach((key, value) -> {
            if (!key.equals(name)) {
              without.put(key, value);
            }
          });
      var optional =
          Set.of(
              "message", "status", "status_id", "device", "resources", "observables", "unmapped");
      assertEquals(optional.contains(name), OcsfChecker.faults(without.build()).isEmpty(), name);
    }
    var more = Json.object();
    right.members().forEach(more::put);
    assertFalse(OcsfChecker.faults(more.put("other", 1).build()).isEmpty());
    var removed = ocsf.event(event(EventKind.REMOVAL_FAILED), "l");
    var unnamed = Json.object();
    removed
        .members()
        .forEach((key, value) ->
            unnamed.put(key, key.equals("metadata") ? right.members().get("metadata") : value));
    assertEquals(
        List.of("/device is of a profile that is not named: host"),
        OcsfChecker.faults(unnamed.build()));
  }

  @Test
  void a_line_that_a_crash_left_half_is_written_over(@TempDir Path folder) throws Exception {
    var file = folder.resolve("events.jsonl");
    var reader = new OcsfFile(file, ocsf, new Links("https://i.example"));
    reader.read(List.of(event(EventKind.FINDING_OPENED)));
    Files.writeString(file, "{\"class_uid\":20", StandardOpenOption.APPEND);
    reader.read(List.of(event(EventKind.FINDING_CLEARED)));
    var lines = Files.readAllLines(file);
    assertEquals(2, lines.size());
    for (var line : lines) {
      var json = JsonReader.read(line.getBytes(StandardCharsets.UTF_8), JsonLimits.OWN);
      assertTrue(OcsfChecker.faults((Json.Obj) json).isEmpty(), line);
    }
  }
}
