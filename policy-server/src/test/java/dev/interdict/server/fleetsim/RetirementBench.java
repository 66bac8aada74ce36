package dev.interdict.server.fleetsim;

import dev.interdict.server.access.Role;
import dev.interdict.server.fleet.SimulatedFleet;
import dev.interdict.server.fleet.expected.Departures;
import dev.interdict.server.proposal.Proposals;
import dev.interdict.server.retirement.Retirements;
import dev.interdict.server.review.Person;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// How long many workstations take to leave the fleet at once, as two people agreed, and how long
/// the longest other transaction waits for that: `RetirementBench FOLDER COUNT`, of a copy of a
/// folder that [Dataset] filled, which has less of them afterwards.
public final class RetirementBench {
  private RetirementBench() {}

  /// @param arguments the folder, and how many
  public static void main(String... arguments) throws InterruptedException {
    var count = Integer.parseInt(arguments[1]);
    try (var fleet = new SimulatedFleet(Path.of(arguments[0]))) {
      fleet.clock.move(Duration.between(fleet.clock.instant(), Dataset.NOW));
      var proposals = new Proposals(fleet.database, fleet.audit, fleet.clock);
      var retirements =
          new Retirements(
              fleet.database, new Departures(fleet.audit, fleet.clock), proposals, fleet.clock);
      var devices =
          fleet.database.read(handle ->
              handle
                  .createQuery(
                      "select device_id from device where standing = 'active' and last_contact <="
                          + " :now limit :count")
                  .bind("now", fleet.clock.millis())
                  .bind("count", count)
                  .mapTo(String.class)
                  .list());
      var by = new Person("ada", Set.of(Role.ADMINISTRATOR));
      var begun = System.nanoTime();
      var proposed = (Proposals.Outcome.Done) retirements.propose(by, devices, "sold");
      told("propose", begun);
      var second = new Person("ben", Set.of(Role.APPROVER));
      proposals.decide(second, proposed.now(), true, null);
      var over = new AtomicBoolean();
      var longest = new AtomicLong();
      var other = Thread.ofPlatform().start(() -> write(fleet, over, longest));
      begun = System.nanoTime();
      var outcome = retirements.carryOut("ada", proposed.now().number());
      told("carry out", begun);
      over.set(true);
      other.join();
      System.out.printf("the longest other transaction: %.0f ms%n", longest.get() / 1e6);
      System.out.println(
          outcome instanceof Retirements.Outcome.Done(var retired) ? retired : outcome);
    }
  }

  private static void write(SimulatedFleet fleet, AtomicBoolean over, AtomicLong longest) {
    while (!over.get()) {
      var begun = System.nanoTime();
      fleet.database.write(_ -> "");
      longest.accumulateAndGet(System.nanoTime() - begun, Math::max);
    }
  }

  private static void told(String what, long begun) {
    System.out.printf("%-9s %6.0f ms%n", what, (System.nanoTime() - begun) / 1e6);
  }
}
