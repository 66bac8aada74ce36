package dev.interdict.agent.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.policy.LogWitness;
import dev.interdict.agent.report.Looks;
import dev.interdict.agent.report.Outbox;
import dev.interdict.agent.sync.SyncJob;
import dev.interdict.agent.sync.SyncResult;
import dev.interdict.json.JsonWriter;
import dev.interdict.policy.Blocklist;
import dev.interdict.policy.RuleFixtures;
import dev.interdict.report.Problem;
import dev.interdict.report.ReportedProblem;
import dev.interdict.trust.metadata.LogHead;
import dev.interdict.trust.repository.RepositoryPlan;
import dev.interdict.wire.ContentDigest;
import dev.interdict.wire.DeviceKey;
import dev.interdict.wire.Headers;
import dev.interdict.wire.MessageSignature;
import dev.interdict.wire.RequestParts;
import dev.interdict.wire.Routes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExchangeTest {
  @TempDir Path folder;
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

  private List<Long> waiting() throws IOException {
    return scene.outbox.waiting().stream().map(Outbox.Waiting::sequence).toList();
  }

  private void compose(int reports) throws IOException {
    for (var i = 0; i < reports; i++) {
      scene.outbox.add((sequence, _) -> ("report " + sequence).getBytes(StandardCharsets.UTF_8));
    }
  }

  private long serial() {
    return scene.policies.current(scene.clock.now()).blocklist().serial();
  }

  @Test
  void a_report_is_signed_by_the_device_over_its_exact_bytes() throws Exception {
    compose(1);
    var bytes = scene.outbox.waiting().getFirst().bytes();
    scene.exchange.run();
    var post = scene.carrier.jobs.getFirst().posts().getFirst();
    var parts = new RequestParts("POST", Routes.REPORTS, null, ContentDigest.of(bytes), 1);
    assertEquals(parts.contentDigest(), post.headers().get(Headers.CONTENT_DIGEST));
    assertEquals("1", post.headers().get(Headers.SEQUENCE));
    var signature =
        MessageSignature.parse(
            parts, header(post, Headers.SIGNATURE_INPUT), header(post, Headers.SIGNATURE));
    assertTrue(signature.verify(parts, DeviceKey.of(scene.enrolment.publicKey())));
    assertEquals(scene.enrolment.device(), signature.keyId());
    assertEquals(Scene.START, signature.created());
  }

  private static String header(SyncJob.Post post, String name) {
    return Objects.requireNonNull(post.headers().get(name), name);
  }

  @Test
  void a_delivered_report_is_not_sent_again() throws Exception {
    compose(2);
    scene.exchange.run();
    scene.exchange.run();
    assertEquals(2, scene.carrier.stored.size());
    assertEquals(List.of(), waiting());
  }

  @Test
  void while_the_server_is_away_reports_wait_and_it_is_said() throws Exception {
    compose(2);
    scene.carrier.reachable = false;
    assertEquals(
        new Exchange.Outcome(false, false, Set.of(Problem.POLICY_UNREACHABLE), Set.of()),
        scene.exchange.run());
    assertEquals(List.of(1L, 2L), waiting());
  }

  @Test
  void a_server_that_is_busy_or_does_not_know_us_gets_the_report_later() throws Exception {
    for (var status : List.of(401, 403, 404, 429, 500, 503)) {
      compose(1);
      scene.carrier.status = _ -> status;
      scene.exchange.run();
    }
    assertEquals(6, waiting().size());
  }

  @Test
  void a_report_that_is_refused_for_good_goes_and_that_is_said() throws Exception {
    var forGood = List.of(400, 409, 413, 422);
    var number = 0L;
    for (var status : forGood) {
      compose(1);
      number++;
      scene.carrier.status = _ -> status;
      assertEquals(
          new Exchange.Outcome(
              true, status == 400, Set.of(Problem.REPORTS_DROPPED), Set.of(number)),
          scene.exchange.run());
    }
    assertEquals(List.of(), waiting());
    assertEquals(
        List.of(
            new Event.Refused(1, 400),
            new Event.Refused(2, 409),
            new Event.Refused(3, 413),
            new Event.Refused(4, 422)),
        scene.events.of(Event.Refused.class));
  }

  @Test
  void refused_reports_do_not_hold_up_later_ones() throws Exception {
    compose(45);
    scene.carrier.status = sequence -> sequence <= 30 ? 422 : 204;
    for (var i = 0; i < 3; i++) {
      scene.exchange.run();
    }
    assertEquals(15, scene.carrier.stored.size());
    assertEquals(List.of(), waiting());
  }

  @Test
  void a_worker_that_claims_more_than_it_was_given_loses_nothing() throws Exception {
    compose(25);
    scene.carrier.status = _ -> 503;
    scene.carrier.lie =
        honest ->
            new SyncResult(
                true,
                honest.time(),
                LongStream.rangeClosed(21, 30)
                    .mapToObj(sequence -> new SyncResult.Answer(sequence, 204, 0))
                    .toList(),
                "");
    scene.exchange.run();
    assertEquals(25, waiting().size());
    assertEquals(List.of(), scene.events.of(Event.Delivered.class));
  }

  @Test
  void one_answer_to_a_report_counts() throws Exception {
    compose(1);
    scene.carrier.lie =
        honest -> {
          var answers = new ArrayList<>(honest.answers());
          answers.add(new SyncResult.Answer(1, 422, 0));
          return new SyncResult(true, honest.time(), answers, "");
        };
    assertEquals(Set.of(), scene.exchange.run().problems());
    assertEquals(List.of(new Event.Delivered(1)), scene.events.of(Event.Delivered.class));
  }

  @Test
  void the_signed_time_raises_the_clock() throws Exception {
    var real = Scene.START.plus(Duration.ofDays(2));
    scene.wall.set(Duration.ofDays(2));
    var carrier =
        new FakeCarrier(
            folder.resolve("repository"), scene.state.stage(), scene.keys.time(), () -> real);
    new Exchange(
            scene.state,
            scene.enrolment,
            scene.policies,
            scene.outbox,
            scene.clock,
            carrier,
            scene.events,
            Looks.open(scene.state.looks()),
            scene.random)
        .run();
    assertEquals(real, scene.clock.now());
  }

  @Test
  void a_time_that_answers_another_question_changes_nothing_and_is_said() throws Exception {
    var real = Scene.START.plus(Duration.ofDays(2));
    var carrier =
        new FakeCarrier(
            folder.resolve("repository"), scene.state.stage(), scene.keys.time(), () -> real);
    carrier.nonce = _ -> new byte[32];
    var outcome =
        new Exchange(
                scene.state,
                scene.enrolment,
                scene.policies,
                scene.outbox,
                scene.clock,
                carrier,
                scene.events,
                Looks.open(scene.state.looks()),
                scene.random)
            .run();
    assertEquals(Scene.START, scene.clock.now());
    assertEquals(Set.of(Problem.CLOCK_UNTRUSTED), outcome.problems());
  }

  private void signed(LogHead head) throws Exception {
    scene.wall.set(Duration.ofHours(1));
    scene.repository.witnessing(() -> Optional.of(head)).resignTimestamp();
  }

  @Test
  void a_log_that_is_not_the_one_seen_before_is_reported_and_the_policy_taken() throws Exception {
    signed(new LogHead(10, "a".repeat(64)));
    assertEquals(Set.of(), scene.exchange.run().problems());
    signed(new LogHead(12, "b".repeat(64)));
    assertEquals(Set.of(), scene.exchange.run().problems());
    scene.publish(RuleFixtures.CLAUDE_CODE, Scene.SECOND);
    signed(new LogHead(11, "c".repeat(64)));
    var outcome = scene.exchange.run();
    assertEquals(Set.of(Problem.LOG_CONTRADICTED), outcome.problems());
    assertTrue(outcome.changed());
    // After a restart too.
    var kept = LogWitness.open(scene.state.logHeads());
    assertNotNull(kept.see(new LogHead(13, "d".repeat(64)), Scene.START));
    assertNull(kept.see(new LogHead(14, "e".repeat(64)), Scene.START.plus(Duration.ofDays(40))));
    Files.writeString(scene.state.logHeads(), "damaged");
    var forgotten = LogWitness.open(scene.state.logHeads());
    assertNull(forgotten.see(new LogHead(1, "f".repeat(64)), Scene.START));
  }

  @Test
  void whatever_the_disk_does_with_the_heads_the_policy_is_taken_and_the_agent_starts()
      throws Exception {
    signed(new LogHead(10, "a".repeat(64)));
    scene.exchange.run();
    // Neither read nor replaced: a folder with something in it.
    Files.delete(scene.state.logHeads());
    Files.createDirectories(scene.state.logHeads().resolve("something"));
    scene.publish(RuleFixtures.CLAUDE_CODE, Scene.SECOND);
    signed(new LogHead(9, "b".repeat(64)));
    var outcome = scene.exchange.run();
    assertTrue(outcome.changed());
    assertEquals(Set.of(Problem.LOG_CONTRADICTED), outcome.problems());
    scene.restart();
    signed(new LogHead(11, "c".repeat(64)));
    assertEquals(Set.of(), scene.exchange.run().problems());
  }

  @Test
  void tampered_files_are_reported_and_the_last_good_policy_stays() throws Exception {
    scene.guard.runOnce();
    scene.publish(RuleFixtures.CLAUDE_CODE, Scene.SECOND);
    scene.carrier.meddle =
        stage -> {
          var timestamp = stage.resolve("timestamp.json");
          var text = Files.readString(timestamp);
          Files.writeString(timestamp, text.replace("\"version\":3", "\"version\":9"));
        };
    scene.guard.runOnce();
    scene.guard.runOnce();
    assertEquals(1, serial());
    assertTrue(
        scene
            .carrier
            .last()
            .problems()
            .contains(new ReportedProblem(Problem.POLICY_TAMPERED, null)));
  }

  @Test
  void an_older_state_of_the_repository_is_a_rollback() throws Exception {
    var old = folder.resolve("old");
    copy(folder.resolve("repository"), old);
    scene.publish(RuleFixtures.CLAUDE_CODE, Scene.SECOND);
    scene.exchange.run();
    assertEquals(2, serial());
    scene.carrier.repository = old;
    assertEquals(
        new Exchange.Outcome(true, false, Set.of(Problem.POLICY_ROLLED_BACK), Set.of()),
        scene.exchange.run());
    assertEquals(2, serial());
  }

  @Test
  void a_strangers_repository_is_not_believed() throws Exception {
    scene.exchange.run();
    var keys = scene.keys();
    var strange = scene.repository(folder.resolve("strange"), keys);
    var list = List.of(RuleFixtures.json(Scene.SECOND));
    var bytes = JsonWriter.compact(Blocklist.document(99, "Stranger", list));
    strange.publish(RepositoryPlan.BLOCKLIST, Blocklist.PATH, bytes, List.of(keys.blocklist()));
    scene.carrier.repository = folder.resolve("strange");
    assertEquals(Set.of(Problem.POLICY_TAMPERED), scene.exchange.run().problems());
    assertEquals(1, serial());
  }

  @Test
  void a_new_list_waits_until_the_brake_beside_it_is_readable() throws Exception {
    scene.exchange.run();
    scene.stop("wait");
    scene.publish(RuleFixtures.CLAUDE_CODE, Scene.SECOND);
    scene.carrier.meddle =
        stage -> {
          try (var files = Files.walk(stage.resolve("targets/controls"))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
              Files.writeString(file, "{}");
            }
          }
        };
    assertEquals(Set.of(Problem.POLICY_TAMPERED), scene.exchange.run().problems());
    assertEquals(1, serial());
    scene.carrier.meddle = _ -> {};
    scene.exchange.run();
    assertEquals(2, serial());
    assertTrue(scene.policies.current(scene.clock.now()).stop().all());
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var walk = Files.walk(from)) {
      for (var file : walk.sorted().toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }
}
