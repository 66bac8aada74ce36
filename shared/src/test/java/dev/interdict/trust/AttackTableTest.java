package dev.interdict.trust;

import static dev.interdict.trust.RepositorySimulator.BLOCKLIST;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.trust.keys.Signer;
import dev.interdict.trust.metadata.Header;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RepositoryException.Family;
import dev.interdict.trust.metadata.RoleName;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What somebody can do who holds stolen keys or a whole server, and the way back. With the tables
/// of rollback, mismatch, refusal, root and hostile names beside it, each threat to signed files
/// has a row here: the attack, the refusal, what is on disk afterwards.
class AttackTableTest extends SeenVersionTwo {
  private static final RoleName EXEMPTIONS = new RoleName("exemptions");
  private static final String SHARD = "exemptions/00.json";

  private Signer key(RoleName role) {
    return repository.signers(role).getFirst();
  }

  private void rotate(RoleName... roles) {
    for (var role : roles) {
      repository.keys(role, 1, repository.newSigner());
    }
    repository.root();
  }

  private void withExemptions() {
    repository.keys(EXEMPTIONS, 1, repository.newSigner());
    repository.delegate(RoleName.TARGETS, EXEMPTIONS, true, "exemptions/*");
    repository.sign(RoleName.TARGETS);
    repository.put(EXEMPTIONS, SHARD, bytes("exempt"));
    repository.publish();
    assertEquals("exempt", device.content(SHARD, NOW));
  }

  // A thief with both online keys, snapshot and timestamp.

  @Test
  void versions_run_up_by_both_online_keys_cost_nothing_but_time_and_end_with_a_rotation() {
    repository.version(RoleName.SNAPSHOT, 9_000_000);
    repository.version(RoleName.TIMESTAMP, 9_000_000);
    repository.publish();
    device.refreshes(NOW);
    assertEquals("two", device.lastVerified(GLOBAL));
    repository.version(RoleName.SNAPSHOT, 3);
    repository.version(RoleName.TIMESTAMP, 3);
    publishThree();
    device.refuses(Family.ROLLBACK, NOW);
    var stuck = "blocklist=2 snapshot=9000000 targets=1 timestamp=9000000 +1";
    assertEquals(stuck, device.disk());
    rotate(RoleName.SNAPSHOT, RoleName.TIMESTAMP);
    publishThree();
    assertEquals("three", device.content(GLOBAL, NOW));
    assertEquals("blocklist=4 roots/2.root=2 snapshot=4 targets=1 timestamp=4 +1", device.disk());
  }

  @Test
  void the_highest_version_there_is_ends_with_a_rotation_too() {
    var highest = Header.HIGHEST_VERSION;
    repository.version(RoleName.SNAPSHOT, highest);
    repository.version(RoleName.TIMESTAMP, highest);
    repository.publish();
    device.refreshes(NOW);
    rotate(RoleName.SNAPSHOT, RoleName.TIMESTAMP);
    repository.version(RoleName.SNAPSHOT, 3);
    repository.version(RoleName.TIMESTAMP, 3);
    publishThree();
    assertEquals("three", device.content(GLOBAL, NOW));
  }

  @Test
  void the_rules_by_themselves_forget_both_online_roles_with_either_key()
      throws RepositoryException {
    var seen =
        TrustedMetadata.bootstrap(repository.initialRoot())
            .withTimestamp(repository.file("timestamp.json"), NOW)
            .withSnapshot(repository.file("2.snapshot.json"), NOW);
    repository.root();
    var same = seen.withRoot(repository.file("2.root.json"));
    assertEquals(seen.timestamp(), same.timestamp());
    rotate(RoleName.SNAPSHOT);
    var rotated = same.withRoot(repository.file("3.root.json"));
    assertNull(rotated.timestamp());
    assertNull(rotated.snapshot());
  }

  @Test
  void both_online_keys_cannot_bring_an_older_blocklist_back() {
    var two = repository.file("2.blocklist.json");
    publishThree();
    assertEquals("three", device.content(GLOBAL, NOW));
    repository.version(BLOCKLIST, 2);
    repository.sign(BLOCKLIST);
    repository.tamper(repository.path(BLOCKLIST), _ -> two);
    repository.publish();
    device.refuses(Family.ROLLBACK, NOW);
    assertEquals("blocklist=3 snapshot=3 targets=1 timestamp=4 +1", device.disk());
    assertEquals("three", device.lastVerified(GLOBAL));
  }

  @Test
  void both_online_keys_cannot_make_a_blocklist_last() {
    for (var role : List.of(RoleName.ROOT, RoleName.SNAPSHOT, RoleName.TIMESTAMP)) {
      repository.expires(role, NOW.plus(Duration.ofDays(900)));
    }
    repository.expires(RoleName.TARGETS, NOW.plus(Duration.ofDays(90)));
    repository.root();
    repository.sign(RoleName.TARGETS);
    repository.publish();
    device.refreshes(NOW);
    var later = NOW.plus(Duration.ofDays(31));
    device.refusesTarget(Family.EXPIRED, GLOBAL, later);
    var last = device.updater().lastVerified(GLOBAL);
    assertTrue(last != null && last.isRoleExpired(later));
    device.refuses(Family.EXPIRED, NOW.plus(Duration.ofDays(90)));
  }

  @Test
  void a_frozen_chain_fails_every_refresh_from_the_first_expiry_on() {
    repository.expires(RoleName.SNAPSHOT, NOW.plus(Duration.ofDays(7)));
    repository.publish();
    device.refreshes(NOW);
    var disk = device.disk();
    for (var day = 7; day < 10; day++) {
      device.refuses(Family.EXPIRED, NOW.plus(Duration.ofDays(day)));
      assertEquals(disk, device.disk());
    }
    repository.expires(RoleName.SNAPSHOT, NOW.plus(Duration.ofDays(20)));
    repository.expires(RoleName.TARGETS, NOW.plus(Duration.ofDays(12)));
    repository.sign(RoleName.TARGETS);
    repository.publish();
    device.refreshes(NOW.plus(Duration.ofDays(10)));
    device.refuses(Family.EXPIRED, NOW.plus(Duration.ofDays(12)));
    device.refuses(Family.EXPIRED, NOW.plus(Duration.ofDays(13)));
  }

  // A thief with one offline key.

  @Test
  void one_publishers_key_of_two_signs_nothing_however_often() {
    repository.put(BLOCKLIST, GLOBAL, bytes("evil"));
    repository.signedBy(BLOCKLIST, List.of(key(BLOCKLIST), key(RoleName.SNAPSHOT)));
    repository.publish();
    refusesTargetAndKeeps(Family.SIGNATURE, "blocklist=2 snapshot=3 targets=1 timestamp=3 +1");
  }

  @Test
  void a_stolen_publishers_key_is_shut_out_by_the_next_top_level_targets() {
    var stolen = key(BLOCKLIST);
    var honest = repository.signers(BLOCKLIST).getLast();
    repository.noDelegations(RoleName.TARGETS);
    repository.keys(BLOCKLIST, 2, honest, repository.newSigner());
    repository.delegate(RoleName.TARGETS, BLOCKLIST, true, "blocklist/*");
    repository.sign(RoleName.TARGETS);
    publishThree();
    assertEquals("three", device.content(GLOBAL, NOW));
    repository.put(BLOCKLIST, GLOBAL, bytes("evil"));
    repository.signedBy(BLOCKLIST, List.of(stolen, honest));
    repository.publish();
    device.refusesTarget(Family.SIGNATURE, GLOBAL, NOW);
    assertEquals("blocklist=3 snapshot=4 targets=2 timestamp=4 +1", device.disk());
    assertEquals("three", device.lastVerified(GLOBAL));
  }

  @Test
  void one_root_key_of_two_makes_no_root() {
    var former = key(RoleName.ROOT);
    var stolen = repository.newSigner();
    repository.keys(RoleName.ROOT, 2, repository.newSigner(), stolen, repository.newSigner());
    repository.root(former);
    device.refreshes(NOW);
    repository.root();
    repository.signedBy(RoleName.ROOT, List.of(stolen, former));
    refusesAndKeeps(Family.SIGNATURE, GOOD.replace("snapshot=2", "roots/2.root=2 snapshot=2"));
  }

  // A root that was refused must be as if it had never come.

  @Test
  void a_refused_root_is_not_believed_the_next_time() {
    var former = key(RoleName.ROOT);
    var evil = repository.newSigner();
    repository.keys(RoleName.ROOT, 1, evil);
    repository.root();
    refusesAndKeeps(Family.SIGNATURE, GOOD);
    assertEquals(1, device.updater().root().version());
    repository.root();
    refusesAndKeeps(Family.SIGNATURE, GOOD);
    repository.keys(RoleName.ROOT, 1, former);
    repository.version(RoleName.ROOT, 2);
    repository.root();
    repository.drop("3.root.json");
    device.refreshes(NOW);
    assertEquals(2, device.updater().root().version());
  }

  @Test
  void a_refused_root_planted_in_the_store_is_not_believed_either() {
    repository.keys(RoleName.ROOT, 1, repository.newSigner());
    repository.root();
    new DirectoryStore(folder).write("roots/2.root.json", repository.file("2.root.json"));
    assertEquals(1, device.updater().root().version());
    assertEquals("two", device.lastVerified(GLOBAL));
  }

  // A thief with the online key of another role.

  @Test
  void an_exemption_key_does_not_sign_blocklists() {
    withExemptions();
    repository.put(EXEMPTIONS, GLOBAL, bytes("evil"));
    repository.publish();
    assertEquals("two", device.content(GLOBAL, NOW));
    repository.remove(BLOCKLIST, GLOBAL);
    repository.publish();
    assertInstanceOf(TargetResult.Absent.class, device.target(GLOBAL, NOW));
  }

  @Test
  void an_exemption_key_does_not_stand_in_for_the_blocklists_own() {
    withExemptions();
    repository.put(BLOCKLIST, GLOBAL, bytes("evil"));
    repository.signedBy(BLOCKLIST, List.of(key(EXEMPTIONS)));
    repository.publish();
    device.refusesTarget(Family.SIGNATURE, GLOBAL, NOW);
    assertEquals("two", device.lastVerified(GLOBAL));
  }

  @Test
  void an_exemption_key_hands_no_blocklist_path_on() {
    withExemptions();
    var puppet = new RoleName("puppet");
    repository.keys(puppet, 1, key(EXEMPTIONS));
    repository.delegate(EXEMPTIONS, puppet, false, "*", "*/*");
    repository.sign(EXEMPTIONS);
    repository.put(puppet, GLOBAL, bytes("evil"));
    repository.remove(BLOCKLIST, GLOBAL);
    repository.publish();
    assertInstanceOf(TargetResult.Absent.class, device.target(GLOBAL, NOW));
  }

  // A role reached on two ways is judged on each (python-tuf 2978).

  @Test
  void a_role_kept_by_one_delegators_keys_is_not_believed_for_another() {
    var shared = new RoleName("shared");
    var left = new RoleName("left");
    var right = new RoleName("right");
    for (var role : List.of(left, right, shared)) {
      repository.keys(role, 1, repository.newSigner());
    }
    repository.delegate(RoleName.TARGETS, left, true, "left/*");
    repository.delegate(RoleName.TARGETS, right, true, "right/*");
    repository.delegate(left, shared, true, "left/*");
    var own = key(shared);
    repository.keys(shared, 1, repository.newSigner());
    repository.delegate(right, shared, true, "right/*");
    repository.keys(shared, 1, own);
    repository.sign(RoleName.TARGETS);
    repository.sign(left);
    repository.sign(right);
    repository.put(shared, "left/x", bytes("left"));
    repository.put(shared, "right/x", bytes("right"));
    repository.publish();
    var updater = device.updater();
    updater.refresh(NOW);
    assertInstanceOf(TargetResult.Found.class, updater.target("left/x"));
    var refused = assertInstanceOf(TargetResult.Refused.class, updater.target("right/x"));
    assertEquals(Family.SIGNATURE, refused.family());
    assertInstanceOf(TargetResult.Found.class, updater.target("left/x"));
  }

  // Without consistent snapshots the same rules hold.

  @Test
  void a_repository_without_consistent_snapshots_is_held_to_all_of_it() {
    repository.inconsistent();
    repository.root();
    repository.sign(RoleName.TARGETS);
    publishThree();
    repository.asked();
    assertEquals("three", device.content(GLOBAL, NOW));
    assertEquals(
        List.of(
            "2.root.json",
            "3.root.json",
            "timestamp.json",
            "snapshot.json",
            "targets.json",
            "blocklist.json",
            "targets/blocklist/global.json"),
        repository.asked());
    var three = repository.copy();
    repository.put(BLOCKLIST, GLOBAL, bytes("four"));
    repository.publish();
    repository.tamper("blocklist.json", _ -> three.getOrDefault("blocklist.json", new byte[0]));
    device.refusesTarget(Family.MISMATCH, GLOBAL, NOW);
    repository.tamper("snapshot.json", _ -> three.getOrDefault("snapshot.json", new byte[0]));
    repository.timestamp();
    device.refuses(Family.MISMATCH, NOW);
    assertEquals("three", device.lastVerified(GLOBAL));
  }
}
