package dev.interdict.server.breaker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.policy.RuleId;
import dev.interdict.policy.Stop;
import dev.interdict.report.ReportedAnswer;
import dev.interdict.report.RuleState;
import dev.interdict.server.access.Role;
import dev.interdict.server.audit.AuditEntry;
import dev.interdict.server.proposal.Proposals;
import dev.interdict.server.publish.InForce;
import dev.interdict.server.review.Bureau;
import dev.interdict.server.review.Person;
import dev.interdict.server.rings.Ring;
import dev.interdict.server.rings.RingChanges;
import dev.interdict.server.rings.RingRegister;
import dev.interdict.server.store.Sql;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BreakerIT {
  private static final RuleId RULE = new RuleId("some-tool");

  @TempDir Path temp;
  private Bureau on;
  private Trips trips;
  private Breaker breaker;

  @BeforeEach
  void publish_a_ban() throws Exception {
    on = new Bureau(temp);
    on.publish(on.approved(Bureau.RULE));
    trips = new Trips(on.database, on.audit, on.clock);
    breaker = breaker();
  }

  private Breaker breaker() {
    var inForce = new InForce(on.publications);
    return new Breaker(
        on.database,
        trips,
        on.clock,
        Thresholds.STANDARD,
        () -> inForce.get().rules(),
        on.publisher.brake()::holdAtLeast);
  }

  @AfterEach
  void close() {
    breaker.close();
    on.close();
  }

  private void enrol(int devices) {
    for (var n = 0; n < devices; n++) {
      on.enrol("pc-" + n);
    }
  }

  private void report(int from, int to, RuleState state) {
    for (var n = from; n < to; n++) {
      on.report("pc-" + n, "some-tool", state);
    }
  }

  private void letGo(String person) {
    on.publisher
        .brake()
        .change(person, _ -> new Stop(false, Set.of(), "Nothing is held."), _ -> null);
  }

  private boolean held() {
    return on.publisher.brake().held().holds(RULE);
  }

  @Test
  void five_failures_of_ten_hold_the_rule_and_only_a_person_lets_go() {
    enrol(10);
    report(0, 5, RuleState.REMOVED);
    report(5, 9, RuleState.FAILED);
    breaker.run();
    assertFalse(held(), "four are too few to say anything");
    report(9, 10, RuleState.FAILED);
    breaker.run();
    assertTrue(held());
    var trip = trips.list().getFirst();
    assertEquals(Cause.FAILURE_RATE, trip.cause());
    assertTrue(trip.words().contains("5 of 10"), trip.words());
    var entry =
        on.audit.newest(Long.MAX_VALUE, 9).stream()
            .filter(one -> one.action().equals("breaker.trip"))
            .findFirst()
            .orElseThrow();
    assertEquals("circuit-breaker", entry.actor());
    on.clock.move(Duration.ofHours(5));
    breaker.run();
    assertTrue(held(), "time alone lets go of nothing");

    trips.resume("bo", Set.of(), "a locked file, mended");
    letGo("bo");
    breaker.run();
    assertFalse(held());
  }

  @Test
  void a_ring_with_a_bound_of_its_own_holds_a_rule_sooner() {
    enrol(4);
    report(0, 1, RuleState.REMOVED);
    report(1, 3, RuleState.FAILED);
    breaker.run();
    assertFalse(held(), "the settings allow more");
    var ring = ring("pc-0");
    var rings =
        new RingChanges(
            on.database,
            new RingRegister(on.database, on.audit, on.clock),
            new Proposals(on.database, on.audit, on.clock));
    var anna = new Person("anna", Set.of(Role.AUTHOR));
    rings.put(anna, new Ring("other", 1, "", 1L, null), 0);
    breaker.run();
    assertFalse(held(), "another ring's bound");
    rings.put(anna, new Ring(ring, 2, "", 1L, null), 0);
    breaker.run();
    assertTrue(held());
    var words = trips.list().getFirst().words();
    assertTrue(words.contains("2 of 3") && words.contains("ring " + ring), words);
  }

  private String ring(String host) {
    return on.database.read(handle ->
        handle
            .createQuery("select ring from device where host = :host")
            .bind("host", host)
            .mapTo(String.class)
            .one());
  }

  @Test
  void what_was_reported_before_a_person_let_go_counts_no_more_and_what_comes_then_does() {
    enrol(12);
    report(0, 6, RuleState.FAILED);
    breaker.run();
    assertTrue(held());
    trips.resume("bo", Set.of(RULE), "a locked file, mended");
    letGo("bo");
    on.clock.move(Duration.ofMinutes(1));
    breaker.run();
    assertFalse(held());
    report(6, 12, RuleState.FAILED);
    breaker.run();
    assertTrue(held());
  }

  @Test
  void what_goes_on_failing_after_a_person_let_go_counts_again_once_it_is_tried_again() {
    enrol(6);
    for (var n = 0; n < 6; n++) {
      on.failed("pc-" + n, "some-tool");
    }
    breaker.run();
    trips.resume("bo", Set.of(RULE), "a locked file, mended");
    letGo("bo");
    on.clock.move(Duration.ofMinutes(1));
    report(0, 6, RuleState.FAILED);
    breaker.run();
    assertFalse(held(), "they still say what they said before, and tried nothing");
    for (var n = 0; n < 4; n++) {
      on.failed("pc-" + n, "some-tool");
    }
    breaker.run();
    assertFalse(held(), "four are too few to say anything");
    on.failed("pc-4", "some-tool");
    breaker.run();
    assertTrue(held());
  }

  @Test
  void one_device_that_fails_again_and_again_holds_nothing() {
    enrol(1);
    for (var n = 0; n < 60; n++) {
      report(0, 1, n % 2 == 0 ? RuleState.FAILED : RuleState.REMOVED);
      var answer =
          new ReportedAnswer("R-" + n, "not-that-tool", on.clock.instant(), null, null, "no", null);
      on.report("pc-0", "some-tool", RuleState.FAILED, answer);
    }
    breaker.run();
    assertFalse(held());
  }

  @Test
  void a_report_that_is_sent_again_counts_once() {
    enrol(5);
    report(0, 4, RuleState.FAILED);
    for (var n = 0; n < 4; n++) {
      report(n, n + 1, RuleState.FAILED);
    }
    breaker.run();
    assertFalse(held());
    report(4, 5, RuleState.FAILED);
    breaker.run();
    assertTrue(held());
  }

  @Test
  void failures_of_long_ago_hold_nothing() {
    enrol(10);
    report(0, 10, RuleState.FAILED);
    on.clock.move(Duration.ofMinutes(61));
    breaker.run();
    assertFalse(held());
  }

  @Test
  void people_who_say_that_it_is_not_that_tool_hold_the_rule() {
    enrol(11);
    for (var n = 0; n < 11; n++) {
      var answer =
          new ReportedAnswer(
              "R-1", "not-that-tool", on.clock.instant(), null, null, "mine is another", null);
      if (n == 10) {
        breaker.run();
        assertFalse(held());
      }
      on.report("pc-" + n, "some-tool", RuleState.PRESENT, answer);
    }
    breaker.run();
    assertEquals(Cause.NOT_THAT_TOOL, trips.list().getFirst().cause());
    assertTrue(held());
  }

  @Test
  void more_matches_than_the_reviewers_were_told_hold_the_rule() {
    on.database.write(connection -> {
      Expectations.put(connection, RULE, 4, 1, 2, on.clock.instant());
      return 1;
    });
    enrol(14);
    report(0, 13, RuleState.PRESENT);
    breaker.run();
    assertFalse(held(), "nine more are within what is spared");
    report(13, 14, RuleState.PRESENT);
    breaker.run();
    assertEquals(Cause.MORE_THAN_EXPECTED, trips.list().getFirst().cause());
    assertTrue(held());
  }

  @Test
  void a_trip_that_a_crash_left_unheld_and_one_that_somebody_else_took_back_are_held_again() {
    trips.trip(RULE, Cause.FAILURES, "before the crash");
    assertFalse(held());
    breaker.run();
    assertTrue(held());
    letGo("anna");
    breaker.run();
    assertTrue(held());
  }

  @Test
  void two_servers_that_see_the_same_trip_once() {
    enrol(6);
    report(0, 6, RuleState.FAILED);
    try (var other = breaker()) {
      breaker.run();
      other.run();
    }
    assertEquals(1, trips.list().size());
    assertEquals(
        List.of("controls.stop"),
        on.audit.newest(Long.MAX_VALUE, 99).stream()
            .map(AuditEntry::action)
            .filter("controls.stop"::equals)
            .toList());
  }

  @Test
  void a_device_that_claims_to_hold_newer_files_does_not_keep_the_breaker_from_holding() {
    enrol(6);
    report(0, 6, RuleState.FAILED);
    var liar = on.enrol("pc-liar").id();
    on.database.write(connection ->
        Sql.update(
            connection,
            "insert into claim_ahead (device_id, role, version, at) values (?,?,?,?)",
            liar.value(),
            "controls",
            1_000L,
            0L));
    breaker.run();
    assertTrue(held());
    assertTrue(on.publisher.brake().held().all(), "what else is held nobody knows");
  }
}
