package dev.interdict.trust;

import static dev.interdict.trust.RepositorySimulator.BLOCKLIST;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RepositoryException.Family;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.metadata.SignedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is on disk may be damaged or edited; it is never believed for being there.
class UpdaterStoreTest {
  private static final Instant NOW = Instant.parse("2026-07-03T09:00:00Z");
  private static final String GLOBAL = "blocklist/global.json";
  private static final byte[] TWO = "two".getBytes(StandardCharsets.UTF_8);
  private static final String GOOD =
      "blocklist=2 roots/2.root=2 roots/3.root=3 snapshot=2 targets=1 timestamp=2 +1";

  @TempDir private Path folder;
  private final RepositorySimulator repository = new RepositorySimulator(NOW, 4);
  private SimulatedDevice device;

  @BeforeEach
  void a_device_has_seen_version_two() {
    device = new SimulatedDevice(repository, folder);
    repository.put(BLOCKLIST, GLOBAL, TWO);
    repository.publish();
    repository.root();
    repository.root();
    device.content(GLOBAL, NOW);
    assertEquals(GOOD, device.disk());
  }

  /// Damages each file in turn; the next run must end with the files as they were.
  private void damaged(String name, UnaryOperator<byte[]> damage) {
    var store = new MemoryStore();
    assertTrue(run(store));
    var healthy = store.files();
    assertEquals(7, healthy.size(), healthy.keySet().toString());
    for (var file : healthy.entrySet()) {
      store.write(file.getKey(), damage.apply(file.getValue().clone()));
      var where = name + " of " + file.getKey();
      var updater = Updaters.make(repository.initialRoot(), store, repository);
      var last = updater.lastVerified(GLOBAL);
      assertTrue(last == null || Arrays.equals(last.content(), TWO), where);
      assertTrue(run(store), where);
      assertEquals(healthy.keySet(), store.files().keySet(), where);
      healthy.forEach((other, bytes) ->
          assertArrayEquals(essence(bytes), essence(store.files().get(other)), where));
    }
  }

  /// What signatures are over: the case of their own hex digits says nothing.
  private static byte[] essence(byte @Nullable [] file) {
    if (file == null) {
      throw new AssertionError("a file is gone");
    }
    try {
      return file[0] == '{' ? SignedFile.read(file, "stored file").payload() : file;
    } catch (RepositoryException e) {
      throw new AssertionError("a damaged file was left", e);
    }
  }

  @Test
  void damaged_files_are_fetched_anew() {
    damaged("truncation", bytes -> Arrays.copyOf(bytes, bytes.length / 2));
    damaged("emptying", _ -> new byte[0]);
    damaged("zero fill", bytes -> new byte[bytes.length]);
    damaged("growth", bytes -> Arrays.copyOf(bytes, 13 << 20));
  }

  @Test
  void a_flipped_bit_is_never_believed() {
    var random = new Random(5);
    for (var round = 0; round < 5; round++) {
      damaged(
          "bit flip",
          bytes -> {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            return bytes;
          });
    }
  }

  @Test
  void a_damaged_folder_is_repaired_likewise() throws IOException {
    for (var file : device.files()) {
      Files.write(file, new byte[7]);
    }
    assertNull(device.lastVerified(GLOBAL));
    assertEquals("two", device.content(GLOBAL, NOW));
    assertEquals(GOOD, device.disk());
  }

  @Test
  void an_edited_list_does_not_verify() throws IOException {
    for (var file : device.files()) {
      if (file.toString().endsWith(".proven")) {
        var bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] = 'O';
        Files.write(file, bytes);
      }
    }
    repository.reachable(false);
    assertNull(device.lastVerified(GLOBAL));
  }

  @Test
  void a_proof_moved_to_another_target_proves_nothing() {
    var store = new DirectoryStore(folder);
    var proof = store.read(StoreNames.target(GLOBAL), 1 << 20);
    assertTrue(proof != null);
    store.write(StoreNames.target("blocklist/other.json"), proof);
    assertNull(device.lastVerified("blocklist/other.json"));
  }

  @Test
  void a_store_of_another_repository_is_not_believed() {
    var other = new RepositorySimulator(NOW, 99);
    other.put(BLOCKLIST, GLOBAL, "evil".getBytes(StandardCharsets.UTF_8));
    other.publish();
    var stranger = new SimulatedDevice(other, folder);
    assertNull(stranger.lastVerified(GLOBAL));
    assertEquals("evil", stranger.content(GLOBAL, NOW));
    assertNull(device.lastVerified(GLOBAL));
  }

  @Test
  void interrupted_anywhere_the_next_run_recovers() {
    var before = new MemoryStore();
    assertTrue(run(before));
    repository.keys(RoleName.TIMESTAMP, 1, repository.newSigner());
    repository.root();
    repository.put(BLOCKLIST, GLOBAL, "three".getBytes(StandardCharsets.UTF_8));
    repository.publish();
    var stops = 0;
    for (; ; stops++) {
      var failing = before.failingAfter(stops);
      var finished = run(failing);
      var restarted = failing.restarted();
      var last =
          Updaters.make(repository.initialRoot(), restarted, repository).lastVerified(GLOBAL);
      assertTrue(last != null, "after " + stops + " changes");
      assertTrue(run(restarted), "after " + stops + " changes");
      if (finished) {
        break;
      }
    }
    assertEquals(7, stops, "two forgotten, root, timestamp, snapshot, role and target kept");
  }

  /// Whether a whole cycle goes through and brings the target.
  private boolean run(TrustStore store) {
    var updater = Updaters.make(repository.initialRoot(), store, repository);
    try {
      var refreshed = updater.refresh(NOW);
      assertTrue(
          refreshed instanceof RefreshResult.Updated
              || refreshed instanceof RefreshResult.Unchanged,
          refreshed.toString());
      return updater.target(GLOBAL) instanceof TargetResult.Found;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  @Test
  void an_older_embedded_root_walks_to_the_stored_ones_without_the_network() {
    repository.reachable(false);
    assertEquals(3, device.updater().root().version());
  }

  @Test
  void a_stored_timestamp_still_guards_after_a_restart() {
    var old = repository.copy();
    repository.publish();
    device.refreshes(NOW);
    repository.serve(old);
    device.refuses(Family.ROLLBACK, NOW);
  }
}
