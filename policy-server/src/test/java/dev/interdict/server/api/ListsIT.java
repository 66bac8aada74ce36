package dev.interdict.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.Json;
import dev.interdict.server.access.Role;
import dev.interdict.server.fleet.SimulatedDevice;
import dev.interdict.server.main.TestingOffice;
import dev.interdict.server.store.Sql;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// No answer grows without a bound: what can be long has pages, every other list says how long it
/// gets, and what it leaves out.
class ListsIT {
  private static final String V1 = "/api/v1";

  /// Short lists that no cursor leads through; they say what they leave out.
  // Few, or those that were asked for one by one.
  private static final Set<String> WITHOUT_PAGES =
      Set.of("listKeys", "listMyRequests", "listMySessions", "listStandingExemptions");

  @TempDir static Path folder;
  private static TestingOffice office;
  private static Described described;
  private static Client ada;
  private static SimulatedDevice device;

  @BeforeAll
  static void start() throws Exception {
    office = new TestingOffice(folder);
    office.person("ada", Role.values());
    ada = Client.of(office, "ada");
    described = new Described(ada.get(V1 + "/openapi.json").body());
    device = office.device("ws-1", "R&D");
  }

  @AfterAll
  static void stop() {
    office.close();
  }

  /// The lists in a schema that do not say how long they get, by their place.
  private static Set<String> endless(Json schema, Json.Obj document, String at, Set<String> seen) {
    var endless = new TreeSet<String>();
    if (!(schema instanceof Json.Obj object)) {
      return endless;
    }
    if (object.get("$ref") instanceof Json.Text(var ref)) {
      return seen.add(ref) ? endless(resolved(document, ref), document, ref, seen) : endless;
    }
    if (new Json.Text("array").equals(object.get("type"))
        && !(object.get("maxItems") instanceof Json.Int)) {
      endless.add(at);
    }
    object
        .members()
        .forEach((name, member) -> {
          switch (member) {
            case Json.Obj inner -> endless.addAll(endless(inner, document, at + "/" + name, seen));
            case Json.Arr(var items) ->
                items.forEach(
                    item -> endless.addAll(endless(item, document, at + "/" + name, seen)));
            default -> {}
          }
        });
    return endless;
  }

  private static Json resolved(Json.Obj document, String ref) {
    Json at = document;
    for (var name : ref.substring("#/".length()).split("/")) {
      at = Described.member((Json.Obj) at, name);
    }
    return at;
  }

  @Test
  void every_list_that_is_described_says_how_long_it_gets() throws Exception {
    var document = Described.read(ada.get(V1 + "/openapi.json").body());
    var endless = new TreeSet<String>();
    for (var operation : described.operations()) {
      endless.addAll(endless(operation.json(), document, operation.id(), new HashSet<>()));
    }
    assertEquals(Set.of(), endless);
  }

  @Test
  void a_list_that_does_not_say_so_is_seen_wherever_it_is() throws Exception {
    var document =
        Described.read(
            """
            {"paths":{},"components":{"schemas":{"A":{"type":"object","properties":{
              "short":{"type":"array","items":{"type":"string"},"maxItems":3},
              "long":{"type":"array","items":{"$ref":"#/components/schemas/A"}}}}}}}
            """);
    var answer = Described.read("{\"schema\":{\"$ref\":\"#/components/schemas/A\"}}");
    assertEquals(
        Set.of("#/components/schemas/A/properties/long"),
        endless(answer, document, "op", new HashSet<>()));
  }

  @Test
  void every_operation_that_lists_has_pages_or_says_what_it_leaves_out() {
    var lists =
        described.operations().stream()
            .filter(one -> !one.changes() && one.id().startsWith("list"))
            .toList();
    assertTrue(lists.size() > 25, () -> "only " + lists.size());
    for (var list : lists) {
      var json = list.json().toString();
      assertEquals(
          !WITHOUT_PAGES.contains(list.id()),
          json.contains("page_after"),
          () -> list.id() + " has no cursor, or is named as one that has none");
    }
  }

  /// All rows of a list, page by page.
  private static List<Json.Obj> all(String path, String member, int size) throws Exception {
    var all = new ArrayList<Json.Obj>();
    var next = "";
    do {
      var answer =
          ada.get(
              V1
                  + path
                  + (path.contains("?") ? "&" : "?")
                  + "size="
                  + size
                  + (next.isEmpty()
                      ? ""
                      : "&page_after=" + URLEncoder.encode(next, StandardCharsets.UTF_8)));
      assertEquals(200, answer.statusCode(), answer.body());
      var page = Described.read(answer.body());
      var rows = ((Json.Arr) Described.member(page, member)).items();
      assertTrue(rows.size() <= size, answer.body());
      rows.forEach(row -> all.add((Json.Obj) row));
      next = page.get("next") instanceof Json.Text(var word) ? word : "";
    } while (!next.isEmpty());
    return all;
  }

  private static List<String> texts(List<Json.Obj> rows, String member) {
    return rows.stream().map(row -> Described.text(Described.member(row, member))).toList();
  }

  @Test
  void all_messages_of_a_webhook_are_found_page_by_page() throws Exception {
    var asked = Json.object().put("name", "siem").put("url", "http://127.0.0.1:9/hook").build();
    var made = Described.read(ada.send("POST", V1 + "/webhooks", asked).body());
    var id = Described.text(Described.member((Json.Obj) Described.member(made, "webhook"), "id"));
    var sent = new ArrayList<String>();
    office
        .parts()
        .database()
        .write(connection -> {
          for (var n = 0; n < 120; n++) {
            sent.addFirst("event-" + n);
            Sql.update(
                connection,
                "insert into event (seq, event_id, at, kind, detail) values (?,?,?,?,'{}')",
                10_000 + n,
                "event-" + n,
                office.clock.millis(),
                "removal.failed");
            Sql.update(
                connection,
                "insert into webhook_delivery (webhook_id, seq, state, attempts, first_at,"
                    + " next_at) values (?,?,'dead',1,0,0)",
                id,
                10_000 + n);
          }
          return null;
        });
    var path = "/webhooks/" + id + "/deliveries";
    assertEquals(sent, texts(all(path, "deliveries", 50), "event"));
    var total = Described.read(ada.get(V1 + path + "?size=0").body());
    assertEquals(new Json.Int(120), total.get("total"));
    assertEquals(404, ada.get(V1 + "/webhooks/none/deliveries").statusCode());
  }

  @Test
  void somebody_with_many_workstations_finds_them_all() throws Exception {
    office
        .parts()
        .database()
        .write(connection -> {
          for (var n = 0; n < 45; n++) {
            Sql.update(
                connection,
                "insert into expected_device (entry_id, host, os, department, person, group_names,"
                    + " in_use, added_at, changed_at) values (?,?,'linux','R&D','ada','',1,0,0)",
                "entry-" + n,
                // Some share a name, so that the entry has to tell them apart.
                "ws-own-%02d".formatted(n / 2));
          }
          return null;
        });
    var hosts = texts(all("/me/devices", "devices", 7), "host");
    assertEquals(45, hosts.size());
    assertEquals(hosts.stream().sorted().toList(), hosts);
    assertEquals(23, new HashSet<>(hosts).size());
  }

  @Test
  void the_cases_of_a_device_have_pages_and_a_rule_is_found_behind_all_others() throws Exception {
    office
        .parts()
        .database()
        .write(connection -> {
          for (var n = 1; n <= 1_020; n++) {
            Sql.update(
                connection,
                "insert into exemption (device_id, case_number, rule_id, state, reason, opened_at,"
                    + " opened_by, decided_at, decided_by, in_force) values"
                    + " (?,?,?,'refused','no',1,'lea',2,'mo',0)",
                device.id().value(),
                n,
                n <= 2 ? "old-rule" : "new-rule");
          }
          for (var n = 3; n <= 207; n++) {
            Sql.update(
                connection,
                "insert into exemption_code (device_id, answer_id, rule_id, case_number, until_at,"
                    + " issued_at, issued_by, told) values (?,?,'new-rule',?,9,1,'lea',0)",
                device.id().value(),
                "C-" + n,
                n);
          }
          return null;
        });
    var cases = texts(all("/devices/" + device.id() + "/exemptions", "cases", 500), "case");
    assertEquals(1_020, new HashSet<>(cases).size());
    assertEquals("EX-1020", cases.getFirst());
    for (var state : List.of("closed", "any")) {
      var old = "/exemptions?rule=old-rule&state=" + state;
      assertEquals(List.of("EX-0002", "EX-0001"), texts(all(old, "exemptions", 1), "case"), state);
      assertEquals(
          new Json.Int(2), Described.read(ada.get(V1 + old + "&size=0").body()).get("total"));
    }
    var one =
        Described.read(ada.get(V1 + "/devices/" + device.id() + "/exemptions/new-rule").body());
    assertEquals(200, ((Json.Arr) Described.member(one, "cases")).items().size());
    assertEquals(new Json.Int(818), one.get("cases-left-out"));
    // All of them are of cases that are left out.
    var codes = ((Json.Arr) Described.member(one, "codes")).items();
    assertEquals(200, codes.size());
    assertEquals("EX-0207", Described.text(Described.member((Json.Obj) codes.getFirst(), "case")));
    assertEquals(new Json.Int(5), one.get("codes-left-out"));
  }

  @Test
  void of_very_many_sessions_the_rest_is_counted() throws Exception {
    office.person("robot", Role.VIEWER);
    var robot = Client.of(office, "robot");
    var now = office.clock.millis();
    office
        .parts()
        .database()
        .write(connection -> {
          for (var n = 0; n < 130; n++) {
            Sql.update(
                connection,
                "insert into session (session_hash, account, csrf, created_at, last_used,"
                    + " expires_at, address, proved_at) values (?,'robot','',?,?,?,'::1',0)",
                "hash-" + n,
                now,
                now,
                now + 600_000);
          }
          return null;
        });
    var answer = Described.read(robot.get(V1 + "/me/sessions").body());
    assertEquals(100, ((Json.Arr) Described.member(answer, "sessions")).items().size());
    assertEquals(new Json.Int(31), answer.get("sessions-left-out"));
  }

  @Test
  void a_catalogue_has_pages() throws Exception {
    var ids = texts(all("/catalogue", "catalogue", 5), "id");
    assertTrue(ids.size() > 10 && new HashSet<>(ids).size() == ids.size(), ids::toString);
  }
}
