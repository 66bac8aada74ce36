package dev.interdict.agent.guard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.state.ClockFile;
import dev.interdict.decide.Deciding;
import dev.interdict.policy.RuleFixtures;
import dev.interdict.report.Problem;
import dev.interdict.report.ReportedProblem;
import dev.interdict.service.Pulse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whole guards whose clocks are tampered with: when is the tool really removed?
class ClockTest {
  private static final Duration STEP = Duration.ofHours(8);
  private static final Duration TEN_YEARS = Duration.ofDays(3652);
  private static final Instant E = Scene.EFFECTIVE;

  /// Uptime without confirmation, after the first exchange at the start of the scene.
  private static final Instant ALONE = Scene.START.plus(Duration.ofHours(72));

  @TempDir Path folder;

  /// What is done to a device from its first cycle on.
  private interface Life {
    /// Before each step of [#STEP].
    void at(Scene scene, int step) throws Exception;
  }

  private static final Life QUIET = (_, _) -> {};

  /// A working day of eight hours and a night without power.
  private static final Life NIGHTS = (scene, _) -> scene.reboot(Duration.ofHours(16));

  private static Life first(Life once, Life then) {
    return (scene, step) -> {
      if (step == 1) {
        once.at(scene, step);
      }
      then.at(scene, step);
    };
  }

  private static Life wall(Duration ahead) {
    return (scene, _) -> scene.wall.set(ahead);
  }

  private static final Life OFFLINE = (scene, _) -> scene.carrier.reachable = false;

  private static final Life REBOOT = (scene, _) -> scene.reboot(Duration.ofMinutes(1));

  private static Life both(Life one, Life other) {
    return (scene, step) -> {
      one.at(scene, step);
      other.at(scene, step);
    };
  }

  private static Life thief(Duration perStep) {
    return (scene, step) ->
        scene.carrier.stated = () -> scene.wall.real().plus(perStep.multipliedBy(step));
  }

  /// What happens to the clocks; before which moment nothing may follow, in real time, and by which
  /// it must have.
  private enum Story {
    RIGHT(QUIET, E, E),
    SET_BACK_IN_THE_SAME_BOOT(first(wall(TEN_YEARS.negated()), QUIET), E, E),
    SET_FORWARD_ONLINE(first(wall(TEN_YEARS), QUIET), E, E),
    SET_FORWARD_ONLINE_WITH_NIGHTS(first(wall(TEN_YEARS), NIGHTS), E, E.plusSeconds(16 * 3600)),
    NIGHTS_ONLINE(NIGHTS, E, E.plusSeconds(16 * 3600)),
    SET_BACK_WITH_NIGHTS(
        first(wall(TEN_YEARS.negated()), NIGHTS), E, Scene.START.plus(Duration.ofDays(11))),
    STEPPED_FORWARD_OFFLINE(first(both(OFFLINE, wall(TEN_YEARS)), QUIET), E, E),
    SET_FORWARD_BEFORE_A_BOOT_OFFLINE(
        first(both(OFFLINE, both(wall(TEN_YEARS), REBOOT)), QUIET), ALONE, ALONE.plus(STEP)),
    SET_BACK_BEFORE_A_BOOT_OFFLINE(
        first(both(OFFLINE, both(wall(TEN_YEARS.negated()), REBOOT)), QUIET), E, E.plus(STEP)),
    OFFLINE_WITH_NIGHTS(first(OFFLINE, NIGHTS), E, Scene.START.plus(Duration.ofDays(11))),
    SUSPENDED(
        first((scene, _) -> scene.boot.pass(Duration.ofDays(7)), QUIET),
        E,
        E.plus(STEP.multipliedBy(2))),
    PAUSED_AND_SET_RIGHT(
        first((scene, _) -> scene.boot.pause(Duration.ofDays(3)), QUIET), E, E.plus(STEP)),
    PAUSED_AND_LEFT_BEHIND(
        first(
            (scene, _) -> {
              scene.boot.pause(Duration.ofDays(3));
              scene.wall.set(Duration.ofDays(-3));
            },
            QUIET),
        E,
        E.plus(Duration.ofDays(3)).plus(STEP)),
    THIEF_AT_ONCE(first(thief(Duration.ofDays(20)), QUIET), E.minusSeconds(3600), E),
    THIEF_IN_SMALL_STEPS_OVER_MANY_BOOTS(
        both(thief(Duration.ofMinutes(59)), REBOOT), E.minusSeconds(3600), E.plus(STEP)),
    THIEF_AND_NIGHTS(both(thief(Duration.ofDays(2)), NIGHTS), E.minusSeconds(3600), E.plus(STEP));

    private final Life life;
    private final Instant earliest;
    private final Instant latest;

    Story(Life life, Instant earliest, Instant latest) {
      this.life = life;
      this.earliest = earliest;
      this.latest = latest;
    }
  }

  /// When the tool goes, in real time, on a device that looks every [#STEP].
  private static Instant removed(Scene scene, Life life) throws Exception {
    scene.install(1);
    scene.guard.runOnce();
    for (var step = 1; step < 60; step++) {
      life.at(scene, step);
      scene.boot.pass(STEP.minus(Deciding.LAST_CALL));
      scene.guard.runOnce();
      // By itself it looks again once the last call was heard out.
      scene.boot.pass(Deciding.LAST_CALL);
      scene.guard.runOnce();
      if (!scene.enforcer.done.isEmpty()) {
        return scene.wall.real();
      }
    }
    throw new AssertionError("never, until " + scene.wall.real());
  }

  @ParameterizedTest
  @EnumSource(Story.class)
  void never_early_and_not_dodged_for_longer_than_the_rule_says(Story story) throws Exception {
    try (var scene = new Scene(folder)) {
      scene.publish(RuleFixtures.CLAUDE_CODE);
      var removed = removed(scene, story.life);
      assertFalse(removed.isBefore(story.earliest), () -> "early, at " + removed);
      assertFalse(removed.isAfter(story.latest.plus(STEP)), () -> "late, at " + removed);
    }
  }

  private Instant offline(String word, Duration ahead, String notice) throws Exception {
    try (var scene = new Scene(folder)) {
      scene.publish(
          RuleFixtures.CLAUDE_CODE
              .replace("\"zone\"", "\"out-of-contact\": \"" + word + "\", \"zone\"")
              .replace("PT24H", notice));
      return removed(scene, first(both(OFFLINE, both(wall(ahead), REBOOT)), QUIET));
    }
  }

  @Test
  void a_rule_that_waits_goes_by_trusted_time_alone() throws Exception {
    assertFalse(offline("wait", TEN_YEARS, "PT24H").isBefore(E));
  }

  @Test
  void a_rule_that_enforces_does_not_ask_the_wall_clock() throws Exception {
    var removed = offline("enforce", TEN_YEARS.negated(), "PT24H");
    assertFalse(removed.isBefore(ALONE));
    assertFalse(removed.isAfter(ALONE.plus(STEP.multipliedBy(2))));
  }

  @Test
  void nothing_shortens_the_minimum_notice() throws Exception {
    var notice = Scene.START.plus(Duration.ofDays(5));
    assertFalse(offline("enforce", TEN_YEARS, "P5D").isBefore(notice));
  }

  @Test
  void the_wall_clock_reaches_a_month_and_no_further() throws Exception {
    try (var scene = new Scene(folder)) {
      scene.publish(RuleFixtures.CLAUDE_CODE.replace("2026-07-10T00:00", "2026-08-12T00:00"));
      var effective = Instant.parse("2026-08-11T16:00:00Z");
      var removed = removed(scene, first(both(OFFLINE, both(wall(TEN_YEARS), REBOOT)), QUIET));
      assertFalse(removed.isBefore(effective.minus(Duration.ofDays(30))), removed::toString);
    }
  }

  // What is reported.

  private static boolean reports(Scene scene, Problem problem) {
    return scene.carrier.last().problems().contains(new ReportedProblem(problem, null));
  }

  @Test
  void a_right_clock_reports_nothing() throws Exception {
    try (var scene = new Scene(folder)) {
      scene.publish(RuleFixtures.CLAUDE_CODE);
      for (var i = 0; i < 5; i++) {
        NIGHTS.at(scene, i);
        scene.boot.pass(STEP);
        scene.guard.runOnce();
        assertFalse(reports(scene, Problem.CLOCK_STEPPED));
        assertFalse(reports(scene, Problem.CLOCK_UNTRUSTED));
      }
    }
  }

  @Test
  void a_step_a_dispute_and_long_silence_are_reported() throws Exception {
    try (var scene = new Scene(folder)) {
      scene.publish(RuleFixtures.CLAUDE_CODE);
      scene.guard.runOnce();
      scene.wall.set(Duration.ofMinutes(5));
      scene.guard.runOnce();
      assertTrue(reports(scene, Problem.CLOCK_STEPPED));

      scene.wall.set(Duration.ZERO);
      scene.guard.runOnce();
      scene.carrier.stated = () -> scene.wall.real().plus(Duration.ofDays(9));
      scene.guard.runOnce();
      assertTrue(reports(scene, Problem.CLOCK_UNTRUSTED));
      assertFalse(reports(scene, Problem.CLOCK_STEPPED));

      scene.carrier.stated = scene.wall::real;
      scene.guard.runOnce();
      scene.guard.runOnce();
      assertFalse(reports(scene, Problem.CLOCK_UNTRUSTED));

      scene.carrier.reachable = false;
      scene.boot.pass(Duration.ofHours(72));
      scene.guard.runOnce();
      scene.carrier.reachable = true;
      scene.guard.runOnce();
      assertTrue(
          scene.carrier.stored.stream()
              .anyMatch(report -> new String(report, UTF_8).contains("clock-untrusted")));
    }
  }

  @Test
  void what_has_expired_by_an_unconfirmed_wall_clock_is_said_to_be_in_doubt() throws Exception {
    try (var scene = new Scene(folder)) {
      scene.publish(RuleFixtures.CLAUDE_CODE);
      scene.wall.set(TEN_YEARS);
      scene.carrier.lie =
          honest -> new dev.interdict.agent.sync.SyncResult(true, null, honest.answers(), "");
      var problems = scene.exchange.run().problems();
      assertTrue(problems.contains(Problem.POLICY_STALE));
      assertTrue(problems.contains(Problem.CLOCK_UNTRUSTED));
      scene.carrier.lie = honest -> honest;
      assertEquals(0, scene.exchange.run().problems().size());
    }
  }

  // A poisoned floor, and the way back.

  private static void poison(Scene scene) throws IOException {
    scene.wall.set(TEN_YEARS);
    scene.carrier.stated = scene.wall::instant;
    scene.guard.runOnce();
    scene.boot.pass(Duration.ofMinutes(10));
    scene.guard.runOnce();
    scene.wall.set(Duration.ZERO);
    scene.carrier.stated = scene.wall::real;
    assertTrue(scene.clock.now().isAfter(E.plus(Duration.ofDays(3000))));
  }

  @Test
  void a_root_that_withdraws_the_key_undoes_what_it_stated_in_one_exchange() throws Exception {
    try (var scene = new Scene(folder)) {
      scene.publish(RuleFixtures.CLAUDE_CODE);
      scene.guard.runOnce();
      scene.install(1);
      poison(scene);
      scene.guard.runOnce();
      assertEquals(List.of(), scene.enforcer.done);

      scene.rotateOnlineKeys();
      scene.boot.pass(STEP);
      assertEquals(0, scene.exchange.run().problems().size());
      assertEquals(scene.wall.real(), scene.clock.now());

      // The notice of then does not keep the date of now from coming.
      for (var step = 0; step < 30; step++) {
        scene.boot.pass(STEP);
        scene.guard.runOnce();
        if (!scene.enforcer.done.isEmpty()) {
          assertFalse(scene.wall.real().isBefore(E));
          assertFalse(scene.wall.real().isAfter(E.plus(STEP.multipliedBy(2))));
          return;
        }
      }
      throw new AssertionError("never");
    }
  }

  @Test
  void a_reset_is_on_disk_before_the_root_that_asked_for_it() throws Exception {
    try (var scene = new Scene(folder)) {
      scene.publish(RuleFixtures.CLAUDE_CODE);
      scene.guard.runOnce();
      poison(scene);
      scene.rotateOnlineKeys();
      // Interrupted while the mark is written: its temporary file cannot be made.
      var block = scene.state.path().resolve(".clock.json.new/x");
      Files.createDirectories(block);
      try {
        scene.exchange.run();
        throw new AssertionError("the mark could be written");
      } catch (java.io.UncheckedIOException e) {
        assertEquals(1, scene.policies.root().version());
      }
      Files.delete(block);
      Files.delete(block.getParent());
      scene.restart();
      scene.exchange.run();
      assertEquals(2, scene.policies.root().version());
      assertEquals(scene.wall.real(), scene.clock.now());
    }
  }

  // What is kept.

  @Test
  void without_its_file_time_begins_at_what_people_signed_last() throws Exception {
    try (var scene = new Scene(folder)) {
      scene.boot.pass(Duration.ofDays(2));
      scene.publish(RuleFixtures.CLAUDE_CODE);
      var issued = scene.wall.real();
      scene.boot.pass(STEP);
      scene.guard.runOnce();
      for (var damage : List.of("", "{}", "{\"floor\":4102444800000}")) {
        Files.writeString(scene.state.clock(), damage);
        scene.reboot(Duration.ZERO);
        assertEquals(issued, scene.clock.now());
      }
    }
  }

  @Test
  void the_time_is_kept_while_the_guard_sleeps() throws Exception {
    try (var scene = new Scene(folder)) {
      var keeper = new Timekeeper(scene.clock, scene.state.clock(), scene.awake, scene.reporter);
      keeper.keep();
      scene.boot.pass(Duration.ofMinutes(5));
      keeper.sleep(
          Duration.ofMillis(20), scene.board, Duration.ofMillis(5), new Pulse(System::nanoTime));
      var mark = ClockFile.load(scene.state.clock());
      assertEquals(scene.wall.real(), mark == null ? null : mark.floor());
    }
  }

  @Test
  void a_sleep_ends_when_the_machine_wakes_from_a_longer_one() throws Exception {
    try (var scene = new Scene(folder)) {
      var keeper = new Timekeeper(scene.clock, scene.state.clock(), scene.awake, scene.reporter);
      var waker =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  Thread.sleep(50);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                scene.boot.pass(Duration.ofDays(1));
              });
      // By the clock that does not count suspension this would take a quarter of an hour.
      keeper.sleep(
          Duration.ofMinutes(15), scene.board, Duration.ofMillis(20), new Pulse(System::nanoTime));
      waker.join();
    }
  }
}
