package dev.interdict.trust.repository;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.interdict.trust.RefreshResult;
import dev.interdict.trust.metadata.LogHead;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RepositoryException.Family;
import dev.interdict.trust.metadata.RoleKeys;
import dev.interdict.trust.metadata.RoleName;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Signing again in time, and replacing keys.
class RepositoryUpkeepTest extends NewRepository {
  @Test
  void signing_the_timestamp_again_keeps_a_quiet_repository_fresh() throws RepositoryException {
    fetchedNothing();
    now = START.plus(Duration.ofHours(23));
    repository.resignTimestamp();
    now = START.plus(Duration.ofHours(25));
    var timestamp = new RefreshResult.Updated(List.of(RoleName.TIMESTAMP));
    assertEquals(timestamp, client().refresh(now));
    assertEquals(2, repository.state().timestamp().version());
    assertEquals(
        START.plus(Duration.ofHours(23)), repository.state().timestamp().header().issued());
  }

  private void fetchedNothing() throws RepositoryException {
    assertInstanceOf(RefreshResult.Updated.class, client().refresh(now));
  }

  @Test
  void an_expired_snapshot_asks_for_itself_first() throws RepositoryException {
    now = START.plus(Duration.ofDays(8));
    assertEquals(
        Family.EXPIRED,
        assertThrows(RepositoryException.class, repository::resignTimestamp).family());
    repository.resignSnapshot();
    repository.resignTimestamp();
    fetchedNothing();
  }

  @Test
  void renewing_a_role_keeps_its_targets() throws RepositoryException {
    repository.publish(RepositoryPlan.BLOCKLIST, GLOBAL, LIST, List.of(alice, bob));
    now = START.plus(Duration.ofDays(6));
    repository.renew(RepositoryPlan.BLOCKLIST, List.of(alice, bob));
    assertArrayEquals(LIST, fetched(GLOBAL));
    assertEquals(
        now.plus(Duration.ofDays(30)), repository.state().role(RepositoryPlan.BLOCKLIST).expires());
  }

  @Test
  void every_key_can_be_replaced_under_a_client_that_was_there_before() throws RepositoryException {
    repository.publish(RepositoryPlan.BLOCKLIST, GLOBAL, LIST, List.of(alice, bob));
    assertArrayEquals(LIST, fetched(GLOBAL));
    var newRoot = signer();
    var newTargets = signer();
    var newOnline = new OnlineSigners(signer(), signer());
    var roles = new HashMap<RoleName, RoleKeys>();
    roles.put(RoleName.ROOT, new RoleKeys(List.of(newRoot.key()), 1));
    roles.put(RoleName.TARGETS, new RoleKeys(List.of(newTargets.key()), 1));
    roles.put(RoleName.SNAPSHOT, new RoleKeys(List.of(newOnline.snapshot().key()), 1));
    roles.put(RoleName.TIMESTAMP, new RoleKeys(List.of(newOnline.timestamp().key()), 1));
    var next =
        repository
            .preparation()
            .root(roles, new RoleKeys(List.of(time.key()), 1))
            .signedBy(root)
            .signedBy(newRoot);
    var top =
        repository.preparation().next(RoleName.TARGETS, Map.of(), List.of()).signedBy(newTargets);

    assertEquals(
        Family.SIGNATURE,
        assertThrows(
                RepositoryException.class,
                () -> repository.rotateRoot(next, Publication.NOTHING, newOnline),
                "the old targets are not signed by the new key")
            .family());
    var rotated = repository.rotateRoot(next, Publication.of(RoleName.TARGETS, top), newOnline);

    assertArrayEquals(LIST, fetched(GLOBAL));
    rotated.resignTimestamp();
    assertNotNull(client().lastVerified(GLOBAL));
    assertInstanceOf(RefreshResult.Updated.class, client().refresh(now));
    assertThrows(RepositoryException.class, repository::resignTimestamp, "with the old key");
  }

  @Test
  void each_timestamp_tells_how_far_the_log_is_when_it_is_signed() throws RepositoryException {
    var length = new java.util.concurrent.atomic.AtomicLong();
    var hash = "ab".repeat(32);
    var witnessing =
        repository.witnessing(
            () -> java.util.Optional.of(new LogHead(length.incrementAndGet(), hash)));
    assertEquals(new LogHead(1, hash), witnessing.resignTimestamp().log());
    witnessing.publish(RepositoryPlan.BLOCKLIST, GLOBAL, LIST, List.of(alice, bob));
    assertEquals(new LogHead(2, hash), repository.state().timestamp().log());
    assertArrayEquals(LIST, fetched(GLOBAL));
  }
}
