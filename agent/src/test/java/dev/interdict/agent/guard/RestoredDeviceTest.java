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
    compose();
    assertEquals(40, scene.outbox.waiting().getFirst().sequence());
    assertEquals(40, Outbox.open(scene.state.outbox()).sequence());
  }

  @Test
  void a_number_that_is_no_news_or_past_all_belief_changes_nothing() throws Exception {
    for (var expected : List.of(0L, 1L, 2L, 1L << 40)) {
      compose();
      answers(409, expected);
      assertEquals(java.util.Set.of(Problem.REPORTS_DROPPED), scene.exchange.run().problems());
    }
    assertEquals(4, scene.outbox.sequence());
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
}
