package dev.interdict.agent.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.ledger.Entry;
import dev.interdict.agent.report.Outbox;
import dev.interdict.agent.sync.SyncResult;
import dev.interdict.policy.RuleFixtures;
import dev.interdict.policy.RuleId;
import dev.interdict.report.Problem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A device whose memory is of an earlier time than its server's.
class RestoredDeviceTest {
  @TempDir private Path folder;
  private Scene scene;

  @BeforeEach
  void begin() throws Exception {
    scene = new Scene(folder);
    scene.publish(RuleFixtures.CLAUDE_CODE);
  }

  @AfterEach
  void end() throws Exception {
    scene.close();
  }

  private void compose() throws Exception {
    scene.outbox.add((sequence, _) -> ("report " + sequence).getBytes(StandardCharsets.UTF_8));
  }

  /// The server answers every report like this.
  private void answers(int status, long expected) {
    scene.carrier.status = _ -> status;
    scene.carrier.lie =
        honest ->
            new SyncResult(
                honest.reached(),
                honest.time(),
                honest.answers().stream()
                    .map(one -> new SyncResult.Answer(one.sequence(), one.status(), 0, expected))
                    .toList(),
                "");
  }

  @Test
  void a_refusal_that_names_a_later_number_is_where_the_history_goes_on() throws Exception {
    compose();
    answers(409, 40);
    assertTrue(scene.exchange.run().problems().contains(Problem.HISTORY_RESUMED));
    assertEquals(List.of(new Event.Resumed(40)), scene.events.of(Event.Resumed.class));
    scene.exchange.settle();
    compose();
    assertEquals(40, scene.outbox.waiting().getFirst().sequence());
    assertEquals(40, Outbox.open(scene.state.outbox()).sequence());
  }

  @Test
  void a_number_that_is_no_news_or_past_all_belief_changes_nothing() throws Exception {
    for (var expected : List.of(0L, 1L, 1L << 40)) {
      compose();
      answers(409, expected);
      assertEquals(java.util.Set.of(Problem.REPORTS_DROPPED), scene.exchange.run().problems());
    }
    assertEquals(3, scene.outbox.sequence());
  }

  /// By them a server that was set back learns what it must not sign again.
  @Test
  void reports_say_which_signed_files_the_device_holds() throws Exception {
    scene.guard.runOnce();
    var state = scene.repository.state();
    var held = new java.util.TreeMap<String, Long>();
    held.put("root", state.trusted().root().version());
    held.put("timestamp", state.timestamp().version());
    held.put("snapshot", state.snapshot().version());
    state.roles().forEach((role, file) -> held.put(role.encoded(), file.version()));
    var footing = java.util.Objects.requireNonNull(scene.carrier.last().footing());
    assertEquals(held, footing.versions());
  }

  /// As many reports were made since as were forgotten, while the server was away.
  @Test
  void another_report_in_place_of_the_own_is_news_once_though_none_is_later() throws Exception {
    compose();
    scene.exchange.run();
    for (var i = 0; i < 3; i++) {
      compose();
    }
    answers(409, 5);
    assertTrue(scene.exchange.run().problems().contains(Problem.HISTORY_RESUMED));
    scene.exchange.settle();
    compose();
    assertEquals(5, scene.outbox.waiting().getFirst().sequence());
    assertEquals(java.util.Set.of(Problem.REPORTS_DROPPED), scene.exchange.run().problems());
  }

  /// Before what was forgotten is noted, nothing is: it would not be learned again.
  @Test
  void ended_before_it_is_noted_that_the_memory_is_old_it_is_learned_again() throws Exception {
    compose();
    scene.exchange.run();
    compose();
    for (var expected : List.of(3L, 9L)) {
      for (var run = 0; run < 2; run++) {
        answers(409, expected);
        assertTrue(scene.exchange.run().problems().contains(Problem.HISTORY_RESUMED));
        scene.restart();
      }
    }
    assertEquals(2, scene.outbox.sequence());
  }

  @Test
  void after_a_start_the_server_is_asked_before_anything_else_is_done() throws Exception {
    compose();
    scene.exchange.run();
    assertEquals(1, scene.outbox.taken().sequence());
    var jobs = scene.carrier.jobs.size();
    scene.restart();
    answers(200, 7);
    assertTrue(scene.exchange.run().problems().contains(Problem.HISTORY_RESUMED));
    scene.exchange.settle();
    assertEquals(1, scene.carrier.jobs.get(jobs).posts().getFirst().sequence());
    assertEquals(6, scene.outbox.sequence());
    // Once is enough.
    scene.exchange.run();
    assertEquals(List.of(), scene.carrier.jobs.getLast().posts());
  }

  @Test
  void people_are_told_anew_and_no_date_comes_before_one_they_could_have_been_promised()
      throws Exception {
    scene.publish(
        RuleFixtures.CLAUDE_CODE.replace(
            "\"reminders\": [\"P2D\", \"P5D\"]",
            "\"reminders\": [], \"defer\": {\"times\": 2, \"by\": \"P1D\"}"));
    scene.exchange.run();
    var rule = new RuleId("claude-code");
    var before = scene.ledger.of(rule).all().size();
    scene.cycle.forget();
    var deferral =
        scene
            .policies
            .current(scene.clock.now())
            .blocklist()
            .rules()
            .getFirst()
            .timeline()
            .deferral();
    var entries = scene.ledger.of(rule).all();
    assertEquals(before + 1, entries.size());
    assertEquals(
        new Entry.Forgot(rule, scene.clock.now(), deferral.by().multipliedBy(deferral.times())),
        entries.getLast());
    var term =
        scene.policies.current(scene.clock.now()).blocklist().rules().getFirst().timeline().term();
    assertEquals(
        deferral.by().multipliedBy(deferral.times()),
        scene.ledger.of(rule).history(term, scene.clock.now()).putOffBy());
    assertEquals(Duration.ofDays(1), deferral.by());
  }

  @Test
  void a_server_that_says_so_again_and_again_has_nobody_told_without_end() throws Exception {
    scene.exchange.run();
    var rule = new RuleId("claude-code");
    var before = scene.ledger.of(rule).all().size();
    for (var i = 0; i < 10; i++) {
      scene.cycle.forget();
    }
    assertEquals(before + 1, scene.ledger.of(rule).all().size());
    scene.boot.pass(Duration.ofDays(2));
    scene.cycle.forget();
    assertEquals(before + 2, scene.ledger.of(rule).all().size());
  }
}
