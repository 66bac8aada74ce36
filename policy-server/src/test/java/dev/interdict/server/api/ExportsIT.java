package dev.interdict.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.Json;
import dev.interdict.report.RuleState;
import dev.interdict.server.access.Role;
import dev.interdict.server.access.Session;
import dev.interdict.server.csv.CsvReader;
import dev.interdict.server.csv.CsvRecord;
import dev.interdict.server.http.HttpRequest;
import dev.interdict.server.main.TestingOffice;
import dev.interdict.server.scope.Scope;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportsIT {
  private static final String V1 = "/api/v1";

  @TempDir Path folder;
  private TestingOffice office;
  private Client audrey;

  @BeforeEach
  void start() throws Exception {
    office = new TestingOffice(folder);
    office.person("audrey", Role.AUDITOR);
    audrey = Client.of(office, "audrey");
    for (var i = 0; i < 3; i++) {
      var device = office.device(i == 0 ? "=ws,\"0\"" : "ws-" + i, i == 2 ? "@Data" : "R&D");
      office.reports(device, "some-tool", RuleState.PRESENT);
    }
  }

  @AfterEach
  void stop() {
    office.close();
  }

  private List<Json> rows(String path, String name) throws Exception {
    return ((Json.Arr) Described.member(Described.read(audrey.get(V1 + path).body()), name))
        .items();
  }

  @Test
  void json_lines_are_the_rows_of_the_list_with_the_same_filter() throws Exception {
    for (var filter : List.of("", "rule=some-tool&dept=R%26D", "q=ws-1", "q=nobody")) {
      for (var name : List.of("devices", "findings")) {
        var expected = rows("/" + name + "?size=1000&" + filter, name);
        var lines = new ArrayList<Json>();
        var export = audrey.get(V1 + "/exports/" + name + "?format=jsonl&" + filter);
        assertEquals(200, export.statusCode(), export.body());
        for (var line : export.body().lines().toList()) {
          lines.add(Described.read(line));
        }
        assertEquals(expected, lines, name + " " + filter);
      }
    }
  }

  @Test
  void csv_holds_the_same_and_no_cell_is_a_formula() throws Exception {
    var expected = rows("/devices?size=1000", "devices");
    var export = audrey.get(V1 + "/exports/devices?bom=true");
    assertTrue(export.body().startsWith("\ufeffid,host,"), export.body());
    assertTrue(
        export.headers().firstValue("Content-Disposition").orElse("").contains("attachment"));
    var records = records(export.body().substring(1));
    assertEquals(expected.size() + 1, records.size());
    for (var record : records) {
      for (var cell : record) {
        assertFalse(!cell.isEmpty() && "=+-@\t\r".indexOf(cell.charAt(0)) >= 0, cell);
      }
    }
    assertTrue(records.stream().anyMatch(record -> record.contains("'=ws,\"0\"")));
    assertEquals(expected.size() + 1, export.body().split("\r\n").length);
  }

  @Test
  void for_any_filter_the_total_is_what_a_walk_by_pages_and_the_csv_hold() throws Exception {
    for (var filter :
        List.of(
            "dept=!R%26D",
            "dept=%40Data&dept=R%26D",
            "ring=!everyone",
            "os=!linux",
            "owner=-",
            "rule=some-tool&state=!present",
            "rule=some-tool&detector=!npm&sort=-host",
            "rule=some-tool&state=!clear,!removed&dept=!-",
            "sort=-host")) {
      var ids = new ArrayList<String>();
      var next = "";
      do {
        var page = Described.read(audrey.get(V1 + "/devices?size=1&" + filter + next).body());
        for (var row : ((Json.Arr) Described.member(page, "devices")).items()) {
          ids.add(Described.text(Described.member((Json.Obj) row, "id")));
        }
        var more = page.get("next");
        next = more == null ? "" : "&page_after=" + Described.text(more);
        assertEquals(
            new Json.Int(records(csv("id", filter)).size() - 1), Described.member(page, "total"));
      } while (!next.isEmpty());
      var records = records(csv("id", filter));
      assertEquals(ids, records.stream().skip(1).map(List::getFirst).toList(), filter);
    }
  }

  private String csv(String columns, String filter) throws Exception {
    var export = audrey.get(V1 + "/exports/devices?cols=" + columns + "&" + filter);
    assertEquals(200, export.statusCode(), export.body());
    return export.body();
  }

  @Test
  void columns_are_those_that_are_asked_for_in_their_order() throws Exception {
    assertEquals(List.of("os", "host"), records(csv("os,host", "")).getFirst());
    var lines = audrey.get(V1 + "/exports/devices?cols=os&cols=host&format=jsonl").body();
    assertTrue(lines.startsWith("{\"os\":\"linux\",\"host\":"), lines);
    assertEquals(400, audrey.get(V1 + "/exports/devices?cols=secret").statusCode());
    assertEquals(400, audrey.get(V1 + "/exports/findings?cols=host&format=ocsf").statusCode());
  }

  @Test
  void an_order_that_no_index_has_is_refused_with_those_there_are() throws Exception {
    var refused = audrey.get(V1 + "/devices?sort=-due");
    assertEquals(400, refused.statusCode());
    assertTrue(refused.body().contains("known: host"), refused.body());
  }

  private static List<List<String>> records(String csv) throws Exception {
    var records = new ArrayList<List<String>>();
    var reader =
        new CsvReader(
            new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    for (var record = reader.next(); record != null; record = reader.next()) {
      records.add(assertInstanceOf(CsvRecord.Values.class, record).values());
    }
    return records;
  }

  @Test
  void an_export_is_audited_with_its_filter() throws Exception {
    audrey.get(V1 + "/exports/findings?dept=R%26D");
    var audit = audrey.get(V1 + "/audit?action=export").body();
    assertTrue(audit.contains("export.findings") && audit.contains("dept=R%26D"), audit);
  }

  @Test
  void a_filter_that_is_not_fit_is_refused_before_anything_is_sent() throws Exception {
    assertEquals(400, audrey.get(V1 + "/exports/devices?state=present").statusCode());
    assertEquals(400, audrey.get(V1 + "/exports/devices?formt=csv").statusCode());
  }

  @Test
  void looking_for_the_head_alone_takes_no_place_among_the_exports() throws Exception {
    for (var i = 0; i < 5; i++) {
      assertEquals(200, audrey.plain("HEAD", V1 + "/exports/devices").statusCode());
    }
    assertEquals(200, audrey.get(V1 + "/exports/devices").statusCode());
  }

  @Test
  void a_client_that_leaves_gives_its_place_back() throws Exception {
    for (var i = 0; i < 5; i++) {
      try (var socket = new Socket("127.0.0.1", office.server.adminPort())) {
        var request = audrey.request("GET", V1 + "/exports/devices", null).headers().map();
        var text =
            "GET /api/v1/exports/devices HTTP/1.1\r\nHost: x\r\nCookie: "
                + Objects.requireNonNull(request.get("Cookie")).getFirst()
                + "\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        assertTrue(socket.getInputStream().read() > 0);
      }
    }
    assertEquals(200, audrey.get(V1 + "/exports/devices").statusCode());
  }

  /// Straight from the operation, so that a client can stall that never reads.
  @Test
  void clients_that_read_nothing_hold_up_nobody_but_themselves() throws Exception {
    var row = Schema.named("Row", Schema.needs("n", Schema.any()));
    var list =
        new Listing(
            "things",
            row,
            List.of(),
            1,
            (_, _, _) ->
                new Listing.Page(List.of(Json.object().put("n", "1").build()), null, () -> 1));
    var parts = office.parts();
    var export =
        new ExportsApi.Export(list, null, "exportThings", Reach.APART, List.of(Role.VIEWER));
    var operation =
        new ExportsApi(parts.database(), parts.audit(), new ExportPlaces(), List.of(export))
            .operations()
            .getFirst();
    var stalled = new CountDownLatch(4);
    var end = new CountDownLatch(1);
    for (var who : List.of("one", "one", "two", "two")) {
      var stream = Objects.requireNonNull(operation.action().run(call(operation, who)).stream());
      Thread.ofVirtual()
          .start(() -> {
            try {
              stream.writeTo(stalling(stalled, end));
            } catch (IOException e) {
              throw new AssertionError(e);
            }
          });
    }
    stalled.await();
    var third = operation.action().run(call(operation, "one"));
    assertEquals(429, third.status());
    assertTrue(third.headers().stream().anyMatch(each -> each.name().equals("Retry-After")));
    var other = operation.action().run(call(operation, "three"));
    var taken = new ByteArrayOutputStream();
    Objects.requireNonNull(other.stream()).writeTo(taken);
    assertTrue(taken.toString(StandardCharsets.UTF_8).endsWith("1\r\n"));
    end.countDown();
  }

  private static OutputStream stalling(CountDownLatch stalled, CountDownLatch end) {
    return new OutputStream() {
      @Override
      public void write(int one) {
        throw new AssertionError("nothing is written byte by byte");
      }

      @Override
      public void write(byte[] bytes) throws IOException {
        if (new String(bytes, StandardCharsets.UTF_8).startsWith("1")) {
          stalled.countDown();
          try {
            end.await();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
        }
      }
    };
  }

  private Call call(Operation operation, String who) {
    var now = office.clock.instant();
    var session =
        new Session(
            who,
            Session.Kind.TOKEN,
            Set.of(Role.VIEWER),
            Scope.WHOLE,
            "",
            now.plusSeconds(9),
            now,
            "");
    var request =
        new HttpRequest(
            "GET", operation.address(), null, Map.of(), "127.0.0.1", true, Map.of(), new byte[0]);
    return Call.of(operation, request, session);
  }
}
