package dev.interdict.trust;

import static dev.interdict.trust.RepositorySimulator.BLOCKLIST;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.interdict.json.Json;
import dev.interdict.trust.keys.Signer;
import dev.interdict.trust.metadata.Delegation;
import dev.interdict.trust.metadata.RepositoryException.Family;
import dev.interdict.trust.metadata.RoleKeys;
import dev.interdict.trust.metadata.RoleName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Files that the right keys did not sign, and what is on disk afterwards.
class UpdaterRefusalTest extends SeenVersionTwo {
  @Test
  void a_tampered_timestamp() {
    publishThree();
    repository.tamper("timestamp.json", SeenVersionTwo::flip);
    refusesAndKeeps(Family.SIGNATURE, GOOD);
  }

  @Test
  void a_tampered_snapshot() {
    publishThree();
    repository.tamper("3.snapshot.json", SeenVersionTwo::flip);
    refusesAndKeeps(Family.MISMATCH, "blocklist=2 snapshot=2 targets=1 timestamp=3 +1");
  }

  @Test
  void a_tampered_role() {
    publishThree();
    repository.tamper("3.blocklist.json", SeenVersionTwo::flip);
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
