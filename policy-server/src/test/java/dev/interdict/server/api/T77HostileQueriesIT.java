package dev.interdict.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.Json;
import dev.interdict.report.RuleState;
import dev.interdict.server.access.Role;
import dev.interdict.server.main.TestingOffice;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Test 77, at work: whatever stands in a parameter of any operation that reads is a value and no
/// part of a statement, on either database. The statements themselves are held by
/// `T77BoundParametersTest`.
class T77HostileQueriesIT {
  private static final List<String> EVIL =
      List.of(
          "' or '1'='1",
          "x' or 1=1 --",
          "\"; drop table device; --",
          "') union select secret_hash from enrolment_token --",
          "%",
          "_",
          "!",
          "!%",
          "\\",
          "?",
          ":device",
          "${x}",
          "host desc",
          "(select 1)",
          "\u0000",
          "\u202e\ud83d\ude00",
          "a".repeat(199));

  @TempDir static Path folder;
  private static TestingOffice office;
  private static Client everything;
  private static Described described;

  @BeforeAll
  static void start() throws Exception {
    office = new TestingOffice(folder);
    office.person("everything", Role.values());
    everything = Client.of(office, "everything");
    described = new Described(everything.get("/api/v1/openapi.json").body());
    for (var i = 0; i < 3; i++) {
      office.reports(office.device("ws-" + i, "R&D"), "some-tool", RuleState.FAILED);
    }
  }

  @AfterAll
  static void stop() {
    office.close();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static List<Json.Obj> parameters(Described.One operation) {
    return operation.json().get("parameters") instanceof Json.Arr(var all)
        ? all.stream().map(Json.Obj.class::cast).toList()
        : List.of();
  }

  /// The address with `evil` in one parameter, and something harmless in those that are needed.
  private static String address(Described.One operation, String hostile, String evil) {
    var path = operation.path();
    var query = new StringBuilder();
    for (var parameter : parameters(operation)) {
      var name = Described.text(Described.member(parameter, "name"));
      var in = Described.text(Described.member(parameter, "in"));
      var value = name.equals(hostile) ? evil : name.equals("group") ? "dept" : "1";
      if (in.equals("path")) {
        path = path.replace("{" + name + "}", encoded(value).replace("+", "%20"));
      } else if (in.equals("query")
          && (name.equals(hostile) || parameter.get("required") == Json.Bool.TRUE)) {
        query.append(query.isEmpty() ? "?" : "&").append(name).append('=').append(encoded(value));
      }
    }
    return path + query;
  }

  @Test
  void every_parameter_of_every_reading_operation_is_a_value() throws Exception {
    var tried = 0;
    for (var operation : described.operations()) {
      if (operation.changes()) {
        continue;
      }
      for (var parameter : parameters(operation)) {
        var name = Described.text(Described.member(parameter, "name"));
        for (var evil : EVIL) {
          var answer = everything.get(address(operation, name, evil));
          var what = operation.id() + " with " + name + "=" + evil + ": " + answer.statusCode();
          assertTrue(answer.statusCode() < 500, what);
          described.holds(operation, answer);
          tried++;
        }
      }
      // The pace comes back with time; exports want a password of lately.
      office.clock.move(java.time.Duration.ofMinutes(2));
      everything = Client.of(office, "everything");
    }
    assertTrue(tried > 1_000, "only " + tried);
    var devices = everything.get("/api/v1/devices").body();
    assertTrue(devices.contains("\"total\":3"), "nothing was dropped: " + devices);
  }

  @Test
  void a_search_that_is_true_of_everything_finds_nothing() throws Exception {
    for (var list : List.of("devices", "findings", "software")) {
      for (var evil :
          List.of(
              "' or '1'='1",
              "' or 1=1 or ''='",
              "' or ''<'x",
              "x' or 1=1 --",
              "%",
              "_",
              "!",
              "ws-_",
              "s%l",
              "\\")) {
        var found =
            Described.read(everything.get("/api/v1/" + list + "?q=" + encoded(evil)).body());
        assertEquals(new Json.Int(0), found.get("total"), list + " " + evil);
      }
      var some = list.equals("software") ? "some" : "ws-";
      var found = Described.read(everything.get("/api/v1/" + list + "?q=" + some).body());
      assertTrue(((Json.Int) Described.member(found, "total")).value() > 0, list);
    }
  }
}
