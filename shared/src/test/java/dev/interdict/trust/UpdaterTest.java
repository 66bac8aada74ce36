package dev.interdict.trust;

import static dev.interdict.trust.RepositorySimulator.BLOCKLIST;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.trust.metadata.RoleName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The workflow when nobody misbehaves: what is asked for, what is kept, what is said.
class UpdaterTest {
  private static final Instant NOW = Instant.parse("2026-07-03T09:00:00Z");
  private static final String GLOBAL = "blocklist/global.json";

  @TempDir private Path folder;
  private final RepositorySimulator repository = new RepositorySimulator(NOW, 1);

  private SimulatedDevice device() {
    return new SimulatedDevice(repository, folder);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void the_first_refresh_asks_in_order_and_keeps_everything() {
    var device = device();
    assertEquals(
        new RefreshResult.Updated(List.of(RoleName.TIMESTAMP, RoleName.SNAPSHOT, RoleName.TARGETS)),
        device.refresh(NOW));
    assertEquals(
        List.of("2.root.json", "timestamp.json", "1.snapshot.json", "1.targets.json"),
        repository.asked());
    assertEquals("snapshot=1 targets=1 timestamp=1", device.disk());
  }

  @Test
  void a_poll_without_news_is_two_small_questions() {
    var device = device();
    device.refreshes(NOW);
    repository.asked();
    assertEquals(new RefreshResult.Unchanged(), device.refresh(NOW));
    assertEquals(List.of("2.root.json", "timestamp.json"), repository.asked());
  }

  @Test
  void a_target_is_fetched_once_and_then_kept() {
    repository.put(BLOCKLIST, GLOBAL, bytes("one"));
    repository.publish();
    var device = device();
    var first = assertInstanceOf(TargetResult.Found.class, device.target(GLOBAL, NOW));
    assertTrue(first.changed());
    repository.asked();
    var second = assertInstanceOf(TargetResult.Found.class, device.target(GLOBAL, NOW));
    assertFalse(second.changed());
    assertEquals(List.of("2.root.json", "timestamp.json"), repository.asked());
    assertEquals("blocklist=2 snapshot=2 targets=1 timestamp=2 +1", device.disk());
  }

  @Test
  void a_role_signed_again_without_change_costs_no_download_and_renews_the_proof() {
    repository.put(BLOCKLIST, GLOBAL, bytes("one"));
    repository.publish();
    var device = device();
    device.content(GLOBAL, NOW);
    var later = NOW.plus(Duration.ofDays(60));
    repository.expires(BLOCKLIST, later);
    repository.sign(BLOCKLIST);
    repository.publish();
    repository.asked();
    var found = assertInstanceOf(TargetResult.Found.class, device.target(GLOBAL, NOW));
    assertFalse(found.changed());
    assertEquals(
        List.of("2.root.json", "timestamp.json", "3.snapshot.json", "3.blocklist.json"),
        repository.asked());
    var last = device.updater().lastVerified(GLOBAL);
    assertNotNull(last);
    assertEquals(later, last.roleExpires());
    assertEquals(3, last.roleVersion());
  }

  @Test
  void a_target_that_is_listed_no_more_is_forgotten() {
    repository.put(BLOCKLIST, GLOBAL, bytes("one"));
    repository.publish();
    var device = device();
    device.content(GLOBAL, NOW);
    repository.remove(BLOCKLIST, GLOBAL);
    repository.publish();
    assertEquals(new TargetResult.Absent(GLOBAL), device.target(GLOBAL, NOW));
    assertNull(device.lastVerified(GLOBAL));
  }

  @Test
  void an_unreachable_repository_leaves_the_last_content_and_it_grows_stale() {
    repository.put(BLOCKLIST, GLOBAL, bytes("one"));
    repository.publish();
    var device = device();
    device.content(GLOBAL, NOW);
    var disk = device.disk();
    repository.reachable(false);
    assertInstanceOf(RefreshResult.Unreachable.class, device.refresh(NOW));
    assertEquals(disk, device.disk());
    var last = device.updater().lastVerified(GLOBAL);
    assertNotNull(last);
    assertEquals("one", new String(last.content(), StandardCharsets.UTF_8));
    assertFalse(last.isStale(NOW));
    assertTrue(last.isStale(NOW.plus(Duration.ofDays(30))));
    assertTrue(last.isRoleExpired(NOW.plus(Duration.ofDays(30))));
  }

  @Test
  void looking_for_a_target_takes_a_refresh_that_succeeded() {
    var updater = device().updater();
    assertThrows(IllegalStateException.class, () -> updater.target(GLOBAL));
    repository.reachable(false);
    updater.refresh(NOW);
    assertThrows(IllegalStateException.class, () -> updater.target(GLOBAL));
  }

  @Test
  void times_and_the_time_key_come_with_the_files() {
    var updater = device().updater();
    updater.refresh(NOW);
    var timestamp = updater.trusted().timestamp();
    assertNotNull(timestamp);
    assertEquals(NOW, timestamp.header().issued());
    var time = updater.root().time();
    assertNotNull(time);
    assertEquals(List.of(repository.timeKey().key()), time.keys());
  }
}
