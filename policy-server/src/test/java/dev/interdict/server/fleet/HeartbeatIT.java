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
import dev.interdict.server.audit.Audit;
import dev.interdict.server.compliance.Compliance;
import dev.interdict.server.compliance.DeviceDetail;
import dev.interdict.server.compliance.Status;
import dev.interdict.server.scope.Scope;
import dev.interdict.wire.Routes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeartbeatIT {
  private static final String FIRST = "first-nonce-of-it";
  private static final String SECOND = "second-nonce-of-it";
  private static final String THIRD = "third-nonce-of-it";

  @TempDir Path folder;
  private SimulatedFleet fleet;
  private Node node;
  private SimulatedDevice device;

  /// One of several servers on the database.
  private static final class Node {
    final Contacts contacts = new Contacts();
    final Heartbeats heartbeats;
    final ContactSweep sweep;
    final Intake intake;

    Node(SimulatedFleet fleet) {
      heartbeats = new Heartbeats(fleet.database, contacts, fleet.clock, Duration.ofHours(26));
      sweep = new ContactSweep(fleet.database, contacts, heartbeats, fleet.clock);
      intake =
          new Intake(
              fleet.database,
              new Audit(fleet.database, fleet.clock),
              fleet.clock,
              Holdings.UNHEARD,
              contacts,
              _ -> true);
    }
  }

  @BeforeEach
  void start() {
    fleet = new SimulatedFleet(folder);
    node = new Node(fleet);
    device = fleet.enrolled("ws-1", OsFamily.LINUX, "R&D");
    reports(node, device);
    fleet.clock.move(Duration.ofMinutes(15));
  }

  @AfterEach
  void stop() {
    fleet.close();
  }

  private ReportOutcome reports(Node at, SimulatedDevice who) {
    return reports(at, who, fleet.clock.instant());
  }

  private ReportOutcome reports(Node at, SimulatedDevice who, Instant looked) {
    var clear =
        new ReportedRule("claude-code", RuleState.CLEAR, null, null, null, List.of(), List.of());
    var now = fleet.clock.instant();
    var body = who.report(new Coverage(looked, true, List.of()), now, clear);
    return at.intake.accept(who.signedReport(body, now));
  }

  private SignedRequest heartbeat(SimulatedDevice who, String after, String nonce) {
    var body = new Heartbeat(String.valueOf(who.lastHash()), after).write();
    return who.signed(Routes.HEARTBEAT, body, who.sequence(), fleet.clock.instant(), nonce);
  }

  private void taken(Node at, SignedRequest request) {
    assertInstanceOf(Heartbeats.Outcome.Taken.class, at.heartbeats.accept(request));
  }

  private void turnedDown(Node at, SignedRequest request) {
    assertInstanceOf(Heartbeats.Outcome.WantsWhole.class, at.heartbeats.accept(request));
  }

  private Instant contact() {
    var detail = fleet.compliance.device(device.id());
    assertNotNull(detail);
    return detail.contact().last();
  }

  @Test
  void a_heartbeat_is_a_contact_once_it_is_written_down() {
    var before = contact();
    taken(node, heartbeat(device, "", FIRST));
    assertEquals(before, contact());
    node.sweep.run();
    assertEquals(fleet.clock.instant(), contact());
    fleet.clock.move(Duration.ofMinutes(15));
    taken(node, heartbeat(device, FIRST, SECOND));
    node.sweep.close();
    assertEquals(fleet.clock.instant(), contact());
  }

  @Test
  void heartbeats_keep_a_clear_device_from_counting_as_silent_and_nothing_else_does() {
    for (var day = 0; day < 10; day++) {
      reports(node, device);
      fleet.clock.move(Duration.ofDays(1));
      taken(node, heartbeat(device, "", "nonce-of-the-day-" + day));
      node.sweep.run();
      assertEquals(1, fleet.compliance.overview("claude-code").counts().get(Status.CLEAR));
    }
    fleet.clock.move(Compliance.SILENT_AFTER.plusSeconds(1));
    assertEquals(1, fleet.compliance.overview("claude-code").counts().get(Status.SILENT));
  }

  @Test
  void a_device_that_people_want_to_hear_anew_tells_all_of_its_next_look() {
    taken(node, heartbeat(device, "", FIRST));
    node.sweep.run();
    new Rescans(fleet.database, fleet.audit, fleet.clock)
        .ask("ada", Scope.WHOLE, Set.of(device.id()));
    turnedDown(new Node(fleet), heartbeat(device, FIRST, SECOND));
    node.sweep.recall();
    turnedDown(node, heartbeat(device, FIRST, SECOND));
    assertNull(rescan().told());
    fleet.clock.move(Duration.ofSeconds(5));
    reports(node, device);
    assertEquals(fleet.clock.instant(), rescan().told());
    node.sweep.recall();
    taken(node, heartbeat(device, "", THIRD));
    taken(new Node(fleet), heartbeat(device, "", SECOND));
  }

  @Test
  void one_that_tells_of_an_old_look_is_asked_again_at_each_heartbeat_and_not_for_ever() {
    var old = fleet.clock.instant().minus(Duration.ofHours(1));
    new Rescans(fleet.database, fleet.audit, fleet.clock)
        .ask("ada", Scope.WHOLE, Set.of(device.id()));
    for (var hour = 0; hour < 26; hour++) {
      node.sweep.recall();
      turnedDown(node, heartbeat(device, "", "nonce-of-the-hour-" + hour));
      reports(node, device, old);
      assertNull(rescan().told());
      fleet.clock.move(Duration.ofHours(1));
    }
    node.sweep.recall();
    taken(node, heartbeat(device, "", FIRST));
    taken(new Node(fleet), heartbeat(device, "", SECOND));
    reports(node, device);
    assertEquals(fleet.clock.instant(), rescan().told());
  }

  private DeviceDetail.Rescan rescan() {
    var detail = Objects.requireNonNull(fleet.compliance.device(device.id()));
    return Objects.requireNonNull(detail.rescan());
  }

  @Test
  void heartbeats_stand_for_a_report_for_a_day_and_a_little() {
    var last = "";
    for (var hour = 0; hour < 25; hour++) {
      fleet.clock.move(Duration.ofHours(1));
      var nonce = "nonce-of-the-hour-" + hour;
      taken(node, heartbeat(device, last, nonce));
      last = nonce;
    }
    node.sweep.run();
    var contact = contact();
    fleet.clock.move(Duration.ofHours(1));
    turnedDown(node, heartbeat(device, last, SECOND));
    turnedDown(new Node(fleet), heartbeat(device, last, THIRD));
    node.sweep.run();
    assertEquals(contact, contact());
    reports(node, device);
    taken(node, heartbeat(device, "", FIRST));
  }

  @Test
  void two_machines_with_one_key_at_two_servers_are_found_out_by_what_these_write_down() {
    var other = new Node(fleet);
    var clone = device.cloned();
    taken(node, heartbeat(device, "", FIRST));
    taken(other, heartbeat(clone, "", SECOND));
    node.sweep.run();
    other.sweep.run();
    fleet.clock.move(Duration.ofMinutes(15));
    turnedDown(other, heartbeat(clone, SECOND, THIRD));
    assertInstanceOf(ReportOutcome.Accepted.class, reports(other, clone));
    taken(node, heartbeat(device, FIRST, SECOND));
    node.sweep.run();
    fleet.clock.move(Duration.ofMinutes(15));
    turnedDown(node, heartbeat(device, SECOND, THIRD));
    assertInstanceOf(ReportOutcome.Forked.class, reports(node, device));
    assertEquals(1, fleet.compliance.overview("claude-code").counts().get(Status.UNKNOWN));
  }

  @Test
  void another_report_than_the_last_is_turned_down() {
    var old = heartbeat(device, "", FIRST);
    reports(node, device);
    turnedDown(node, old);
    taken(node, heartbeat(device, "", SECOND));
  }

  @Test
  void a_recorded_heartbeat_is_worth_nothing() {
    var first = heartbeat(device, "", FIRST);
    taken(node, first);
    turnedDown(node, first);
    node.sweep.run();
    // Neither at another server, nor after a start.
    turnedDown(new Node(fleet), first);
    taken(node, heartbeat(device, FIRST, SECOND));
    turnedDown(node, first);
  }

  @Test
  void one_that_was_held_back_makes_no_device_look_fresher_than_it_was() {
    var signed = fleet.clock.instant();
    var held = heartbeat(device, "", FIRST);
    fleet.clock.move(Heartbeats.TOLERANCE);
    taken(node, held);
    node.sweep.run();
    assertEquals(signed, contact());
    var late = heartbeat(device, FIRST, SECOND);
    fleet.clock.move(Heartbeats.TOLERANCE.plusSeconds(1));
    turnedDown(node, late);
  }

  @Test
  void one_that_is_signed_for_the_future_is_turned_down() {
    fleet.clock.move(Duration.ofHours(1));
    var ahead = heartbeat(device, "", FIRST);
    fleet.clock.move(Duration.ofHours(-1));
    turnedDown(node, ahead);
  }

  @Test
  void two_machines_with_one_key_are_found_out_within_a_cycle() {
    var clone = device.cloned();
    taken(node, heartbeat(device, "", FIRST));
    turnedDown(node, heartbeat(clone, "", SECOND));
    assertInstanceOf(ReportOutcome.Accepted.class, reports(node, clone));
    fleet.clock.move(Duration.ofMinutes(1));
    turnedDown(node, heartbeat(device, FIRST, THIRD));
    assertInstanceOf(ReportOutcome.Forked.class, reports(node, device));
    assertEquals(1, fleet.compliance.overview("claude-code").counts().get(Status.UNKNOWN));
    // And nobody's heartbeat makes it clear again: a whole report has to.
    fleet.clock.move(Duration.ofMinutes(15));
    turnedDown(node, heartbeat(device, FIRST, SECOND));
  }

  @Test
  void a_device_may_go_from_server_to_server() {
    var other = new Node(fleet);
    taken(node, heartbeat(device, "", FIRST));
    node.sweep.run();
    taken(other, heartbeat(device, FIRST, SECOND));
    other.sweep.run();
    taken(node, heartbeat(device, SECOND, THIRD));
    reports(other, device);
    taken(node, heartbeat(device, "", FIRST));
  }

  @Test
  void a_report_that_another_server_took_ends_the_heartbeats_on_the_one_before() {
    var clone = device.cloned();
    taken(node, heartbeat(device, "", FIRST));
    node.sweep.run();
    reports(new Node(fleet), clone);
    // This server has not heard of it; what it takes is not written down, and it learns by that.
    taken(node, heartbeat(device, FIRST, SECOND));
    var before = contact();
    fleet.clock.move(Duration.ofMinutes(1));
    node.sweep.run();
    assertEquals(before, contact());
    turnedDown(node, heartbeat(device, SECOND, THIRD));
  }

  @Test
  void a_doubt_that_another_server_casts_ends_the_heartbeats() {
    var clone = device.cloned();
    reports(node, device);
    taken(node, heartbeat(device, "", FIRST));
    node.sweep.run();
    fleet.clock.move(Duration.ofMinutes(1));
    assertInstanceOf(ReportOutcome.Forked.class, reports(new Node(fleet), clone));
    assertEquals(1, fleet.compliance.overview("claude-code").counts().get(Status.UNKNOWN));
    node.sweep.recall();
    turnedDown(node, heartbeat(device, FIRST, SECOND));
    assertInstanceOf(ReportOutcome.Accepted.class, reports(node, device));
    node.sweep.recall();
    taken(node, heartbeat(device, "", FIRST));
  }

  @Test
  void a_device_that_has_something_to_be_told_is_asked_for_its_report() {
    taken(node, heartbeat(device, "", FIRST));
    node.sweep.run();
    fleet.looks.record(device.id(), "anna", "viewer");
    node.sweep.recall();
    // Asked of the database again, the heartbeat would fit.
    turnedDown(node, heartbeat(device, FIRST, SECOND));
    var answer = assertInstanceOf(ReportOutcome.Accepted.class, reports(node, device));
    assertEquals(1, answer.looks().size());
    node.sweep.recall();
    taken(node, heartbeat(device, "", FIRST));
  }

  @Test
  void only_the_device_itself_is_heard() {
    var other = fleet.enrolled("ws-2", OsFamily.LINUX, "R&D");
    var body = new Heartbeat(String.valueOf(device.lastHash()), "").write();
    var forged = other.signed(Routes.HEARTBEAT, body, 1, fleet.clock.instant(), FIRST);
    turnedDown(node, forged);
    var request = heartbeat(device, "", FIRST);
    var bent =
        new SignedRequest(
            request.parts(),
            request.input().replace(device.id().value(), other.id().value()),
            request.signature(),
            request.body());
    assertInstanceOf(Heartbeats.Outcome.NotProven.class, node.heartbeats.accept(bent));
    var stranger = new SimulatedDevice("ws-3", OsFamily.LINUX);
    assertInstanceOf(
        Heartbeats.Outcome.NotProven.class,
        node.heartbeats.accept(
            stranger.signed(Routes.HEARTBEAT, body, 1, fleet.clock.instant(), FIRST)));
  }

  @Test
  void a_device_that_never_reported_has_nothing_to_keep_up() {
    var fresh = fleet.enrolled("ws-2", OsFamily.LINUX, "R&D");
    var body = new Heartbeat("0".repeat(64), "").write();
    turnedDown(node, fresh.signed(Routes.HEARTBEAT, body, 0, fleet.clock.instant(), FIRST));
  }
}
