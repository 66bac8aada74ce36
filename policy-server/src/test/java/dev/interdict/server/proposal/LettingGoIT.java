package dev.interdict.server.proposal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.policy.RuleId;
import dev.interdict.report.RuleState;
import dev.interdict.server.breaker.Breaker;
import dev.interdict.server.breaker.Thresholds;
import dev.interdict.server.breaker.Trips;
import dev.interdict.server.publish.InForce;
import dev.interdict.server.publish.PublishOutcome;
import dev.interdict.server.publish.PublishOutcome.Held;
import dev.interdict.server.publish.PublishOutcome.Refused;
import dev.interdict.server.review.Bureau;
import dev.interdict.server.review.Person;
import dev.interdict.server.store.Sql;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LettingGoIT {
  private static final RuleId RULE = new RuleId("some-tool");

  @TempDir Path temp;
  private Bureau on;
  private Proposals proposals;
  private LettingGo letting;
  private Trips trips;

  @BeforeEach
  void publish_a_ban() throws Exception {
    on = new Bureau(temp);
    on.publish(on.approved(Bureau.RULE));
    proposals = new Proposals(on.database, on.audit, on.clock);
    trips = new Trips(on.database, on.audit, on.clock);
    letting =
        new LettingGo(on.publisher.brake(), trips, on.publications.stops(), proposals, on.clock);
  }

  @AfterEach
  void close() {
    on.close();
  }

  private boolean held() {
    return on.publisher.brake().held().holds(RULE);
  }

  private PublishOutcome resume(Person by) {
    return letting.resume(by, Set.of(), null, "looked at");
  }

  private Proposal proposed(Person by) {
    return assertInstanceOf(
            Proposals.Outcome.Done.class, letting.propose(by, Set.of(), "looked at"))
        .now();
  }

  private void agree(Person by, Proposal to) {
    assertInstanceOf(Proposals.Outcome.Done.class, proposals.decide(by, to, true, null));
  }

  private void pause(Person by) {
    on.publisher.brake().holdAll(by.name(), "an emergency");
  }

  private void move(int minutes) {
    on.clock.move(Duration.ofMinutes(minutes));
  }

  @Test
  void one_person_lets_go_of_nothing_that_somebody_else_held() {
    pause(Bureau.ANNA);
    assertInstanceOf(Refused.class, resume(Bureau.BO));
    move(11);
    assertInstanceOf(Refused.class, resume(Bureau.ANNA), "others count on it by now");
    assertTrue(held());
  }

  @Test
  void two_people_let_go() {
    pause(Bureau.ANNA);
    move(30);
    var proposal = proposed(Bureau.ANNA);
    assertInstanceOf(Refused.class, resume(Bureau.ANNA));
    assertInstanceOf(
        Proposals.Outcome.Not.class, proposals.decide(Bureau.ANNA, proposal, true, null));
    agree(Bureau.BO, proposal);
    assertInstanceOf(Held.class, resume(Bureau.ANNA));
    assertFalse(held());
  }

  @Test
  void a_refused_proposal_lets_go_of_nothing_and_an_agreement_ends() {
    pause(Bureau.ANNA);
    move(30);
    var proposal = proposed(Bureau.ANNA);
    proposals.decide(Bureau.BO, proposal, false, "not yet");
    assertInstanceOf(Refused.class, resume(Bureau.ANNA));
    agree(Bureau.BO, proposed(Bureau.ANNA));
    move(24 * 60);
    assertInstanceOf(Refused.class, resume(Bureau.ANNA));
    assertTrue(held());
  }

  @Test
  void an_agreement_is_to_one_hold_and_not_to_the_next_that_reads_the_same() {
    pause(Bureau.ANNA);
    agree(Bureau.BO, proposed(Bureau.ANNA));
    pause(Bureau.CHEN);
    assertInstanceOf(Refused.class, resume(Bureau.ANNA));
    assertTrue(held());
  }

  @Test
  void whoever_paused_takes_it_back_within_minutes_and_nothing_else_with_it() {
    on.publisher.brake().hold("chen", Set.of(RULE), "wrong");
    move(1);
    pause(Bureau.ANNA);
    move(9);
    assertInstanceOf(Held.class, resume(Bureau.ANNA));
    assertTrue(held(), "what chen holds stays");
    assertFalse(on.publisher.brake().held().all());
    assertInstanceOf(Refused.class, resume(Bureau.ANNA));
    assertTrue(held());
  }

  @Test
  void what_the_breaker_holds_takes_two_who_know_of_it() {
    for (var n = 0; n < 6; n++) {
      on.enrol("pc-" + n);
      on.report("pc-" + n, "some-tool", RuleState.FAILED);
    }
    on.publisher.brake().hold("anna", Set.of(RULE), "wrong");
    agree(Bureau.BO, proposed(Bureau.ANNA));
    move(1);
    var inForce = new InForce(on.publications);
    try (var breaker =
        new Breaker(
            on.database,
            trips,
            on.clock,
            Thresholds.STANDARD,
            () -> inForce.get().rules(),
            on.publisher.brake()::holdAtLeast)) {
      breaker.run();
    }
    assertInstanceOf(Refused.class, resume(Bureau.ANNA), "bo agreed before it tripped");
    assertTrue(held());
    agree(Bureau.BO, proposed(Bureau.ANNA));
    assertInstanceOf(Held.class, resume(Bureau.ANNA));
    assertEquals(Set.of(), trips.held());
    assertFalse(held());
  }

  @Test
  void a_database_that_does_not_know_what_devices_have_lets_go_of_nothing() {
    on.publisher.brake().hold(Bureau.ANNA.name(), Set.of(RULE), "an emergency");
    on.database.write(connection -> Sql.update(connection, "delete from publication"));

    pause(Bureau.BO);

    assertTrue(on.publisher.brake().held().rules().contains(RULE));
  }
}
