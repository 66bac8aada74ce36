package dev.interdict.agent.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.interdict.decide.DeviceDate;
import dev.interdict.decide.Verdict;
import dev.interdict.policy.RuleFixtures;
import dev.interdict.trust.metadata.RepositoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardTest {
  private static final Duration INTERVAL = Duration.ofMinutes(15);

  @TempDir Path folder;

  /// Ends the resident loop.
  private static final class Enough extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  @Test
  void a_stop_given_between_two_cycles_holds_what_falls_due_with_the_second() throws Exception {
    try (var scene = new Scene(folder)) {
      scene.publish(RuleFixtures.CLAUDE_CODE);
      scene.install(1);
      scene.carrier.lie =
          result -> {
            // The second exchange ends the first cycle; the loop then sleeps until it is woken.
            if (scene.carrier.jobs.size() == 2) {
              scene.at(Scene.EFFECTIVE);
              stop(scene);
              scene.board.wake();
            }
            if (scene.carrier.jobs.size() == 4) {
              throw new Enough();
            }
            return result;
          };
      assertThrows(Enough.class, scene.guard::run);
      assertEquals(List.of(), scene.enforcer.done);
      assertEquals(
          List.of(new Event.Held(Scene.RULE, "complaints")), scene.events.of(Event.Held.class));
    }
  }

  @Test
  void a_date_of_the_whole_fleet_is_followed_with_the_next_contact_and_wakes_nobody()
      throws Exception {
    try (var scene = told()) {
      scene.at(Scene.EFFECTIVE.minus(Duration.ofMinutes(4)));
      var standing = scene.guard.once();
      assertEquals(INTERVAL, scene.guard.untilNext(standing));
      scene.at(Scene.EFFECTIVE.plus(Duration.ofMinutes(11)));
      assertTrue(scene.guard.contacts());
      scene.guard.once();
      assertEquals(1, scene.enforcer.done.size());
    }
  }

  @Test
  void a_date_that_follows_from_a_first_notice_wakes_nobody_either() throws Exception {
    try (var scene = new Scene(folder)) {
      scene.publish(RuleFixtures.CLAUDE_CODE);
      scene.install(1);
      scene.at(Scene.EFFECTIVE.minus(Duration.ofHours(10)));
      var date = date(scene.guard.once());
      assertEquals(DeviceDate.SetBy.MINIMUM_NOTICE, date.setBy());
      var end = Objects.requireNonNull(date.end());
      scene.at(end.minus(Duration.ofHours(1)));
      scene.guard.once();
      scene.at(end.minus(Duration.ofMinutes(4)));
      assertEquals(INTERVAL, scene.guard.untilNext(scene.guard.once()));
    }
  }

  @Test
  void between_two_contacts_nothing_is_taken_that_may_have_been_stopped() throws Exception {
    try (var scene = told()) {
      scene.runAt(Scene.EFFECTIVE.plus(Duration.ofMinutes(5)));
      assertEquals(1, scene.enforcer.done.size());
      scene.stop("complaints");
      scene.install(2);
      scene.at(Scene.EFFECTIVE.plus(Duration.ofMinutes(6)));
      scene.guard.alone();
      assertEquals(1, scene.enforcer.done.size());
      scene.guard.exchange();
      scene.guard.once();
      assertEquals(1, scene.enforcer.done.size());
    }
  }

  @Test
  void
      a_notice_that_is_due_to_the_whole_fleet_is_shown_without_the_server_and_told_with_the_next_contact()
          throws Exception {
    try (var scene = told()) {
      var last = Scene.EFFECTIVE.minus(Duration.ofMinutes(15));
      scene.at(last.minus(Duration.ofMinutes(2)));
      var standing = scene.guard.once();
      assertEquals(Duration.ofMinutes(2), scene.guard.untilNext(standing));
      var asked = scene.carrier.jobs.size();
      var shown = scene.notifier.told.size();
      scene.at(last);
      assertFalse(scene.guard.contacts());
      standing = scene.guard.alone();
      assertEquals(asked, scene.carrier.jobs.size());
      assertEquals(shown + 1, scene.notifier.told.size());
      // The time of the next contact stands where it stood.
      scene.at(last.plus(Duration.ofMinutes(5)));
      standing = scene.guard.alone();
      assertEquals(Duration.ofMinutes(5), scene.guard.untilNext(standing));
      assertTrue(scene.outbox.waiting().isEmpty());
      scene.at(last.plus(Duration.ofMinutes(13)));
      assertTrue(scene.guard.contacts());
      var delivered = scene.events.of(Event.Delivered.class).size();
      scene.guard.once();
      assertEquals(delivered + 1, scene.events.of(Event.Delivered.class).size());
    }
  }

  @Test
  void whatever_becomes_of_the_clock_the_server_is_asked_in_time() throws Exception {
    try (var scene = told()) {
      scene.at(Scene.EFFECTIVE.minus(Duration.ofDays(2)));
      scene.guard.once();
      assertFalse(scene.guard.contacts());
      scene.clock.reset(Scene.START);
      assertTrue(scene.guard.contacts());
    }
  }

  /// A guard that told its people long before the date, and once more an hour before it.
  private Scene told() throws Exception {
    var scene = new Scene(folder);
    scene.publish(RuleFixtures.CLAUDE_CODE);
    scene.install(1);
    scene.guard.once();
    scene.at(Scene.EFFECTIVE.minus(Duration.ofHours(1)));
    scene.guard.once();
    return scene;
  }

  private static DeviceDate date(Cycle.Standing standing) {
    return standing.judged().getFirst().verdict() instanceof Verdict.Waiting(var date)
        ? date
        : fail("no date");
  }

  private static void stop(Scene scene) {
    try {
      scene.stop("complaints");
    } catch (RepositoryException e) {
      throw new AssertionError(e);
    }
  }
}
