package dev.interdict.server.fleet;

import dev.interdict.report.Coverage;
import dev.interdict.report.OsFamily;
import dev.interdict.report.ReportedRule;
import dev.interdict.server.MovableClock;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.compliance.Compliance;
import dev.interdict.server.fleet.expected.Admissions;
import dev.interdict.server.fleet.expected.ExpectedFleet;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.TestingDatabase;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// The fleet's slices over a real database file, with a clock that tests move.
public final class SimulatedFleet implements AutoCloseable {
  public final MovableClock clock = new MovableClock(Instant.parse("2026-07-01T08:00:00Z"));
  public final Path folder;
  public final Database database;
  public final Audit audit;
  public final EnrolmentTokens tokens;
  public final Enrolment enrolment;
  public final ExpectedFleet expected;
  public final Admissions admissions;
  public final Intake intake;
  public final Compliance compliance;
  public final Looks looks;

  public SimulatedFleet(Path folder) {
    this.folder = folder;
    database = TestingDatabase.open(folder);
    audit = new Audit(database, clock);
    tokens = new EnrolmentTokens(database, audit, new SecureRandom(), clock);
    enrolment = new Enrolment(database, audit, clock, Compliance.SILENT_AFTER);
    expected =
        new ExpectedFleet(database, audit, new SecureRandom(), clock, Compliance.SILENT_AFTER);
    admissions = new Admissions(database, audit, clock, Compliance.SILENT_AFTER);
    intake = new Intake(database, new Audit(database, clock), clock, Holdings.UNHEARD);
    compliance = new Compliance(database, clock, Compliance.SILENT_AFTER);
    looks = new Looks(database, audit, clock);
  }

  public String token(String department, long uses) {
    var placement = new Placement(department, "everyone", List.of());
    return tokens.create("tester", placement, Duration.ofDays(3650), uses).secret();
  }

  public SimulatedDevice enrolled(String host, OsFamily os, String department) {
    var device = new SimulatedDevice(host, os);
    var outcome = enrolment.enrol(device.enrol(token(department, 1), null, clock.instant()));
    if (!(outcome instanceof EnrolOutcome.Enrolled)) {
      throw new IllegalStateException(outcome.toString());
    }
    return device;
  }

  public ReportOutcome send(SimulatedDevice device, Coverage coverage, ReportedRule... rules) {
    var body = device.report(coverage, clock.instant(), rules);
    return intake.accept(device.signedReport(body, clock.instant()));
  }

  @Override
  public void close() {
    database.close();
  }
}
