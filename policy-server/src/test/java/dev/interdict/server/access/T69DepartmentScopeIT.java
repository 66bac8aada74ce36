package dev.interdict.server.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.report.OsFamily;
import dev.interdict.server.fleet.Placement;
import dev.interdict.server.fleet.SimulatedDevice;
import dev.interdict.server.main.TestingServer;
import dev.interdict.server.scope.Scope;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Test 69 for people: whoever sees one department learns nothing of another.
class T69DepartmentScopeIT {
  private static final String RULE = "claude-code";

  @TempDir Path folder;
  private TestingServer server;

  @BeforeEach
  void two_departments_and_a_person_of_one() throws IOException {
    server = new TestingServer(folder);
    for (var i = 0; i < 6; i++) {
      enrol("rd-" + i, "R&D/platform");
      enrol("sales-" + i, "Sales");
    }
    enrol("lone-1", "R&D/lab");
    server
        .server
        .parts()
        .accounts()
        .create(
            "tester", "ada", TestingServer.PASSWORD, Set.of(Role.VIEWER), Scope.of(List.of("R&D")));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void enrol(String host, String department) throws IOException {
    var placement = new Placement(department, "everyone", List.of());
    var token = server.server.parts().tokens().create("tester", placement, Duration.ofDays(9), 1);
    var device = new SimulatedDevice(host, OsFamily.LINUX);
    server.send(device.enrol(token.secret(), null, server.clock.instant()));
  }

  private String get(String path) throws IOException {
    var cookie =
        server
            .signIn("ada", TestingServer.PASSWORD)
            .headers()
            .firstValue("Set-Cookie")
            .orElseThrow()
            .replaceAll(";.*", "");
    var answer = server.send(server.admins(path).header("Cookie", cookie).build());
    assertEquals(200, answer.statusCode());
    return answer.body();
  }

  @Test
  void lists_and_totals_are_those_of_the_scope() throws Exception {
    for (var path :
        List.of("", "?dept=Sales&dept=R%26D%2Fplatform&dept=R%26D%2Flab", "?size=200")) {
      var devices = get("/api/v1/devices" + path);
      assertTrue(devices.contains("\"total\":7"), devices);
      assertFalse(devices.contains("sales") || devices.contains("Sales"), devices);
    }
    var none = get("/api/v1/devices?dept=Sales");
    assertTrue(none.contains("\"total\":0"), none);
    var found = get("/api/v1/devices?q=sales");
    assertTrue(found.contains("\"total\":0"), found);
  }

  @Test
  void a_count_says_nothing_of_other_departments() throws Exception {
    var overview = get("/api/v1/rules/" + RULE);
    assertTrue(overview.contains("\"devices\":7"), overview);
    assertFalse(overview.contains("Sales"), overview);
  }

  @Test
  void a_group_under_five_is_not_broken_down() throws Exception {
    var overview = get("/api/v1/rules/" + RULE);
    assertFalse(overview.contains("R&D/lab"), overview);
    assertTrue(overview.contains("\"name\":\"*\""), overview);
  }

  @Test
  void a_scope_whose_department_has_no_device_sees_none() throws Exception {
    var accounts = server.server.parts().accounts();
    accounts.grant(
        "tester", "ada", Set.of(Role.VIEWER), Scope.of(List.of("R&")), TestingServer.PASSWORD);
    assertTrue(get("/api/v1/devices").contains("\"total\":0"));
    assertTrue(get("/api/v1/rules/" + RULE).contains("\"devices\":0"));
  }
}
