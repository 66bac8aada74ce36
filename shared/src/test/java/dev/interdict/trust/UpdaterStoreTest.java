package dev.interdict.trust;

import static dev.interdict.trust.RepositorySimulator.BLOCKLIST;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.trust.metadata.RepositoryException.Family;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.metadata.SignedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
      healthy.forEach(
          (other, bytes) ->
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
    damaged("growth", bytes -> Arrays.copyOf(bytes, 30 << 20));
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
  void names_from_signed_files_never_reach_the_disk() throws IOException {
    var root = folder.resolve("deep").resolve("store");
    var names = new ArrayList<String>();
    for (var name :
        List.of(
            "../x",
            "/etc/x",
            "..",
            ".",
            "a\0b",
            "..\\x",
            "C:x",
            "a/../../x",
            "x".repeat(190),
            "é".repeat(100),
            ".hidden",
            "?#%2e")) {
      names.add(name);
      var role = new dev.interdict.trust.metadata.RoleName(name);
      repository.keys(role, 1, repository.newSigner());
      repository.delegate(
          RoleName.TARGETS, role, false, "*", "*/*", "*/*/*", "*/*/*/*", "*/*/*/*/*");
    }
    repository.sign(RoleName.TARGETS);
    for (var name : names) {
      repository.sign(new RoleName(name));
    }
    var last = new RoleName(names.getLast());
    var paths =
        List.of("../../x", "/etc/x", "a\0b", "..", "../" + "y".repeat(5000), "a/../../../x");
    for (var path : paths) {
      repository.put(last, path, "hostile".getBytes(StandardCharsets.UTF_8));
    }
    repository.publish();
    var hostile = new SimulatedDevice(repository, root);
    for (var path : paths) {
      assertEquals("hostile", hostile.content(path, NOW));
    }
    try (var walk = Files.walk(folder)) {
      walk.filter(Files::isRegularFile)
          .filter(file -> !file.startsWith(root))
          .forEach(file -> assertTrue(GOOD_FILES.contains(name(file)), file.toString()));
    }
    try (var list = Files.list(root)) {
      list.forEach(file -> assertTrue(file.getFileName().toString().length() < 130));
    }
  }

  private static final List<String> GOOD_FILES =
      List.of(
          "blocklist.json",
          "2.root.json",
          "3.root.json",
          "snapshot.json",
          "targets.json",
          "timestamp.json");

  private static String name(Path file) {
    var name = file.getFileName().toString();
    return name.endsWith(".proven") ? "targets.json" : name;
  }

  @Test
  void a_store_takes_no_name_that_leaves_it() {
    var store = new DirectoryStore(folder);
    for (var name : List.of("../x", "/x", "a/../x", "", ".x", "a//b", "a\\b", "a\0b")) {
      assertThrows(IllegalArgumentException.class, () -> store.write(name, new byte[0]), name);
    }
  }

  @Test
  void a_folder_that_is_served_from_cannot_point_elsewhere() throws IOException {
    var served = Files.createDirectory(folder.resolve("served"));
    Files.writeString(folder.resolve("secret"), "secret");
    var link = served.resolve("timestamp.json");
    try {
      Files.createSymbolicLink(link, folder.resolve("secret"));
    } catch (IOException | UnsupportedOperationException e) {
      org.junit.jupiter.api.Assumptions.abort("this file system makes no links");
    }
    var fetcher = new DirectoryFetcher(served);
    assertThrows(UnreachableException.class, () -> fetcher.fetch("timestamp.json", 100));
    assertNull(fetch(fetcher, "../secret"));
    assertNull(fetch(fetcher, "%2E%2E/secret"));
  }

  private static byte @Nullable [] fetch(Fetcher fetcher, String path) {
    try {
      return fetcher.fetch(path, 100);
    } catch (UnreachableException e) {
      throw new AssertionError(e);
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
