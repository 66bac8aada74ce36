package dev.interdict.server.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.interdict.report.Coverage;
import dev.interdict.report.Heartbeat;
import dev.interdict.report.OsFamily;
import dev.interdict.report.ReportedRule;
import dev.interdict.report.RuleState;
import dev.interdict.server.compliance.Status;
import dev.interdict.wire.KeyReplacement;
import dev.interdict.wire.Routes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyChangeIT {
  private static final String FIRST = "first-nonce-of-it";
  private static final String SECOND = "second-nonce-of-it";

  @TempDir Path folder;
  private SimulatedFleet fleet;
  private Node node;
  private SimulatedDevice old;
  private SimulatedDevice next;

  /// One of several servers on the database.
  private static final class Node {
    final Contacts contacts = new Contacts();
    final Heartbeats heartbeats;
    final ContactSweep sweep;
    final Intake intake;
    final KeyChanges keys;

    Node(SimulatedFleet fleet) {
      heartbeats = new Heartbeats(fleet.database, contacts, fleet.clock, Duration.ofHours(26));
      sweep = new ContactSweep(fleet.database, contacts, heartbeats, fleet.clock);
      intake =
          new Intake(
              fleet.database, fleet.audit, fleet.clock, Holdings.UNHEARD, contacts, _ -> true);
      keys = new KeyChanges(fleet.database, fleet.audit, contacts, fleet.clock);
    }
  }

  @BeforeEach
  void start() {
    fleet = new SimulatedFleet(folder);
    node = new Node(fleet);
    old = fleet.enrolled("ws-1", OsFamily.LINUX, "R&D");
    accepted(node, old);
    fleet.clock.move(Duration.ofMinutes(15));
    next = old.renewed();
  }

  @AfterEach
  void stop() {
    fleet.close();
  }

  private ReportOutcome reports(Node at, SimulatedDevice who) {
    var clear =
        new ReportedRule("claude-code", RuleState.CLEAR, null, null, null, List.of(), List.of());
    var now = fleet.clock.instant();
    var body = who.report(new Coverage(now, true, List.of()), now, clear);
    return at.intake.accept(who.signedReport(body, now));
  }

  private void accepted(Node at, SimulatedDevice who) {
    assertInstanceOf(ReportOutcome.Accepted.class, reports(at, who));
  }

  private void unproven(Node at, SimulatedDevice who) {
    assertInstanceOf(ReportOutcome.NotProven.class, reports(at, who));
  }

  private SignedRequest heartbeat(SimulatedDevice who, String after, String nonce) {
    var body = new Heartbeat(String.valueOf(who.lastHash()), after).write();
    return who.signed(Routes.HEARTBEAT, body, who.sequence(), fleet.clock.instant(), nonce);
  }

  private SignedRequest offer() {
    return old.offer(next, fleet.clock.instant());
  }

  private void done(SignedRequest request) {
    assertInstanceOf(KeyChanges.Outcome.Done.class, node.keys.accept(request));
  }

  private void unproven(SignedRequest request) {
    assertInstanceOf(KeyChanges.Outcome.NotProven.class, node.keys.accept(request));
  }

  private void malformed(KeyReplacement wish) {
    var request = old.signed(Routes.KEY, wish.write(), 0, fleet.clock.instant());
    assertInstanceOf(KeyChanges.Outcome.Malformed.class, node.keys.accept(request));
  }

  private long changes() {
    return count("select count(*) from audit where action = 'device.key'");
  }

  private boolean alarmed() {
    return count("select count(*) from device where cloned_at is not null") == 1;
  }

  private long count(String query) {
    return fleet.database.read(handle -> handle.createQuery(query).mapTo(Long.class).one());
  }

  private long clear() {
    return fleet.compliance.overview("claude-code").counts().get(Status.CLEAR);
  }

  @Test
  void the_device_stays_the_same_under_its_new_key() {
    done(offer());
    fleet.clock.move(Duration.ofMinutes(15));
    accepted(node, next);
    assertEquals(1, clear());
    assertEquals(1, count("select count(*) from device"));
    assertEquals(1, changes());
    assertEquals(false, alarmed());
    var shown = fleet.compliance.device(next.id());
    assertEquals(
        List.of("key"),
        shown == null ? null : shown.turns().stream().map(turn -> turn.kind()).toList());
  }

  @Test
  void one_who_goes_on_with_the_old_key_is_refused_and_found_out_as_a_clone() {
    done(offer());
    accepted(node, next);
    assertEquals(1, clear());
    fleet.clock.move(Duration.ofMinutes(15));
    unproven(node, old);
    assertEquals(true, alarmed());
    assertEquals(0, clear());
    var again = old.enrol(fleet.token("R&D", 1), null, fleet.clock.instant());
    assertInstanceOf(EnrolOutcome.NotProven.class, fleet.enrolment.enrol(again));
  }

  @Test
  void a_clone_that_asks_for_a_key_of_its_own_is_found_out() {
    done(offer());
    fleet.clock.move(Duration.ofHours(2));
    unproven(old.offer(old.renewed(), fleet.clock.instant()));
    assertEquals(true, alarmed());
    accepted(node, next);
  }

  @Test
  void what_was_signed_before_the_replacement_raises_no_alarm() {
    var late = heartbeat(old, "", FIRST);
    var now = fleet.clock.instant();
    var body = old.cloned().report(new Coverage(now, true, List.of()), now);
    var recorded = old.signed(Routes.REPORTS, body, old.sequence() + 1, now);
    done(offer());
    fleet.clock.move(Duration.ofMinutes(1));
    assertInstanceOf(Heartbeats.Outcome.NotProven.class, node.heartbeats.accept(late));
    assertInstanceOf(ReportOutcome.NotProven.class, node.intake.accept(recorded));
    assertEquals(false, alarmed());
  }

  @Test
  void a_retried_one_is_answered_as_done_and_changes_nothing() {
    var request = offer();
    done(request);
    done(request);
    fleet.clock.move(Duration.ofMinutes(1));
    done(offer());
    assertEquals(1, changes());
    assertEquals(1, count("select count(*) from device_key"));
  }

  @Test
  void a_replay_of_an_old_one_does_nothing() {
    var first = offer();
    done(first);
    fleet.clock.move(Duration.ofHours(2));
    var third = next.renewed();
    done(next.offer(third, fleet.clock.instant()));
    unproven(first);
    accepted(node, third);
    fleet.clock.move(Duration.ofHours(2));
    // Nor is there a way back.
    assertInstanceOf(
        KeyChanges.Outcome.Refused.class,
        node.keys.accept(third.offer(old, fleet.clock.instant())));
    assertEquals(2, changes());
  }

  @Test
  void a_device_that_changes_its_key_all_the_time_is_stopped() {
    done(offer());
    fleet.clock.move(Duration.ofMinutes(59));
    assertInstanceOf(
        KeyChanges.Outcome.Refused.class,
        node.keys.accept(next.offer(next.renewed(), fleet.clock.instant())));
  }

  @Test
  void the_key_of_another_device_is_not_taken() {
    var other = fleet.enrolled("ws-2", OsFamily.LINUX, "R&D");
    assertInstanceOf(
        KeyChanges.Outcome.Refused.class,
        node.keys.accept(old.offer(other, fleet.clock.instant())));
  }

  @Test
  void a_forged_proof_is_refused() {
    var now = fleet.clock.instant();
    var mine = old.replacement(next, now);
    var another = old.replacement(old.renewed(), now);
    malformed(new KeyReplacement(old.id(), mine.from(), mine.to(), mine.at(), another.proof()));
    malformed(new KeyReplacement(old.id(), mine.from(), another.to(), mine.at(), mine.proof()));
    malformed(
        new KeyReplacement(
            old.id(), mine.from(), mine.to(), mine.at().plusSeconds(1), mine.proof()));
    // A true proof of another moment.
    malformed(old.replacement(next, now.minusSeconds(1)));
    assertEquals(0, changes());
    accepted(node, old);
  }

  @Test
  void the_new_key_alone_is_worth_nothing() {
    var now = fleet.clock.instant();
    unproven(node, next);
    unproven(next.signed(Routes.KEY, old.replacement(next, now).write(), 0, now));
    unproven(next.offer(next.renewed(), now));
    var other = fleet.enrolled("ws-2", OsFamily.LINUX, "R&D");
    unproven(other.signed(Routes.KEY, old.replacement(next, now).write(), 0, now));
    assertEquals(0, changes());
    assertEquals(false, alarmed());
  }

  @Test
  void a_server_beside_learns_of_the_new_key() {
    var beside = new Node(fleet);
    assertInstanceOf(
        Heartbeats.Outcome.Taken.class, beside.heartbeats.accept(heartbeat(old, "", FIRST)));
    beside.sweep.run();
    done(offer());
    // By a signature that does not hold with the key that it remembers.
    assertInstanceOf(
        Heartbeats.Outcome.Taken.class, beside.heartbeats.accept(heartbeat(next, FIRST, SECOND)));
    assertInstanceOf(
        Heartbeats.Outcome.NotProven.class,
        beside.heartbeats.accept(heartbeat(old, SECOND, FIRST)));
    accepted(beside, next);
  }

  @Test
  void a_report_under_the_old_key_is_refused_at_once_at_a_server_beside() {
    var beside = new Node(fleet);
    accepted(beside, old);
    fleet.clock.move(Duration.ofMinutes(15));
    next = old.renewed();
    done(offer());
    fleet.clock.move(Duration.ofMinutes(1));
    // It remembers the old key, and knows of no other.
    unproven(beside, old.cloned());
    assertEquals(true, alarmed());
    accepted(beside, next);
  }

  @Test
  void an_old_key_is_good_for_nothing_at_a_server_beside_after_its_next_sweep() {
    var beside = new Node(fleet);
    assertInstanceOf(
        Heartbeats.Outcome.Taken.class, beside.heartbeats.accept(heartbeat(old, "", FIRST)));
    beside.sweep.run();
    done(offer());
    beside.sweep.forgetReplaced();
    assertInstanceOf(
        Heartbeats.Outcome.NotProven.class,
        beside.heartbeats.accept(heartbeat(old, FIRST, SECOND)));
  }
}
