package dev.interdict.server.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.interdict.report.Coverage;
import dev.interdict.report.Heartbeat;
import dev.interdict.report.OsFamily;
import dev.interdict.report.ReportedRule;
import dev.interdict.report.RuleState;
import dev.interdict.server.compliance.DeviceDetail;
import dev.interdict.server.compliance.Status;
import dev.interdict.wire.Farewell;
import dev.interdict.wire.Routes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A device that is taken off its server where it stands: reported, expected as before, never
/// clear, and by nobody but itself.
class FarewellIT {
  @TempDir Path folder;
  private SimulatedFleet fleet;
  private Contacts contacts;
  private Intake intake;
  private Farewells farewells;
  private SimulatedDevice device;
  private SimulatedDevice other;

  @BeforeEach
  void start() {
    fleet = new SimulatedFleet(folder);
    contacts = new Contacts();
    intake =
        new Intake(fleet.database, fleet.audit, fleet.clock, Holdings.UNHEARD, contacts, _ -> true);
    farewells = new Farewells(fleet.database, fleet.audit, contacts, fleet.clock);
    device = fleet.enrolled("ws-1", OsFamily.LINUX, "R&D");
    other = fleet.enrolled("ws-2", OsFamily.LINUX, "R&D");
    reports(device);
    reports(other);
    fleet.clock.move(Duration.ofMinutes(15));
  }

  @AfterEach
  void stop() {
    fleet.close();
  }

  private void reports(SimulatedDevice who) {
    var clear =
        new ReportedRule("claude-code", RuleState.CLEAR, null, null, null, List.of(), List.of());
    var now = fleet.clock.instant();
    var body = who.report(new Coverage(now, true, List.of()), now, clear);
    assertInstanceOf(ReportOutcome.Accepted.class, intake.accept(who.signedReport(body, now)));
  }

  private SignedRequest farewell(SimulatedDevice who, SimulatedDevice of, long sequence) {
    var body = new Farewell(of.id(), 2).write();
    return who.signed(Routes.UNENROL, body, sequence, fleet.clock.instant());
  }

  private SignedRequest leaving() {
    return farewell(device, device, device.sequence() + 1);
  }

  private Farewells.Outcome noted(SignedRequest request) {
    var outcome = farewells.accept(request);
    assertInstanceOf(Farewells.Outcome.Noted.class, outcome);
    return outcome;
  }

  private DeviceDetail detail(SimulatedDevice who) {
    return Objects.requireNonNull(fleet.compliance.device(who.id()));
  }

  private long counted(Status status) {
    return fleet.compliance.overview("claude-code").counts().get(status);
  }

  private long count(String query) {
    return fleet.database.read(handle -> handle.createQuery(query).mapTo(Long.class).one());
  }

  private long events() {
    return count("select count(*) from event where kind = 'device.unenrolled'");
  }

  @Test
  void it_stays_expected_and_nothing_on_it_is_clear_any_more() {
    assertEquals(2, counted(Status.CLEAR));
    noted(leaving());
    assertEquals(1, counted(Status.CLEAR));
    assertEquals(1, counted(Status.UNKNOWN));
    assertEquals(List.of(), Recount.differences(fleet.database));
    assertEquals(2, count("select count(*) from device where standing = 'active'"));
    assertEquals(fleet.clock.instant(), detail(device).unenrolledAt());
    assertNull(detail(other).unenrolledAt());
    fleet.clock.move(Duration.ofDays(8));
    assertEquals(2, counted(Status.SILENT));
  }

  @Test
  void people_are_told_once_however_often_it_is_said() {
    noted(leaving());
    noted(leaving());
    assertEquals(1, events());
    assertEquals(1, count("select count(*) from audit where action = 'device.unenrolled'"));
  }

  @Test
  void nobody_says_it_for_another() {
    assertInstanceOf(
        Farewells.Outcome.Malformed.class,
        farewells.accept(farewell(other, device, device.sequence() + 1)));
    var stranger = new SimulatedDevice("ws-1", OsFamily.LINUX);
    assertInstanceOf(
        Farewells.Outcome.NotProven.class, farewells.accept(farewell(stranger, stranger, 9)));
    var signed = leaving();
    var meddled =
        new SignedRequest(
            signed.parts(),
            signed.input(),
            signed.signature(),
            new Farewell(other.id(), 2).write());
    assertInstanceOf(Farewells.Outcome.NotProven.class, farewells.accept(meddled));
    assertEquals(0, events());
    assertNull(detail(device).unenrolledAt());
    assertEquals(2, counted(Status.CLEAR));
  }

  @Test
  void one_that_was_kept_back_does_nothing_once_the_device_went_on() {
    var kept = leaving();
    reports(device);
    var outcome = farewells.accept(kept);
    assertEquals(new Farewells.Outcome.Overtaken(device.sequence() + 1), outcome);
    assertEquals(0, events());
    assertEquals(2, counted(Status.CLEAR));
  }

  @Test
  void a_device_that_reports_again_has_not_left() {
    var heartbeats = new Heartbeats(fleet.database, contacts, fleet.clock, Duration.ofHours(26));
    noted(leaving());
    var beat = new Heartbeat(String.valueOf(device.lastHash()), "").write();
    assertInstanceOf(
        Heartbeats.Outcome.WantsWhole.class,
        heartbeats.accept(
            device.signed(Routes.HEARTBEAT, beat, device.sequence(), fleet.clock.instant())));
    reports(device);
    assertNull(detail(device).unenrolledAt());
    assertEquals(2, counted(Status.CLEAR));
    assertNotNull(detail(device).turns().getFirst(), "what was is told on its page");
  }

  @Test
  void a_number_far_ahead_says_nothing_for_longer() {
    for (var i = 0; i < 2; i++) {
      noted(farewell(device, device, 1_000_000_000_000L));
      assertEquals(fleet.clock.instant(), detail(device).unenrolledAt());
      reports(device);
      assertNull(detail(device).unenrolledAt());
      assertEquals(2, counted(Status.CLEAR));
    }
  }

  @Test
  void one_who_leaves_and_comes_back_all_the_time_fills_no_tables() {
    for (var i = 0; i < 5; i++) {
      noted(leaving());
      reports(device);
    }
    assertEquals(1, events());
    assertEquals(1, count("select count(*) from audit where action = 'device.unenrolled'"));
  }
}
