package dev.interdict.trust;

import static dev.interdict.trust.RepositorySimulator.BLOCKLIST;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.json.Json;
import dev.interdict.trust.metadata.RepositoryException.Family;
import dev.interdict.trust.metadata.RoleName;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Files that are older than what was seen, or too old, and what is on disk afterwards.
class UpdaterRollbackTest extends SeenVersionTwo {
  @Test
  void an_older_timestamp() {
    var old = repository.copy();
    publishThree();
    device.content(GLOBAL, NOW);
    repository.serve(old);
    device.refuses(Family.ROLLBACK, NOW);
    assertEquals("blocklist=3 snapshot=3 targets=1 timestamp=3 +1", device.disk());
    assertEquals("three", device.lastVerified(GLOBAL));
  }

  @Test
  void a_new_timestamp_over_an_older_snapshot() {
    publishThree();
    device.content(GLOBAL, NOW);
    repository.version(RoleName.SNAPSHOT, 2);
    repository.publish();
    device.refuses(Family.ROLLBACK, NOW);
    assertEquals("blocklist=3 snapshot=3 targets=1 timestamp=3 +1", device.disk());
    assertEquals("three", device.lastVerified(GLOBAL));
  }

  @Test
  void a_new_snapshot_over_an_older_blocklist() {
    publishThree();
    device.content(GLOBAL, NOW);
    repository.version(BLOCKLIST, 2);
    repository.put(BLOCKLIST, GLOBAL, bytes("two"));
    repository.publish();
    device.refuses(Family.ROLLBACK, NOW);
    assertEquals("blocklist=3 snapshot=3 targets=1 timestamp=4 +1", device.disk());
    assertEquals("three", device.lastVerified(GLOBAL));
  }

  @Test
  void a_new_snapshot_without_the_blocklist() {
    repository.publish();
    repository.alter(RoleName.SNAPSHOT, UpdaterRollbackTest::withoutBlocklist);
    repository.timestamp();
    refusesAndKeeps(Family.ROLLBACK, "blocklist=2 snapshot=2 targets=1 timestamp=4 +1");
  }

  private static Json.Obj withoutBlocklist(Json.Obj snapshot) {
    var meta = JsonEdit.child(snapshot, "meta");
    return JsonEdit.with(snapshot, "meta", JsonEdit.without(meta, "blocklist.json"));
  }

  @Test
  void frozen_files_expire() {
    var later = NOW.plus(Duration.ofDays(30));
    device.refuses(Family.EXPIRED, later);
    assertEquals(GOOD, device.disk());
    assertEquals("two", device.lastVerified(GLOBAL));
  }

  @Test
  void an_equal_timestamp_does_not_hide_that_it_has_expired() {
    repository.expires(RoleName.TIMESTAMP, NOW.plus(Duration.ofHours(24)));
    repository.publish();
    device.refreshes(NOW);
    device.refreshes(NOW.plus(Duration.ofHours(24)).minusSeconds(1));
    device.refuses(Family.EXPIRED, NOW.plus(Duration.ofHours(24)));
  }

  @Test
  void a_newer_timestamp_that_has_expired_is_not_kept() {
    repository.expires(RoleName.TIMESTAMP, NOW);
    repository.timestamp();
    refusesAndKeeps(Family.EXPIRED, GOOD);
  }

  @Test
  void each_role_expires_by_itself() {
    var soon = NOW.plusSeconds(1);
    repository.expires(RoleName.SNAPSHOT, soon);
    repository.publish();
    device.refuses(Family.EXPIRED, soon);
    assertEquals("blocklist=2 snapshot=2 targets=1 timestamp=3 +1", device.disk());
    repository.expires(RoleName.SNAPSHOT, NOW.plus(Duration.ofDays(9)));
    repository.expires(RoleName.TARGETS, soon);
    repository.sign(RoleName.TARGETS);
    repository.publish();
    device.refuses(Family.EXPIRED, soon);
    assertEquals("blocklist=2 snapshot=4 targets=1 timestamp=4 +1", device.disk());
    repository.expires(RoleName.TARGETS, NOW.plus(Duration.ofDays(9)));
    repository.sign(RoleName.TARGETS);
    repository.expires(BLOCKLIST, soon);
    repository.put(BLOCKLIST, GLOBAL, bytes("three"));
    repository.publish();
    device.refusesTarget(Family.EXPIRED, GLOBAL, soon);
    assertEquals("blocklist=2 snapshot=5 targets=3 timestamp=5 +1", device.disk());
    assertEquals("two", device.lastVerified(GLOBAL));
  }

  @Test
  void an_expired_root_stops_everything_else() {
    repository.expires(RoleName.ROOT, NOW);
    repository.root();
    refusesAndKeeps(Family.EXPIRED, GOOD.replace("snapshot=2", "roots/2.root=2 snapshot=2"));
  }
}
