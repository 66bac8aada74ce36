package dev.interdict.server.rings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.report.DeviceId;
import dev.interdict.server.access.Role;
import dev.interdict.server.main.TestingOffice;
import dev.interdict.server.proposal.Proposals;
import dev.interdict.server.review.Person;
import dev.interdict.server.scope.Scope;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two people who change rings at the same moment, and what a second person agreed to.
class RingRaceIT {
  private static final Person ANNA = new Person("anna", Set.of(Role.AUTHOR));
  private static final Person BO = new Person("bo", Set.of(Role.APPROVER));
  private static final int ROUNDS = 30;

  @TempDir Path folder;
  private TestingOffice office;
  private Proposals proposals;
  private RingChanges changes;
  private RingMoves moves;

  @BeforeEach
  void start() throws Exception {
    office = new TestingOffice(folder);
    var parts = office.parts();
    var database = parts.database();
    proposals = new Proposals(database, parts.audit(), parts.clock());
    changes =
        new RingChanges(
            database, new RingRegister(database, parts.audit(), parts.clock()), proposals);
    moves = new RingMoves(database, parts.audit(), proposals);
    assertInstanceOf(RingChanges.Outcome.Done.class, put("everyone", 2, 0));
    // More than a few, so that one of them is no tenth.
    for (var i = 0; i < 12; i++) {
      office.device("ws-" + i, "R&D");
    }
  }

  @AfterEach
  void stop() {
    office.close();
  }

  private RingChanges.Outcome put(String ring, long place, long seen) {
    return changes.put(ANNA, new Ring(ring, place, "", null, null), seen);
  }

  private RingMoves.Outcome move(String ring, DeviceId device) {
    return moves.move(BO, Scope.WHOLE, ring, Set.of(device));
  }

  /// Both at the same moment.
  private static List<Boolean> race(Supplier<Boolean> one, Supplier<Boolean> other)
      throws Exception {
    var start = new CyclicBarrier(2);
    var runs =
        List.of(one, other).stream()
            .map(work ->
                new FutureTask<>(() -> {
                  start.await();
                  return work.get();
                }))
            .toList();
    runs.forEach(Thread.ofVirtual()::start);
    return List.of(runs.getFirst().get(), runs.getLast().get());
  }

  @Test
  void nobody_comes_earlier_by_two_people_who_each_did_what_one_may() throws Exception {
    for (var round = 0; round < ROUNDS; round++) {
      var ring = "late-" + round;
      assertInstanceOf(RingChanges.Outcome.Done.class, put(ring, 3, 0));
      var device = office.device("racer-" + round, "R&D").id();
      // Into a later ring, while it becomes an earlier one that nobody is in.
      var done =
          race(
              () -> move(ring, device) instanceof RingMoves.Outcome.Done,
              () -> put(ring, 1, 1) instanceof RingChanges.Outcome.Done);
      assertEquals(1, done.stream().filter(each -> each).count(), "round " + round + " " + done);
    }
  }

  @Test
  void an_agreement_to_pass_some_rings_is_not_one_to_pass_more() throws Exception {
    assertInstanceOf(RingChanges.Outcome.Done.class, put("late", 3, 0));
    assertInstanceOf(RingChanges.Outcome.Done.class, put("middle", 2, 0));
    var device = office.device("one", "R&D").id();
    assertInstanceOf(RingMoves.Outcome.Done.class, move("late", device));
    var earlier = new Ring("late", 1, "", null, null);
    agreed(earlier);
    assertInstanceOf(
        RingMoves.Outcome.Done.class, move("middle", office.device("two", "R&D").id()));
    var refused = assertInstanceOf(RingChanges.Outcome.Not.class, put("late", 1, 1));
    assertTrue(refused.why().reason().contains("everyone, middle"), refused.why().reason());
    agreed(earlier);
    assertInstanceOf(RingChanges.Outcome.Done.class, put("late", 1, 1));
  }

  private void agreed(Ring ring) {
    var proposed =
        assertInstanceOf(Proposals.Outcome.Done.class, changes.propose(ANNA, ring, null)).now();
    assertInstanceOf(
        Proposals.Outcome.Done.class, proposals.decide(BO, proposed, true, null), "agreed");
  }
}
