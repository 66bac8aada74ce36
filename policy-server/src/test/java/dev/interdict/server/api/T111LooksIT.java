package dev.interdict.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.report.Look;
import dev.interdict.report.ReportedAnswer;
import dev.interdict.report.RuleState;
import dev.interdict.server.access.Role;
import dev.interdict.server.fleet.Looks;
import dev.interdict.server.fleet.SimulatedDevice;
import dev.interdict.server.fleet.expected.ExpectedFleet;
import dev.interdict.server.main.TestingOffice;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Test 111: by whatever way of the API somebody is shown a person's device, that person's device
/// learns of it, and the audit log has it.
class T111LooksIT {
  private static final String V1 = "/api/v1";

  /// What names workstations without a look: to look through the fleet is no look at anybody, and
  /// the audit log tells what people did, not what is on a workstation.
  private static final Set<String> UNSEEN = Set.of("exportAudit", "listAudit", "listDevices");

  @TempDir Path folder;
  private TestingOffice office;
  private SimulatedDevice device;
  private SimulatedDevice other;
  private Client anna;

  @BeforeEach
  void start() throws Exception {
    office = new TestingOffice(folder);
    office.person("anna", Role.HELPDESK, Role.APPROVER);
    anna = Client.of(office, "anna");
    device = office.device("ws-1", "R&D");
    other = office.device("other-2", "R&D");
    var asks =
        new ReportedAnswer(
            "a1", "exemption-request", office.clock.instant(), null, null, "not done", null);
    office.reports(device, "some-tool", RuleState.FAILED, asks);
    office.reports(other, "some-tool", RuleState.PRESENT);
  }

  @AfterEach
  void stop() {
    office.close();
  }

  private List<String> looks(SimulatedDevice at) {
    return office.parts().looks().newest(at.id(), 100).stream().map(Look::who).toList();
  }

  private boolean isLookedAtNow(SimulatedDevice at) {
    return office.parts().looks().newest(at.id(), 1).stream()
        .anyMatch(look -> look.at().equals(office.clock.instant()));
  }

  private long audited(String action, String object) {
    return office.parts().audit().newest(Long.MAX_VALUE, 100).stream()
        .filter(entry -> entry.actor().equals("anna"))
        .filter(entry -> entry.action().equals(action) && entry.object().equals(object))
        .count();
  }

  @Test
  void looking_for_somebody_is_a_look_at_whoever_is_found() throws Exception {
    for (var path : List.of("/findings?q=ws-1", "/devices?q=ws-1")) {
      assertEquals(200, anna.get(V1 + path).statusCode());
      assertTrue(isLookedAtNow(device), path);
      assertEquals(List.of(), looks(other), path);
      office.clock.move(Looks.ONE_LOOK.plusSeconds(1));
    }
    assertEquals(1, audited("device.listed", "findings"));
    assertEquals(1, audited("device.listed", "devices"));
  }

  @Test
  void one_item_of_the_queue_and_what_was_asked_are_looks() throws Exception {
    // What was shown in a list hides none of them.
    assertEquals(200, anna.get(V1 + "/exemptions/requests").statusCode());
    for (var path :
        List.of(
            "/queue-items/" + device.id() + "/some-tool",
            "/devices/" + device.id() + "/exemptions/some-tool",
            "/exemptions/standing?of=" + device.id() + ":some-tool")) {
      var before = looks(device).size();
      assertEquals(200, anna.get(V1 + path).statusCode());
      assertEquals(before + 1, looks(device).size(), path);
      office.clock.move(Looks.ONE_LOOK.plusSeconds(1));
    }
    assertEquals(3, audited("device.look", device.id().value()));
  }

  @Test
  void whoever_takes_all_away_has_looked_at_all() throws Exception {
    for (var path : List.of("/exports/findings", "/exports/devices")) {
      assertEquals(200, anna.get(V1 + path).statusCode());
      assertTrue(isLookedAtNow(device), path);
      assertTrue(isLookedAtNow(other), path);
      office.clock.move(Looks.ONE_LIST.plusSeconds(1));
      anna = Client.of(office, "anna");
    }
    assertEquals(1, audited("export.findings", "findings"));
  }

  @Test
  void a_list_that_is_asked_for_again_and_again_is_one_look_a_day() throws Exception {
    for (var list : List.of("/findings", "/queue-items", "/exemptions/requests", "/findings")) {
      assertEquals(200, anna.get(V1 + list).statusCode());
      office.clock.move(Duration.ofMinutes(20));
      assertTrue(looks(device).size() <= 1, list);
    }
    assertEquals(List.of("anna"), looks(device));
    assertEquals(List.of("anna"), looks(other));
    assertEquals(200, anna.get(V1 + "/devices/" + device.id()).statusCode());
    assertEquals(1, audited("device.look", device.id().value()), "a list hides no look at one");
  }

  @Test
  void whoever_looks_for_somebody_is_told_no_total_without_a_look() throws Exception {
    for (var list : List.of("/devices?q=ws-1", "/findings?q=ws-1", "/queue-items?q=ws-1")) {
      var total = anna.get(V1 + list + "&size=0");
      assertEquals(400, total.statusCode(), list);
      assertTrue(total.body().contains("size: 0 with q, owner or manager"), total.body());
    }
    for (var list :
        List.of("/devices?owner=li.wei", "/findings?owner=!li.wei", "/devices?manager=wang.min")) {
      assertEquals(400, anna.get(V1 + list + "&size=0").statusCode(), list);
    }
    for (var list : List.of("/devices?size=0", "/queue-items?owner=anna&size=0")) {
      assertEquals(200, anna.get(V1 + list).statusCode(), list);
    }
    assertEquals(List.of(), looks(device));
  }

  @Test
  void to_look_for_a_persons_workstation_is_a_look_as_by_its_name() throws Exception {
    for (var list :
        List.of("/devices?owner=!li.wei", "/findings?owner=!li.wei", "/devices?manager=!li.wei")) {
      assertEquals(200, anna.get(V1 + list).statusCode());
      assertTrue(isLookedAtNow(device), list);
      office.clock.move(Looks.ONE_LOOK.plusSeconds(1));
    }
  }

  @Test
  void to_name_whose_workstations_still_have_it_is_a_look_at_these() throws Exception {
    var elsewhere = office.device("ws-3", "R&D");
    office.reports(elsewhere, "some-tool", RuleState.CLEAR);
    var parts = office.parts();
    var expected =
        new ExpectedFleet(
            parts.database(), parts.audit(), new SecureRandom(), office.clock, Duration.ofDays(7));
    var csv = "hostname,owner\nws-1,li.wei\nother-2,zhao.min\nws-3,li.wei\n";
    try (var list =
        expected.read(
            new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)),
            StandardCharsets.UTF_8)) {
      list.apply("tester", false, false, OptionalLong.empty());
    }
    assertEquals(200, anna.get(V1 + "/people?rule=some-tool&size=0").statusCode());
    assertEquals(List.of(), looks(device));
    var page = anna.get(V1 + "/people?rule=some-tool&size=1");
    assertTrue(page.body().contains("li.wei") && !page.body().contains("zhao"), page.body());
    assertEquals(List.of("anna"), looks(device));
    assertEquals(List.of(), looks(other), "on the next page");
    assertEquals(List.of(), looks(elsewhere), "has it not");
    assertEquals(200, anna.get(V1 + "/people?rule=some-tool").statusCode());
    assertEquals(List.of("anna"), looks(device));
    assertEquals(List.of("anna"), looks(other));
    assertEquals(2, audited("device.listed", "people"), "each page that told of another");
    office.clock.move(Looks.ONE_LIST.plusSeconds(1));
    anna = Client.of(office, "anna");
    var file = anna.get(V1 + "/exports/people?rule=some-tool");
    assertEquals(
        List.of("person,devices,department", "li.wei,1,R&D", "zhao.min,1,R&D"),
        file.body().lines().toList());
    assertTrue(isLookedAtNow(device) && isLookedAtNow(other));
    assertFalse(isLookedAtNow(elsewhere), "has it not");
    assertEquals(1, audited("export.people", "people"));
    // Two of a part are too few to be counted, and a file names nobody either.
    var part = anna.get(V1 + "/exports/people?rule=some-tool&dept=R%26D");
    assertEquals(List.of("person,devices,department"), part.body().lines().toList());
  }

  /// Whatever operation is added one day: an answer that names somebody's workstation is a look.
  @Test
  void an_answer_that_names_a_workstation_is_a_look_at_it() throws Exception {
    office.person("everything", Role.values());
    var described = new Described(Client.of(office, "everything").get(V1 + "/openapi.json").body());
    var unseen = new TreeSet<String>();
    var named = new TreeSet<String>();
    for (var operation : described.operations()) {
      if (operation.changes()) {
        continue;
      }
      // Each is the first look for a day, by somebody who has just signed in.
      office.clock.move(Looks.ONE_LIST.plusSeconds(1));
      var answer = Client.of(office, "everything").get(asked(operation));
      if (answer.statusCode() == 200 && answer.body().contains(device.id().value())) {
        named.add(operation.id());
        if (!isLookedAtNow(device)) {
          unseen.add(operation.id());
        }
      }
    }
    assertTrue(named.size() > 12, named::toString);
    assertEquals(UNSEEN, unseen);
  }

  private String asked(Described.One operation) {
    var path =
        operation
            .path()
            .replace("{device}", device.id().value())
            .replaceAll("\\{(draft|serial|proposal)}", "1")
            .replaceAll("\\{[a-z]+}", "some-tool");
    return path
        + switch (operation.id()) {
          case "listSoftwareDevices" -> "?identity=pkg%3Anpm%2Fsome-tool&detector=npm";
          case "exportAuditPack" -> "?from=2026-07-01&to=2026-07-31";
          case "listStandingExemptions" -> "?of=" + device.id() + ":some-tool";
          case "listPeople" -> "?rule=some-tool";
          default -> "";
        };
  }

  @Test
  void to_look_through_the_fleet_is_no_look_at_anybody() throws Exception {
    assertEquals(200, anna.get(V1 + "/devices?rule=some-tool&state=present").statusCode());
    assertEquals(List.of(), looks(other));
  }
}
