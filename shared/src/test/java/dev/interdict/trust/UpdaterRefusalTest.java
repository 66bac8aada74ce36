package dev.interdict.trust;

import static dev.interdict.trust.RepositorySimulator.BLOCKLIST;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.interdict.json.Json;
import dev.interdict.trust.keys.Signer;
import dev.interdict.trust.metadata.Delegation;
import dev.interdict.trust.metadata.RepositoryException.Family;
import dev.interdict.trust.metadata.RoleKeys;
import dev.interdict.trust.metadata.RoleName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Situations in which a repository must not be believed, and what is on disk afterwards.
class UpdaterRefusalTest {
  private static final Instant NOW = Instant.parse("2026-07-03T09:00:00Z");
  private static final String GLOBAL = "blocklist/global.json";
  private static final String GOOD = "blocklist=2 snapshot=2 targets=1 timestamp=2 +1";

  @TempDir private Path folder;
  private final RepositorySimulator repository = new RepositorySimulator(NOW, 2);
  private SimulatedDevice device;

  @BeforeEach
  void a_device_has_seen_version_two() {
    repository.put(BLOCKLIST, GLOBAL, bytes("two"));
    repository.publish();
    device = new SimulatedDevice(repository, folder);
    device.content(GLOBAL, NOW);
    assertEquals(GOOD, device.disk());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void refusesAndKeeps(Family family, String disk) {
    device.refuses(family, NOW);
    assertEquals(disk, device.disk());
    assertEquals("two", device.lastVerified(GLOBAL));
  }

  private void refusesTargetAndKeeps(Family family, String disk) {
    device.refusesTarget(family, GLOBAL, NOW);
    assertEquals(disk, device.disk());
    assertEquals("two", device.lastVerified(GLOBAL));
  }

  private void publishThree() {
    repository.put(BLOCKLIST, GLOBAL, bytes("three"));
    repository.publish();
  }

  private static byte[] flip(byte[] bytes) {
    var name = "\"x-interdict-issued\":\"";
    bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf(name) + name.length()] ^= 1;
    return bytes;
  }

  @Test
  void a_tampered_timestamp() {
    publishThree();
    repository.tamper("timestamp.json", UpdaterRefusalTest::flip);
    refusesAndKeeps(Family.SIGNATURE, GOOD);
  }

  @Test
  void a_tampered_snapshot() {
    publishThree();
    repository.tamper("3.snapshot.json", UpdaterRefusalTest::flip);
    refusesAndKeeps(Family.MISMATCH, "blocklist=2 snapshot=2 targets=1 timestamp=3 +1");
  }

  @Test
  void a_tampered_role() {
    publishThree();
    repository.tamper("3.blocklist.json", UpdaterRefusalTest::flip);
    refusesTargetAndKeeps(Family.MISMATCH, "blocklist=2 snapshot=3 targets=1 timestamp=3 +1");
  }

  @Test
  void a_timestamp_by_another_key() {
    publishThree();
    repository.signedBy(RoleName.TIMESTAMP, List.of(repository.newSigner()));
    refusesAndKeeps(Family.SIGNATURE, GOOD);
  }

  @Test
  void a_snapshot_by_the_timestamp_key() {
    repository.put(BLOCKLIST, GLOBAL, bytes("three"));
    repository.snapshot();
    repository.signedBy(RoleName.SNAPSHOT, repository.signers(RoleName.TIMESTAMP));
    repository.timestamp();
    refusesAndKeeps(Family.SIGNATURE, "blocklist=2 snapshot=2 targets=1 timestamp=3 +1");
  }

  @Test
  void a_blocklist_by_online_keys_only() {
    repository.put(BLOCKLIST, GLOBAL, bytes("evil"));
    var online =
        List.of(
            repository.signers(RoleName.SNAPSHOT).getFirst(),
            repository.signers(RoleName.TIMESTAMP).getFirst());
    repository.signedBy(BLOCKLIST, online);
    repository.publish();
    refusesTargetAndKeeps(Family.SIGNATURE, "blocklist=2 snapshot=3 targets=1 timestamp=3 +1");
  }

  @Test
  void a_blocklist_by_one_of_two() {
    repository.put(BLOCKLIST, GLOBAL, bytes("evil"));
    repository.signedBy(BLOCKLIST, repository.signers(BLOCKLIST).subList(0, 1));
    repository.publish();
    refusesTargetAndKeeps(Family.SIGNATURE, "blocklist=2 snapshot=3 targets=1 timestamp=3 +1");
  }

  @Test
  void one_signature_repeated_under_its_own_id() {
    repository.put(BLOCKLIST, GLOBAL, bytes("evil"));
    repository.signedBy(BLOCKLIST, repository.signers(BLOCKLIST).subList(0, 1));
    repository.tamper(repository.path(BLOCKLIST), UpdaterRefusalTest::repeatSignature);
    repository.publish();
    refusesTargetAndKeeps(Family.MALFORMED, "blocklist=2 snapshot=3 targets=1 timestamp=3 +1");
  }

  private static byte[] repeatSignature(byte[] file) {
    var text = new String(file, StandardCharsets.UTF_8);
    var end = text.indexOf("}]") + 1;
    var signature = text.substring(text.indexOf('[') + 1, end);
    return bytes(text.substring(0, end) + "," + signature + text.substring(end));
  }

  @Test
  void one_key_under_two_ids() {
    var signer = repository.signers(BLOCKLIST).getFirst();
    var alias = new AliasSigner(signer);
    var keys = new RoleKeys(List.of(signer.key(), alias.key()), 2);
    repository.noDelegations(RoleName.TARGETS);
    repository.delegation(
        RoleName.TARGETS,
        new Delegation(BLOCKLIST, keys, new Delegation.Patterns(List.of("blocklist/*")), true));
    repository.sign(RoleName.TARGETS);
    repository.put(BLOCKLIST, GLOBAL, bytes("evil"));
    repository.signedBy(BLOCKLIST, List.of(signer, alias));
    repository.publish();
    device.refusesTarget(Family.SIGNATURE, GLOBAL, NOW);
    assertEquals("blocklist=2 snapshot=3 targets=2 timestamp=3 +1", device.disk());
  }

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
    repository.alter(RoleName.SNAPSHOT, UpdaterRefusalTest::withoutBlocklist);
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

  @Test
  void files_of_two_moments_mixed() {
    var old = repository.copy();
    publishThree();
    repository.tamper("3.blocklist.json", _ -> old.getOrDefault("2.blocklist.json", new byte[0]));
    refusesTargetAndKeeps(Family.MISMATCH, "blocklist=2 snapshot=3 targets=1 timestamp=3 +1");
  }

  @Test
  void the_snapshot_of_another_moment() {
    publishThree();
    repository.tamper("3.snapshot.json", _ -> repository.file("2.snapshot.json"));
    refusesAndKeeps(Family.MISMATCH, "blocklist=2 snapshot=2 targets=1 timestamp=3 +1");
  }

  @Test
  void endless_data() {
    publishThree();
    repository.tamper("timestamp.json", bytes -> Arrays.copyOf(bytes, 17 << 10));
    refusesAndKeeps(Family.LIMIT, GOOD);
    repository.timestamp();
    repository.tamper("3.snapshot.json", bytes -> Arrays.copyOf(bytes, 10 << 20));
    refusesAndKeeps(Family.LIMIT, "blocklist=2 snapshot=2 targets=1 timestamp=4 +1");
  }

  @Test
  void a_target_of_another_content_or_length() {
    publishThree();
    var three = "targets/blocklist/" + hash("three") + ".global.json";
    var disk = "blocklist=3 snapshot=3 targets=1 timestamp=3 +1";
    repository.tamper(three, _ -> bytes("thrEE"));
    refusesTargetAndKeeps(Family.MISMATCH, disk);
    repository.tamper(three, _ -> bytes("thre"));
    refusesTargetAndKeeps(Family.MISMATCH, disk);
    repository.tamper(three, _ -> bytes("three and more"));
    refusesTargetAndKeeps(Family.LIMIT, disk);
    repository.drop(three);
    refusesTargetAndKeeps(Family.MISSING, disk);
  }

  private static String hash(String text) {
    return String.valueOf(dev.interdict.trust.metadata.Hashes.of(bytes(text)).forFileName());
  }

  @Test
  void a_missing_file() {
    publishThree();
    repository.drop("3.snapshot.json");
    refusesAndKeeps(Family.MISSING, "blocklist=2 snapshot=2 targets=1 timestamp=3 +1");
  }

  @Test
  void a_network_that_fails_midway_loses_nothing() {
    publishThree();
    Fetcher fails =
        (path, limit) -> {
          if (path.startsWith("targets/")) {
            throw new UnreachableException("cut off");
          }
          return repository.fetch(path, limit);
        };
    var updater = Updaters.make(repository.initialRoot(), new DirectoryStore(folder), fails);
    updater.refresh(NOW);
    assertInstanceOf(TargetResult.Unreachable.class, updater.target(GLOBAL));
    assertEquals("two", device.lastVerified(GLOBAL));
    assertEquals("three", device.content(GLOBAL, NOW));
  }

  @Test
  void a_repaired_repository_is_believed_again() {
    publishThree();
    repository.tamper("3.snapshot.json", UpdaterRefusalTest::flip);
    device.refuses(Family.MISMATCH, NOW);
    repository.publish();
    assertEquals("three", device.content(GLOBAL, NOW));
  }

  @Test
  void a_publishers_key_that_was_withdrawn_proves_nothing_any_more() {
    repository.noDelegations(RoleName.TARGETS);
    var fresh = new Signer[] {repository.newSigner(), repository.newSigner()};
    repository.keys(BLOCKLIST, 2, fresh);
    repository.delegate(RoleName.TARGETS, BLOCKLIST, true, "blocklist/*");
    repository.sign(RoleName.TARGETS);
    repository.publish();
    device.refusesTarget(Family.SIGNATURE, GLOBAL, NOW);
    assertNull(device.lastVerified(GLOBAL));
    repository.put(BLOCKLIST, GLOBAL, bytes("three"));
    repository.publish();
    assertEquals("three", device.content(GLOBAL, NOW));
  }

  /// Another way of writing another signer's key, with an id of its own.
  private record AliasSigner(Signer original) implements Signer {
    @Override
    public dev.interdict.trust.keys.TufKey key() {
      var json = JsonEdit.with(original.key().json(), "x-note", new Json.Text("another"));
      return dev.interdict.trust.keys.TufKey.of(json);
    }

    @Override
    public byte[] sign(byte[] message) {
      return original.sign(message);
    }
  }
}
