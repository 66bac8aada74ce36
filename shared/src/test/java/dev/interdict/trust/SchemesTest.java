package dev.interdict.trust;

import static dev.interdict.trust.RepositorySimulator.BLOCKLIST;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.Json;
import dev.interdict.trust.keys.Signer;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RepositoryException.Family;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.metadata.Root;
import dev.interdict.trust.metadata.Schemes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Keys that are not Ed25519: believed in production only as far as the root of trust says.
class SchemesTest extends SeenVersionTwo {
  private static final String ECDSA = "ecdsa-sha2-nistp256";
  private static final String RSA = "rsassa-pss-sha256";
  private static final String NEWER_ROOT = GOOD.replace("snapshot=2", "roots/2.root=2 snapshot=2");

  private static Signer signer(String scheme) {
    return scheme.equals(RSA) ? JdkSigner.rsa() : JdkSigner.ecdsa();
  }

  private void publishersUse(String scheme) {
    repository.noDelegations(RoleName.TARGETS);
    repository.keys(BLOCKLIST, 2, signer(scheme), repository.newSigner());
    repository.delegate(RoleName.TARGETS, BLOCKLIST, true, "blocklist/*");
    repository.sign(RoleName.TARGETS);
    publishThree();
  }

  @ParameterizedTest
  @ValueSource(strings = {ECDSA, RSA})
  void a_publisher_with_a_token_needs_the_roots_word(String scheme) {
    publishersUse(scheme);
    device.refusesTarget(Family.SIGNATURE, GLOBAL, NOW);
    assertEquals("blocklist=2 snapshot=3 targets=2 timestamp=3 +1", device.disk());
    repository.allow(scheme);
    repository.root();
    assertEquals("three", device.content(GLOBAL, NOW));
    assertEquals("three", device.lastVerified(GLOBAL));
  }

  @Test
  void one_scheme_does_not_let_the_other_in() {
    repository.allow(RSA);
    repository.root();
    publishersUse(ECDSA);
    device.refusesTarget(Family.SIGNATURE, GLOBAL, NOW);
  }

  @Test
  void what_was_kept_under_a_scheme_proves_nothing_once_it_is_no_more_allowed() {
    repository.allow(ECDSA);
    repository.root();
    publishersUse(ECDSA);
    assertEquals("three", device.content(GLOBAL, NOW));
    repository.allow();
    repository.root();
    device.refusesTarget(Family.SIGNATURE, GLOBAL, NOW);
    assertNull(device.lastVerified(GLOBAL));
  }

  @Test
  void online_keys_need_it_likewise() {
    for (var role : List.of(RoleName.TIMESTAMP, RoleName.SNAPSHOT, RoleName.TARGETS)) {
      var former = repository.signers(role).getFirst();
      repository.keys(role, 1, JdkSigner.ecdsa());
      repository.root();
      repository.sign(RoleName.TARGETS);
      repository.publish();
      device.refuses(Family.SIGNATURE, NOW);
      repository.keys(role, 1, former);
      repository.root();
      repository.sign(RoleName.TARGETS);
      repository.publish();
      device.refreshes(NOW);
    }
  }

  /// The root before judges by its own list, the root itself by its own.
  @Test
  void a_root_that_allows_a_scheme_may_be_signed_by_such_keys_from_the_next_one_on() {
    var plain = repository.signers(RoleName.ROOT).getFirst();
    var token = JdkSigner.ecdsa();
    repository.allow(ECDSA);
    repository.keys(RoleName.ROOT, 1, token);
    repository.root();
    refusesAndKeeps(Family.SIGNATURE, GOOD);
    repository.version(RoleName.ROOT, 2);
    repository.root(plain);
    device.refreshes(NOW);
    assertEquals(NEWER_ROOT, device.disk());
    repository.root();
    device.refreshes(NOW);
  }

  @Test
  void a_root_cannot_allow_the_scheme_of_its_only_signature() {
    var plain = repository.signers(RoleName.ROOT).getFirst();
    var token = JdkSigner.ecdsa();
    repository.keys(RoleName.ROOT, 1, plain, token);
    repository.root();
    device.refreshes(NOW);
    repository.allow(ECDSA);
    repository.root();
    repository.signedBy(RoleName.ROOT, List.of(token));
    refusesAndKeeps(Family.SIGNATURE, NEWER_ROOT);
  }

  @Test
  void a_root_that_does_not_allow_its_own_keys_is_none() {
    var plain = repository.signers(RoleName.ROOT).getFirst();
    repository.keys(RoleName.ROOT, 1, JdkSigner.ecdsa());
    repository.root(plain);
    refusesAndKeeps(Family.SIGNATURE, GOOD);
    var initial = new RepositorySimulator(NOW, 3);
    initial.keys(RoleName.ROOT, 1, JdkSigner.rsa());
    initial.version(RoleName.ROOT, 1);
    initial.root();
    var refused =
        assertThrows(
            RepositoryException.class, () -> TrustedMetadata.bootstrap(initial.initialRoot()));
    assertEquals(Family.SIGNATURE, refused.family());
    assertTrue(String.valueOf(refused.getMessage()).contains(RSA), refused.getMessage());
  }

  @Test
  void only_the_root_can_allow_a_scheme() {
    publishersUse(ECDSA);
    var list = Json.texts(List.of(ECDSA, RSA));
    repository.alter(RoleName.TARGETS, file -> JsonEdit.with(file, "x-interdict-schemes", list));
    repository.publish();
    device.refusesTarget(Family.SIGNATURE, GLOBAL, NOW);
  }

  @Test
  void the_specifications_schemes_count_whatever_the_root_says() throws RepositoryException {
    publishersUse(RSA);
    var store = new MemoryStore();
    var updater =
        new Updater(
            repository.initialRoot(),
            store,
            repository,
            Limits.STANDARD,
            Acceptance.SPECIFICATION,
            System::nanoTime);
    updater.refresh(NOW);
    assertTrue(updater.target(GLOBAL) instanceof TargetResult.Found);
    assertNull(Updaters.make(repository.initialRoot(), store, repository).lastVerified(GLOBAL));
  }

  @Test
  void the_list_is_written_only_where_it_says_something() throws RepositoryException {
    assertFalse(text(repository.initialRoot()).contains("x-interdict-schemes"));
    assertEquals(Schemes.ED25519, Root.read(repository.initialRoot()).schemes());
    repository.allow(RSA, ECDSA, "ml-dsa-65");
    repository.root();
    var root = repository.file("2.root.json");
    assertTrue(
        text(root)
            .contains(
                "\"x-interdict-schemes\":"
                    + "[\"ecdsa-sha2-nistp256\",\"ed25519\",\"ml-dsa-65\",\"rsassa-pss-sha256\"]"));
    assertEquals(Schemes.SPECIFICATION.and(Set.of("ml-dsa-65")), Root.read(root).schemes());
    var odd = text(root).replace("\"ml-dsa-65\"", "1");
    assertThrows(RepositoryException.class, () -> Root.read(bytes(odd)));
  }

  private static String text(byte[] file) {
    return new String(file, StandardCharsets.UTF_8);
  }
}
