package dev.interdict.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.interdict.trust.metadata.RepositoryException.Family;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Files that are not what was promised, or none, and what is on disk afterwards.
class UpdaterMismatchTest extends SeenVersionTwo {
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
  void files_of_another_version_where_only_versions_are_promised() {
    repository.promiseOnlyVersions();
    publishThree();
    repository.serveAs("3.blocklist.json", "2.blocklist.json");
    refusesTargetAndKeeps(Family.MISMATCH, "blocklist=2 snapshot=3 targets=1 timestamp=3 +1");
    repository.publish();
    repository.serveAs("4.snapshot.json", "3.snapshot.json");
    refusesAndKeeps(Family.MISMATCH, "blocklist=2 snapshot=3 targets=1 timestamp=4 +1");
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
    repository.tamper("3.snapshot.json", SeenVersionTwo::flip);
    device.refuses(Family.MISMATCH, NOW);
    repository.publish();
    assertEquals("three", device.content(GLOBAL, NOW));
  }
}
