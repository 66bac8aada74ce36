package dev.interdict.server.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.report.Coverage;
import dev.interdict.report.DeviceId;
import dev.interdict.report.Look;
import dev.interdict.report.OsFamily;
import dev.interdict.server.audit.AuditEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LooksIT {
  @TempDir Path folder;
  private SimulatedFleet fleet;
  private SimulatedDevice device;

  @BeforeEach
  void open() {
    fleet = new SimulatedFleet(folder);
    device = fleet.enrolled("ws-1", OsFamily.LINUX, "R&D");
  }

  @AfterEach
  void close() {
    fleet.close();
  }

  private List<Look> told(SimulatedDevice device) {
    var coverage = new Coverage(fleet.clock.instant(), true, List.of());
    return assertInstanceOf(ReportOutcome.Accepted.class, fleet.send(device, coverage)).looks();
  }

  private Look look(String who) {
    return new Look(fleet.clock.instant(), who, "viewer");
  }

  private List<AuditEntry> audited() {
    return fleet.audit.newest(Long.MAX_VALUE, 100).reversed().stream()
        .filter(entry -> entry.action().equals("device.look"))
        .toList();
  }

  @Test
  void a_device_is_told_once_of_each_look_and_only_of_its_own() {
    var other = fleet.enrolled("ws-2", OsFamily.LINUX, "R&D");
    var first = look("li.na");
    fleet.looks.record(device.id(), "li.na", "viewer");
    fleet.clock.move(Duration.ofMinutes(1));
    var second = look("bo");
    fleet.looks.record(device.id(), "bo", "viewer");
    assertEquals(List.of(), told(other));
    assertEquals(List.of(first, second), told(device));
    assertEquals(List.of(), told(device));
    assertEquals(List.of(second, first), fleet.looks.newest(device.id(), 10));
  }

  @Test
  void of_many_devices_each_has_its_own_newest_looks_and_their_number() {
    var ids = new ArrayList<DeviceId>();
    for (var n = 0; n < 70; n++) {
      ids.add(new SimulatedDevice("ws-" + n, OsFamily.LINUX).id());
    }
    var other = fleet.enrolled("ws-other", OsFamily.LINUX, "R&D");
    ids.addFirst(device.id());
    ids.addLast(other.id());
    for (var who : List.of("li.na", "bo", "anna")) {
      fleet.clock.move(Duration.ofMinutes(1));
      fleet.looks.record(device.id(), who, "viewer");
    }
    fleet.looks.record(other.id(), "bo", "viewer");
    var kept = fleet.looks.newest(ids, 2);
    assertEquals(Set.of(device.id(), other.id()), kept.keySet());
    assertEquals(new Looks.Kept(fleet.looks.newest(device.id(), 2), 3), kept.get(device.id()));
    assertEquals(new Looks.Kept(List.of(look("bo")), 1), kept.get(other.id()));
    assertEquals(Map.of(), fleet.looks.newest(List.of(), 2));
  }

  @Test
  void a_report_that_comes_again_because_its_answer_got_lost_gets_the_same_answer() {
    fleet.looks.record(device.id(), "li.na", "viewer");
    var now = fleet.clock.instant();
    var body = device.report(new Coverage(now, true, List.of()), now);
    var looks = List.of(look("li.na"));
    assertEquals(
        new ReportOutcome.Accepted(looks), fleet.intake.accept(device.signedReport(body, now)));
    fleet.looks.record(device.id(), "bo", "viewer");
    assertEquals(
        new ReportOutcome.Repeated(looks, 0), fleet.intake.accept(device.signedReport(body, now)));
    assertEquals(List.of(look("bo")), told(device));
  }

  @Test
  void a_page_left_open_is_one_look_and_coming_back_later_another() {
    for (var second = 0; second < 60; second++) {
      fleet.looks.record(device.id(), "li.na", "viewer");
      fleet.clock.move(Duration.ofSeconds(14));
    }
    assertEquals(1, audited().size());
    fleet.clock.move(Looks.ONE_LOOK);
    fleet.looks.record(device.id(), "li.na", "viewer");
    assertEquals(2, told(device).size());
  }

  @Test
  void each_look_is_in_the_audit_log() {
    fleet.looks.record(device.id(), "li.na", "auditor");
    var entry = audited().getFirst();
    assertEquals("li.na", entry.actor());
    assertEquals(device.id().value(), entry.object());
    assertEquals("{\"role\":\"auditor\"}", entry.detail());
  }

  @Test
  void of_many_looks_one_answer_tells_the_first_and_the_next_goes_on() {
    for (var n = 0; n < Look.MOST + 5; n++) {
      fleet.looks.record(device.id(), "person-" + n, "viewer");
      fleet.clock.move(Duration.ofSeconds(1));
    }
    var first = told(device);
    assertEquals(Look.MOST, first.size());
    assertEquals("person-0", first.getFirst().who());
    assertEquals(5, told(device).size());
    assertEquals(List.of(), told(device));
  }

  private void list(List<DeviceId> devices, String who) {
    fleet.looks.record(devices, who, "viewer", Looks.ONE_LIST, "devices");
  }

  @Test
  void a_device_that_never_reports_is_kept_one_look_of_each_who_lists_it_every_day() {
    fleet.looks.record(device.id(), "siem", "viewer");
    var opened = look("siem");
    for (var day = 0; day < 40; day++) {
      fleet.clock.move(Looks.ONE_LIST.plusSeconds(1));
      list(List.of(device.id()), "siem");
      list(List.of(device.id()), "bo");
    }
    assertEquals(List.of(look("bo"), look("siem"), opened), fleet.looks.newest(device.id(), 1_000));
    assertEquals(3, told(device).size());
    fleet.clock.move(Looks.ONE_LIST.plusSeconds(1));
    list(List.of(device.id()), "siem");
    assertEquals(4, fleet.looks.newest(device.id(), 1_000).size(), "what was told is kept");
    assertEquals(List.of(look("siem")), told(device));
  }

  @Test
  void the_audit_log_names_everybody_who_was_listed() {
    var devices = new ArrayList<DeviceId>();
    for (var n = 0; n < 60; n++) {
      devices.add(fleet.enrolled("of-many-" + n, OsFamily.LINUX, "R&D").id());
    }
    list(devices, "li.na");
    var entry = fleet.audit.newest(Long.MAX_VALUE, 1).getFirst();
    assertEquals("device.listed", entry.action());
    for (var each : devices) {
      assertTrue(entry.detail().contains(each.value()), each::value);
    }
  }
}
