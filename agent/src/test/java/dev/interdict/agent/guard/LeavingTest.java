package dev.interdict.agent.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.state.DeviceKeys;
import dev.interdict.agent.state.Enrolment;
import dev.interdict.agent.state.SigningKey;
import dev.interdict.agent.state.Uplink;
import dev.interdict.agent.sync.SyncJob;
import dev.interdict.agent.sync.SyncResult;
import dev.interdict.policy.RuleFixtures;
import dev.interdict.wire.ContentDigest;
import dev.interdict.wire.DeviceKey;
import dev.interdict.wire.Farewell;
import dev.interdict.wire.Headers;
import dev.interdict.wire.MessageSignature;
import dev.interdict.wire.RequestParts;
import dev.interdict.wire.Routes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeavingTest {
  @TempDir Path folder;
  private Scene scene;
  private final List<SyncJob> jobs = new ArrayList<>();
  private final List<byte[]> bodies = new ArrayList<>();

  @BeforeEach
  void begin() throws Exception {
    scene = new Scene(folder);
    scene.enrolment.save(scene.state);
    new Uplink(null, "proxy.example.com:3128").save(scene.state);
    Files.createDirectory(
        scene.state.quarantine(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.writeString(scene.state.quarantine().resolve("kept"), "somebody's");
  }

  @AfterEach
  void end() throws Exception {
    scene.close();
  }

  private Leaving leaving(Carrier carrier) {
    Carrier noted =
        (job, sent) -> {
          jobs.add(job);
          bodies.addAll(sent);
          return carrier.carry(job, sent);
        };
    return new Leaving(scene.state, noted, scene.wall, new SecureRandom());
  }

  private void compose() throws IOException {
    scene.outbox.add(
        (sequence, _) -> ("{\"sequence\":" + sequence + "}").getBytes(StandardCharsets.UTF_8));
  }

  private List<String> posted(int job) {
    return jobs.get(job).posts().stream().map(SyncJob.Post::path).toList();
  }

  /// Whether the last request holds, as a server checks it, under the device's key.
  private boolean holds(byte[] body, String key) throws Exception {
    var post = jobs.getLast().posts().getLast();
    var parts =
        new RequestParts("POST", post.path(), null, ContentDigest.of(body), post.sequence());
    var signature =
        MessageSignature.parse(
            parts,
            Objects.requireNonNull(post.headers().get(Headers.SIGNATURE_INPUT)),
            Objects.requireNonNull(post.headers().get(Headers.SIGNATURE)));
    return signature.keyId().equals(scene.enrolment.device())
        && signature.verify(parts, DeviceKey.of(key));
  }

  private void assertGone() throws IOException {
    assertNull(Enrolment.load(scene.state));
    for (var gone :
        List.of(
            scene.state.enrolment(),
            scene.state.deviceKey(),
            scene.state.deviceKeys(),
            scene.state.path().resolve("device.pub"),
            scene.state.uplink(),
            scene.state.trust(),
            scene.state.outbox())) {
      assertTrue(Files.notExists(gone), gone.toString());
    }
    assertEquals("somebody's", Files.readString(scene.state.quarantine().resolve("kept")));
    assertTrue(Files.exists(scene.state.path().resolve("ledger")));
  }

  @Test
  void what_waits_goes_first_and_the_farewell_is_signed_by_the_device() throws Exception {
    compose();
    compose();
    var outcome = leaving(scene.carrier).leave();
    assertEquals(new Leaving.Outcome.Told(scene.enrolment.server()), outcome);
    assertEquals(List.of(Routes.REPORTS, Routes.REPORTS, Routes.UNENROL), posted(0));
    var farewell = bodies.getLast();
    assertEquals(new Farewell(scene.enrolment.device(), 0), Farewell.read(farewell));
    assertEquals(3, jobs.getLast().posts().getLast().sequence());
    assertTrue(holds(farewell, scene.enrolment.publicKey()));
    assertEquals("proxy.example.com:3128", jobs.getLast().uplink().proxy());
    assertGone();
  }

  @Test
  void a_server_that_is_away_keeps_nobody_from_leaving_and_is_not_said_to_know() throws Exception {
    scene.carrier.reachable = false;
    var outcome = leaving(scene.carrier).leave();
    var untold = assertInstanceOf(Leaving.Outcome.Untold.class, outcome);
    assertEquals(scene.enrolment.device().value(), untold.device());
    assertGone();
  }

  @Test
  void a_server_that_refuses_is_not_said_to_know() throws Exception {
    scene.carrier.status = _ -> 401;
    var outcome = leaving(scene.carrier).leave();
    assertEquals("it answered 401", assertInstanceOf(Leaving.Outcome.Untold.class, outcome).why());
    assertGone();
  }

  @Test
  void a_device_that_was_set_back_says_it_once_more_after_its_later_reports() throws Exception {
    Carrier server =
        (job, _) -> {
          var post = job.posts().getLast();
          var answer =
              post.sequence() < 9
                  ? new SyncResult.Answer(post.sequence(), 409, 0, 9)
                  : new SyncResult.Answer(post.sequence(), 204, 0);
          return new SyncResult(true, null, List.of(answer), "");
        };
    assertInstanceOf(Leaving.Outcome.Told.class, leaving(server).leave());
    assertEquals(9, jobs.getLast().posts().getLast().sequence());
  }

  @Test
  void a_key_that_was_offered_without_an_answer_is_offered_before() throws Exception {
    var keys = DeviceKeys.load(scene.state, scene.enrolment).renewed();
    keys.save(scene.state.deviceKeys());
    leaving(scene.carrier).leave();
    assertEquals(List.of(Routes.KEY, Routes.UNENROL), posted(0));
    SigningKey to = Objects.requireNonNull(keys.to());
    assertTrue(holds(bodies.getLast(), to.publicKey()));
    assertGone();
  }

  @Test
  void a_guard_that_runs_is_not_left_without_its_identity() throws Exception {
    try (var _ =
        ThisSystem.open(Path.of("/"), scene.state.quarantine(), Duration.ofDays(30), scene.wall)) {
      assertThrows(IOException.class, () -> leaving(scene.carrier).leave());
    }
    assertEquals(List.of(), jobs);
    assertNotNull(Enrolment.load(scene.state));
  }

  @Test
  void one_that_is_not_enrolled_or_damaged_can_be_cleared_away() throws Exception {
    Files.writeString(scene.state.deviceKey(), "damaged");
    assertInstanceOf(Leaving.Outcome.Untold.class, leaving(scene.carrier).leave());
    assertGone();
    assertEquals(new Leaving.Outcome.NotEnrolled(), leaving(scene.carrier).leave());
    assertEquals(List.of(), jobs);
  }

  @Test
  void who_joins_again_is_another_device() throws Exception {
    scene.publish(RuleFixtures.CLAUDE_CODE);
    leaving(scene.carrier).leave();
    var again = Enrolment.begin(scene.enrolment.server(), scene.state);
    assertNotEquals(scene.enrolment.device(), again.device());
  }
}
