package dev.interdict.server.fleet.expected;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.interdict.report.Coverage;
import dev.interdict.report.OsFamily;
import dev.interdict.report.ReportedRule;
import dev.interdict.report.RuleState;
import dev.interdict.report.SerialNumber;
import dev.interdict.server.compliance.Compliance;
import dev.interdict.server.compliance.DeviceDetail;
import dev.interdict.server.compliance.Status;
import dev.interdict.server.fleet.Contacts;
import dev.interdict.server.fleet.EnrolOutcome;
import dev.interdict.server.fleet.EnrolmentTokens;
import dev.interdict.server.fleet.Farewells;
import dev.interdict.server.fleet.Placement;
import dev.interdict.server.fleet.ReportOutcome;
import dev.interdict.server.fleet.SimulatedDevice;
import dev.interdict.server.fleet.SimulatedFleet;
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

/// Devices that wait, machines that are set up anew, and what a token that leaked can do.
class AdmissionIT {
  private static final String RULE = "claude-code";

  @TempDir Path folder;
  private SimulatedFleet fleet;

  @BeforeEach
  void open() {
    fleet = new SimulatedFleet(folder);
    DeviceLists.apply(fleet, "serial,department\nPF111,R&D\n");
  }

  @AfterEach
  void close() {
    fleet.close();
  }

  private EnrolmentTokens.Created token(boolean approval, boolean replace, long perHour) {
    return fleet.tokens.create(
        "tester",
        new Placement("unassigned", "everyone", List.of()),
        Duration.ofDays(30),
        50,
        new Arrival.Allowed(approval, replace),
        perHour);
  }

  private SimulatedDevice enrol(EnrolmentTokens.Created token) {
    var device = new SimulatedDevice("ws-1", OsFamily.LINUX);
    assertInstanceOf(EnrolOutcome.Enrolled.class, tries(device, token));
    return device;
  }

  private EnrolOutcome tries(SimulatedDevice device, EnrolmentTokens.Created token) {
    return fleet.enrolment.enrol(
        device.enrol(token.secret(), SerialNumber.told("PF111"), fleet.clock.instant()));
  }

  private void says(SimulatedDevice device, RuleState state) {
    assertInstanceOf(
        ReportOutcome.Accepted.class,
        fleet.send(
            device,
            new Coverage(fleet.clock.instant(), true, List.of()),
            new ReportedRule(RULE, state, null, null, null, List.of(), List.of())));
  }

  private long count(Status status) {
    return fleet.compliance.overview(RULE).counts().get(status);
  }

  private DeviceDetail.Membership membership(SimulatedDevice device) {
    return Objects.requireNonNull(fleet.compliance.device(device.id())).membership();
  }

  @Test
  void a_device_that_waits_counts_nowhere_until_it_is_approved() {
    var device = enrol(token(true, false, 10));
    says(device, RuleState.CLEAR);
    assertEquals("waiting", membership(device).standing());
    assertEquals(1, count(Status.NOT_ENROLLED));
    assertEquals(1, fleet.compliance.overview(RULE).counts().total());
    assertEquals(device.id(), fleet.admissions.queue(10).getFirst().device());

    fleet.admissions.approve("anna", device.id().value().substring(0, 8), false);
    assertEquals(1, count(Status.CLEAR));
    assertEquals("R&D", membership(device).department());
    assertEquals(List.of(), fleet.admissions.queue(10));
    assertEquals("device.approve", fleet.audit.newest(Long.MAX_VALUE, 1).getFirst().action());
    assertThrows(
        RefusedException.class, () -> fleet.admissions.approve("anna", device.id().value(), true));
  }

  @Test
  void a_refused_device_may_report_and_counts_nowhere() {
    var device = enrol(token(true, false, 10));
    fleet.admissions.refuse("anna", device.id().value(), "unknown to us");
    says(device, RuleState.CLEAR);
    assertEquals(1, fleet.compliance.overview(RULE).counts().total());
    assertEquals(1, count(Status.NOT_ENROLLED));
  }

  @Test
  void whoever_tells_the_serial_of_a_device_that_counts_takes_nothing_over() {
    var device = enrol(token(false, false, 10));
    says(device, RuleState.FAILED);
    for (var replace : List.of(true, false)) {
      var thief = enrol(token(false, replace, 10));
      says(thief, RuleState.CLEAR);
      assertEquals("waiting", membership(thief).standing());
      assertEquals(1, count(Status.FAILED));
      assertEquals(1, fleet.compliance.overview(RULE).counts().total());
      // It was heard lately: a hasty click does not take it over either.
      assertThrows(
          RefusedException.class,
          () -> fleet.admissions.approve("anna", thief.id().value(), false));
      assertEquals("waiting", membership(thief).standing());
    }
  }

  @Test
  void a_machine_set_up_anew_takes_its_place_when_somebody_approves_it() {
    var before = enrol(token(false, false, 10));
    says(before, RuleState.FAILED);
    var after = enrol(token(false, false, 10));
    says(after, RuleState.CLEAR);
    fleet.admissions.approve("anna", after.id().value(), true);
    assertEquals("superseded", membership(before).standing());
    assertEquals(before.id().value(), membership(after).replaces());
    assertEquals(1, count(Status.CLEAR));
    assertEquals(1, fleet.compliance.overview(RULE).counts().total());
    // What it told before is kept, and if it is heard again that is seen.
    fleet.clock.move(Duration.ofHours(1));
    says(before, RuleState.FAILED);
    assertEquals(1, fleet.compliance.overview(RULE).counts().total());
    assertEquals(1, fleet.expected.census().heardRetired());
  }

  @Test
  void a_token_may_let_it_take_the_place_of_a_silent_one_and_only_then() {
    var before = enrol(token(false, false, 10));
    says(before, RuleState.CLEAR);
    fleet.clock.move(Compliance.SILENT_AFTER.plusHours(1));
    var waits = enrol(token(false, false, 10));
    assertEquals("waiting", membership(waits).standing());
    var both = enrol(token(true, true, 10));
    assertEquals("waiting", membership(both).standing());
    var after = enrol(token(false, true, 10));
    assertEquals("active", membership(after).standing());
    assertEquals("superseded", membership(before).standing());
    assertEquals(1, fleet.compliance.overview(RULE).counts().total());
  }

  @Test
  void that_the_other_said_goodbye_lets_nobody_take_its_place() {
    var before = enrol(token(false, false, 10));
    says(before, RuleState.CLEAR);
    var farewells = new Farewells(fleet.database, fleet.audit, new Contacts(), fleet.clock);
    var goodbye = new Farewell(before.id(), 0).write();
    var at = fleet.clock.instant();
    assertEquals(
        new Farewells.Outcome.Noted(),
        farewells.accept(before.signed(Routes.UNENROL, goodbye, before.sequence() + 1, at)));
    assertEquals("waiting", membership(enrol(token(false, true, 10))).standing());
    assertEquals("active", membership(before).standing());
    assertEquals(1, fleet.compliance.overview(RULE).counts().total());
  }

  @Test
  void a_token_admits_only_so_many_within_an_hour_and_takes_no_use_of_the_others() {
    var token = token(false, false, 2);
    enrol(token);
    enrol(token);
    var third = new SimulatedDevice("ws-3", OsFamily.LINUX);
    assertEquals(new EnrolOutcome.Later(), tries(third, token));
    assertEquals(48, fleet.tokens.list().getFirst().usesLeft());
    fleet.clock.move(Duration.ofHours(1));
    assertInstanceOf(EnrolOutcome.Enrolled.class, tries(third, token));
  }

  @Test
  void the_harm_of_a_leaked_token_is_bounded() {
    var token = token(false, false, 5);
    for (var i = 0; i < 20; i++) {
      var fake = new SimulatedDevice("fake-" + i, OsFamily.LINUX);
      var told = SerialNumber.told("FAKE" + i);
      fleet.enrolment.enrol(fake.enrol(token.secret(), told, fleet.clock.instant()));
    }
    var overview = fleet.compliance.overview(RULE);
    assertEquals(5, overview.onNoList());
    assertEquals(0, overview.counts().compliant());
    fleet.tokens.revoke("anna", token.token().id());
    fleet.clock.move(Duration.ofHours(2));
    assertInstanceOf(
        EnrolOutcome.TokenRefused.class, tries(new SimulatedDevice("late", OsFamily.LINUX), token));
    // As it would get into a log.
    assertFalse(token.toString().contains(token.secret()), token::toString);
  }
}
