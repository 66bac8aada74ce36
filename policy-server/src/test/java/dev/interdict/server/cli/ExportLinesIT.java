package dev.interdict.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.report.Coverage;
import dev.interdict.report.EvidenceStrength;
import dev.interdict.report.OsFamily;
import dev.interdict.report.Presence;
import dev.interdict.report.ReportedFinding;
import dev.interdict.report.ReportedRule;
import dev.interdict.report.RuleState;
import dev.interdict.server.MovableClock;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.compliance.Compliance;
import dev.interdict.server.fleet.Enrolment;
import dev.interdict.server.fleet.EnrolmentTokens;
import dev.interdict.server.fleet.Holdings;
import dev.interdict.server.fleet.Intake;
import dev.interdict.server.fleet.Placement;
import dev.interdict.server.fleet.SimulatedDevice;
import dev.interdict.server.store.TestingDatabase;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportLinesIT {
  @TempDir Path temp;
  private String dir = "";
  private final MovableClock clock = new MovableClock(Typed.NOW);
  private final SimulatedDevice device = new SimulatedDevice("ws-1", OsFamily.LINUX);

  @BeforeEach
  void set_a_server_up_with_a_device_that_has_two() {
    dir = temp.resolve("server").toString();
    SetUp.in(Path.of(dir));
    try (var database = TestingDatabase.open(Path.of(dir))) {
      var audit = new Audit(database, clock);
      var token =
          new EnrolmentTokens(database, audit, new SecureRandom(), clock)
              .create("tester", new Placement("R&D", "everyone", List.of()), Duration.ofDays(9), 1);
      new Enrolment(database, audit, clock, Compliance.SILENT_AFTER)
          .enrol(device.enrol(token.secret(), null, clock.instant()));
      var found = List.of(found("/opt/a"), found("/opt/b"));
      var now = clock.instant();
      var rule =
          new ReportedRule(
              "some-tool", RuleState.PRESENT, Presence.NEW, null, null, found, List.of());
      new Intake(database, audit, clock, Holdings.UNHEARD)
          .accept(
              device.signedReport(
                  device.report(new Coverage(now, true, List.of()), now, rule), now));
    }
  }

  private static ReportedFinding found(String location) {
    return new ReportedFinding(
        "npm",
        "pkg:npm/some-tool",
        "1.0.0",
        location,
        null,
        EvidenceStrength.STRONG,
        false,
        null,
        null);
  }

  private List<String> findings(String format) {
    var typed = Typed.server("export", "findings", "--format", format, "-d", dir);
    assertEquals(0, typed.code(), typed::err);
    return typed.out().lines().toList();
  }

  @Test
  void what_is_installed_is_a_line_each_in_either_form() {
    var plain = findings("json");
    assertEquals(2, plain.size());
    for (var line : plain) {
      assertTrue(line.contains("\"host\":\"ws-1\""), line);
      assertTrue(line.contains("\"version\":\"1.0.0\""), line);
      assertTrue(line.contains("\"heard\":\"" + Typed.NOW), line);
    }
    var ocsf = findings("ocsf");
    assertEquals(2, ocsf.size());
    assertTrue(ocsf.getFirst().contains("\"class_uid\":5020"), ocsf.getFirst());
  }

  @Test
  void a_machine_that_is_gone_has_nothing_installed() {
    var retired =
        Typed.admin("fleet", "retire", device.id().value(), "--reason", "scrapped", "-d", dir);
    assertEquals(0, retired.code(), retired::err);
    assertFalse(findings("json").stream().anyMatch(line -> line.contains("ws-1")));
  }
}
