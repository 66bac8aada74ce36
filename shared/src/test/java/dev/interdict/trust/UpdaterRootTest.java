package dev.interdict.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.interdict.json.Json;
import dev.interdict.trust.keys.Signer;
import dev.interdict.trust.metadata.RepositoryException.Family;
import dev.interdict.trust.metadata.RoleName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Rotation of keys, and recovery from versions that a thief ran up.
class UpdaterRootTest extends SeenVersionTwo {
  private Signer former(RoleName role) {
    return repository.signers(role).getFirst();
  }

  private void replace(RoleName role) {
    repository.keys(role, 1, repository.newSigner());
  }

  private void refusesRoot(Family family) {
    refusesAndKeeps(family, GOOD);
  }

  @Test
  void every_root_on_the_way_is_walked_and_kept() {
    for (var i = 0; i < 3; i++) {
      var former = former(RoleName.ROOT);
      replace(RoleName.ROOT);
      repository.root(former);
    }
    device.refreshes(NOW);
    assertEquals(
        "blocklist=2 roots/2.root=2 roots/3.root=3 roots/4.root=4"
            + " snapshot=2 targets=1 timestamp=2 +1",
        device.disk());
    repository.asked();
    device.refreshes(NOW);
    assertEquals(List.of("5.root.json", "timestamp.json"), repository.asked());
  }

  @Test
  void an_expired_root_on_the_way_does_not_matter() {
    repository.expires(RoleName.ROOT, NOW.minusSeconds(1));
    repository.root();
    repository.expires(RoleName.ROOT, NOW.plusSeconds(1));
    repository.root();
    device.refreshes(NOW);
    device.refuses(Family.EXPIRED, NOW.plusSeconds(1));
  }

  @Test
  void a_root_that_withdraws_the_timestamps_key_may_correct_the_time_before_it_is_kept() {
    var poisoned = NOW.plus(Duration.ofDays(3652));
    replace(RoleName.TARGETS);
    repository.root();
    repository.sign(RoleName.TARGETS);
    replace(RoleName.TIMESTAMP);
    repository.root();
    repository.publish();
    device.refuses(Family.EXPIRED, poisoned);

    var kept = new ArrayList<String>();
    var fresh = new SimulatedDevice(repository, folder.resolve("fresh"));
    var result =
        fresh
            .updater()
            .refresh(
                poisoned,
                (next, start) -> {
                  kept.add(next.version() + ": " + fresh.disk());
                  assertEquals(poisoned, start);
                  return NOW;
                });
    assertInstanceOf(RefreshResult.Updated.class, result, result.toString());
    assertEquals(1, kept.size());
    assertFalse(kept.getFirst().contains("roots/3"), kept.getFirst());
  }

  @Test
  void a_root_that_its_predecessor_did_not_sign() {
    replace(RoleName.ROOT);
    repository.root();
    refusesRoot(Family.SIGNATURE);
  }

  @Test
  void a_root_that_its_own_keys_did_not_sign() {
    var former = former(RoleName.ROOT);
    replace(RoleName.ROOT);
    repository.root(former);
    repository.signedBy(RoleName.ROOT, List.of(former));
    refusesRoot(Family.SIGNATURE);
  }

  @Test
  void a_root_with_a_version_left_out() {
    repository.version(RoleName.ROOT, 3);
    repository.root();
    repository.serveAs("2.root.json", "3.root.json");
    refusesRoot(Family.MISMATCH);
  }

  @Test
  void an_older_root_under_a_newer_name() {
    repository.serveAs("2.root.json", "1.root.json");
    refusesRoot(Family.ROLLBACK);
  }

  @Test
  void thresholds_that_nobody_can_have_meant() {
    for (var threshold : List.of(0L, -1L, 1L << 40)) {
      repository.root();
      repository.alter(RoleName.ROOT, root -> withTimestampThreshold(root, threshold));
      refusesRoot(Family.MALFORMED);
      repository.drop("2.root.json");
      repository.version(RoleName.ROOT, 2);
    }
  }

  private static Json.Obj withTimestampThreshold(Json.Obj root, long threshold) {
    var roles = JsonEdit.child(root, "roles");
    var timestamp = JsonEdit.child(roles, "timestamp");
    var altered = JsonEdit.with(timestamp, "threshold", new Json.Int(threshold));
    return JsonEdit.with(root, "roles", JsonEdit.with(roles, "timestamp", altered));
  }

  @Test
  void a_rotated_timestamp_key_shuts_the_old_one_out() {
    var former = repository.signers(RoleName.TIMESTAMP);
    replace(RoleName.TIMESTAMP);
    repository.root();
    repository.timestamp();
    repository.signedBy(RoleName.TIMESTAMP, former);
    device.refuses(Family.SIGNATURE, NOW);
    assertEquals("blocklist=2 roots/2.root=2 targets=1 +1", device.disk());
    assertEquals("two", device.lastVerified(GLOBAL));
    repository.publish();
    device.refreshes(NOW);
  }

  @Test
  void a_timestamp_version_run_up_by_a_thief_is_forgotten_with_the_key() {
    repository.version(RoleName.TIMESTAMP, 9_000_000);
    repository.timestamp();
    device.refreshes(NOW);
    repository.version(RoleName.TIMESTAMP, 3);
    repository.timestamp();
    device.refuses(Family.ROLLBACK, NOW);
    replace(RoleName.TIMESTAMP);
    repository.root();
    repository.timestamp();
    device.refreshes(NOW);
    assertEquals("blocklist=2 roots/2.root=2 snapshot=2 targets=1 timestamp=4 +1", device.disk());
  }

  @Test
  void a_snapshot_version_run_up_by_a_thief_is_forgotten_with_either_key() {
    for (var role : List.of(RoleName.SNAPSHOT, RoleName.TIMESTAMP)) {
      repository.version(RoleName.SNAPSHOT, 9_000_000);
      repository.publish();
      device.refreshes(NOW);
      repository.version(RoleName.SNAPSHOT, 3);
      repository.publish();
      device.refuses(Family.ROLLBACK, NOW);
      replace(role);
      repository.root();
      repository.version(RoleName.SNAPSHOT, 3);
      repository.publish();
      device.refreshes(NOW);
    }
  }

  @Test
  void a_targets_version_run_up_inside_the_snapshot_is_forgotten_with_its_key() {
    repository.version(RoleName.TARGETS, 9_000_000);
    repository.sign(RoleName.TARGETS);
    repository.publish();
    device.refreshes(NOW);
    repository.version(RoleName.TARGETS, 2);
    repository.sign(RoleName.TARGETS);
    repository.publish();
    device.refuses(Family.ROLLBACK, NOW);
    replace(RoleName.SNAPSHOT);
    repository.root();
    repository.publish();
    device.refreshes(NOW);
    assertEquals("two", device.content(GLOBAL, NOW));
  }

  @Test
  void a_key_that_went_and_came_back_still_counts_as_rotated() {
    repository.version(RoleName.TIMESTAMP, 9_000_000);
    repository.timestamp();
    device.refreshes(NOW);
    var original = former(RoleName.TIMESTAMP);
    replace(RoleName.TIMESTAMP);
    repository.root();
    repository.keys(RoleName.TIMESTAMP, 1, original);
    repository.root();
    repository.version(RoleName.TIMESTAMP, 3);
    repository.timestamp();
    device.refreshes(NOW);
  }

  @Test
  void more_roots_than_anyone_needs() {
    for (var i = 0; i < Limits.STANDARD.roots() + 1; i++) {
      repository.root();
    }
    var store = new MemoryStore();
    var first = Updaters.make(repository.initialRoot(), store, repository).refresh(NOW);
    assertEquals(Family.LIMIT, assertInstanceOf(RefreshResult.Refused.class, first).family());
    var second = Updaters.make(repository.initialRoot(), store, repository).refresh(NOW);
    assertInstanceOf(RefreshResult.Updated.class, second);
  }
}
