package dev.interdict.agent.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.policy.RuleFixtures;
import dev.interdict.report.Heartbeat;
import dev.interdict.report.ReportJson;
import dev.interdict.report.RuleState;
import dev.interdict.wire.ContentDigest;
import dev.interdict.wire.DeviceKey;
import dev.interdict.wire.Headers;
import dev.interdict.wire.MessageSignature;
import dev.interdict.wire.RequestParts;
import dev.interdict.wire.Routes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a guard tells when there is nothing new to tell.
class HeartbeatTest {
  @TempDir Path folder;
  private Scene scene;

  @BeforeEach
  void a_clear_device_that_has_reported() throws Exception {
    scene = new Scene(folder);
    scene.carrier.heartbeats = 204;
    scene.publish(RuleFixtures.CLAUDE_CODE);
    scene.guard.runOnce();
    // The first cycle had no policy yet, and the one that it brought is told as well.
    later();
  }

  @AfterEach
  void end() throws Exception {
    scene.close();
  }

  private void later() throws Exception {
    scene.at(scene.clock.now().plus(Duration.ofMinutes(15)));
    scene.guard.once();
  }

  private String lastHash() {
    return ReportJson.hash(scene.carrier.stored.getLast());
  }

  @Test
  void nothing_new_is_a_heartbeat_on_the_last_report_after_the_one_before() throws Exception {
    later();
    var reports = scene.carrier.stored.size();
    var beats = scene.carrier.beats.size();
    assertTrue(beats > 0);
    later();
    assertEquals(reports, scene.carrier.stored.size());
    assertEquals(beats + 1, scene.carrier.beats.size());
    var jobs = scene.carrier.jobs;
    var before = jobs.get(jobs.size() - 2).posts().getFirst();
    var post = jobs.getLast().posts().getFirst();
    var body = scene.carrier.beats.getLast();
    assertEquals(Routes.HEARTBEAT, post.path());
    var parts =
        new RequestParts(
            "POST", Routes.HEARTBEAT, null, ContentDigest.of(body), scene.outbox.sequence());
    var signature =
        MessageSignature.parse(
            parts,
            Objects.requireNonNull(post.headers().get(Headers.SIGNATURE_INPUT)),
            Objects.requireNonNull(post.headers().get(Headers.SIGNATURE)));
    assertTrue(signature.verify(parts, DeviceKey.of(scene.enrolment.publicKey())));
    var named = Heartbeat.read(body);
    assertEquals(lastHash(), named.report());
    assertTrue(
        String.valueOf(before.headers().get(Headers.SIGNATURE_INPUT))
            .contains("nonce=\"" + named.after() + "\""));
  }

  @Test
  void something_new_is_a_report() throws Exception {
    later();
    var beats = scene.carrier.beats.size();
    scene.install(1);
    later();
    assertEquals(beats, scene.carrier.beats.size());
    assertEquals(RuleState.PRESENT, scene.carrier.last().rules().getFirst().state());
  }

  @Test
  void a_scan_that_failed_is_a_report() throws Exception {
    later();
    var beats = scene.carrier.beats.size();
    scene.scanner.until = 0;
    later();
    assertEquals(beats, scene.carrier.beats.size());
    assertEquals(RuleState.UNKNOWN, scene.carrier.last().rules().getFirst().state());
  }

  @Test
  void a_server_that_wants_the_whole_gets_it_in_the_same_cycle() throws Exception {
    later();
    var reports = scene.carrier.stored.size();
    scene.carrier.heartbeats = 412;
    later();
    assertEquals(reports + 1, scene.carrier.stored.size());
    assertEquals(scene.clock.now(), scene.carrier.last().at());
    scene.carrier.heartbeats = 204;
    later();
    assertEquals(reports + 1, scene.carrier.stored.size());
    // After a report the chain of heartbeats begins anew.
    assertEquals(new Heartbeat(lastHash(), ""), Heartbeat.read(scene.carrier.beats.getLast()));
  }

  @Test
  void a_server_that_has_no_time_is_sent_nothing_more() throws Exception {
    later();
    var reports = scene.carrier.stored.size();
    for (var status : new int[] {429, 500, 503}) {
      scene.carrier.heartbeats = status;
      later();
    }
    assertEquals(reports, scene.carrier.stored.size());
  }

  @Test
  void a_guard_that_starts_tells_the_whole() throws Exception {
    later();
    var reports = scene.carrier.stored.size();
    scene.restart();
    later();
    assertEquals(reports + 1, scene.carrier.stored.size());
  }

  @Test
  void once_a_day_the_whole_is_told_however_little_changes() throws Exception {
    later();
    var reports = scene.carrier.stored.size();
    for (var hour = 0; hour < 49; hour++) {
      scene.at(scene.clock.now().plus(Duration.ofHours(1)));
      scene.guard.once();
    }
    assertEquals(reports + 2, scene.carrier.stored.size());
  }

  @Test
  void while_the_server_is_away_no_heap_of_equal_reports_is_made() throws Exception {
    later();
    scene.carrier.reachable = false;
    for (var i = 0; i < 8; i++) {
      later();
    }
    // The last that it had, and that the server is away.
    assertTrue(scene.outbox.waiting().size() <= 2, () -> "too many");
    scene.carrier.reachable = true;
    later();
    later();
    assertEquals(0, scene.outbox.waiting().size());
  }

  @Test
  void the_server_says_when_to_come_again_within_bounds() throws Exception {
    var quarter = Duration.ofMinutes(15);
    for (var asked : new int[] {0, 1, 500, 900, 1200, 1350, 5000, 86_400}) {
      scene.carrier.again = asked;
      var standing = scene.guard.once();
      var wait = asked == 0 ? quarter : Duration.ofSeconds(Math.clamp(asked, 450, 1350));
      assertEquals(wait, scene.guard.untilNext(standing).truncatedTo(ChronoUnit.SECONDS));
    }
  }

  /// Or those that were answered together would go on to come together.
  @Test
  void a_part_of_a_second_is_added_by_chance_to_what_the_server_says() throws Exception {
    scene.carrier.again = 900;
    var parts = new HashSet<Integer>();
    for (var time = 0; time < 8; time++) {
      parts.add(scene.guard.untilNext(scene.guard.once()).toMillisPart());
    }
    // That eight of a thousand are the same happens once in 10^21.
    assertTrue(parts.size() > 1, parts::toString);
  }
}
