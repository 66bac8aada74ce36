package dev.interdict.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.interdict.trust.keys.Signer;
import dev.interdict.trust.metadata.RepositoryException.Family;
import dev.interdict.trust.metadata.RoleKeys;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.metadata.SuccinctRoles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Targets in hash bins, which are held to all that other roles are held to.
class HashBinsTest {
  private static final Instant NOW = Instant.parse("2026-07-03T09:00:00Z");
  private static final RoleName OF_X = new RoleName("bin-2");
  private static final RoleName OF_Y = new RoleName("bin-a");

  @TempDir private Path folder;
  private final RepositorySimulator repository = new RepositorySimulator(NOW, 21);
  private final Signer first = repository.newSigner();
  private final Signer second = repository.newSigner();

  @BeforeEach
  void bins_of_four_bits_by_two_keys() {
    var keys = new RoleKeys(List.of(first.key(), second.key()), 2);
    repository.bins(RoleName.TARGETS, new SuccinctRoles(keys, 4, "bin"));
    repository.sign(RoleName.TARGETS);
    for (var bin : List.of(OF_X, OF_Y)) {
      repository.keys(bin, 2, first, second);
      repository.put(bin, bin.equals(OF_X) ? "x" : "y", text("in " + bin));
    }
    repository.publish();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private SimulatedDevice device() {
    return new SimulatedDevice(repository, folder);
  }

  @Test
  void a_path_is_looked_for_in_its_bin_alone() {
    repository.asked();
    assertEquals("in bin-2", device().content("x", NOW));
    assertEquals(1, repository.asked().stream().filter(path -> path.contains(".bin-")).count());
    assertEquals("in bin-a", device().content("y", NOW));
    assertEquals("in bin-a", device().lastVerified("y"));
  }

  @Test
  void a_target_in_another_bin_than_its_own_does_not_exist() {
    repository.put(OF_Y, "x", text("stray"));
    repository.remove(OF_X, "x");
    repository.publish();
    assertInstanceOf(TargetResult.Absent.class, device().target("x", NOW));
  }

  @Test
  void a_bin_needs_the_threshold_too() {
    repository.put(OF_X, "x", text("evil"));
    repository.signedBy(OF_X, List.of(first));
    repository.publish();
    device().refusesTarget(Family.SIGNATURE, "x", NOW);
  }

  @Test
  void a_bin_is_not_another_bin_under_its_name() {
    repository.promiseOnlyVersions();
    repository.version(OF_X, 2);
    repository.put(OF_X, "x", text("new"));
    repository.publish();
    repository.serveAs(repository.path(OF_X), "1.bin-a.json");
    device().refusesTarget(Family.MISMATCH, "x", NOW);
  }

  @Test
  void a_bin_that_the_snapshot_does_not_list_ends_the_search() {
    // SHA-256 of "z" begins with 594e.
    device().refusesTarget(Family.MISMATCH, "z", NOW);
  }

  @Test
  void a_bin_expires_too() {
    repository.expires(OF_X, NOW);
    repository.sign(OF_X);
    repository.publish();
    device().refusesTarget(Family.EXPIRED, "x", NOW);
  }
}
