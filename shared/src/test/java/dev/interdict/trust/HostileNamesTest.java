package dev.interdict.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.metadata.Timestamp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Names that would leave a folder, from signed files or from callers.
class HostileNamesTest {
  private static final Instant NOW = Instant.parse("2026-07-03T09:00:00Z");

  @TempDir private Path folder;
  private final RepositorySimulator repository = new RepositorySimulator(NOW, 5);

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
      var role = new RoleName(name);
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
          .forEach(file -> assertTrue(file.startsWith(root), file.toString()));
    }
    try (var list = Files.list(root)) {
      list.forEach(file -> assertTrue(file.getFileName().toString().length() < 130));
    }
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
  void a_delegated_role_never_shares_the_file_of_a_top_level_one() {
    for (var name : List.of("Timestamp", "SNAPSHOT", "rooT", "tArgets")) {
      var stored = StoreNames.metadata(new RoleName(name));
      assertTrue(stored.startsWith("%%"), stored);
    }
  }

  @Test
  void messages_quote_hostile_names_in_one_harmless_line() {
    var hostile = "{\"signatures\":[],\"signed\":{\"version\":\"\\n\\u001b[2J\\u202e\"}}";
    var refused =
        assertThrows(
            RepositoryException.class,
            () -> Timestamp.read(hostile.getBytes(StandardCharsets.UTF_8)));
    var message = String.valueOf(refused.getMessage());
    assertTrue(message.chars().allMatch(c -> c >= 0x20 && c < 0x7f), message);
    var names = "x\n\u001b\u202e".repeat(1000);
    var lengthy = new RepositoryException(RepositoryException.Family.MALFORMED, names);
    var cut = String.valueOf(lengthy.getMessage());
    assertTrue(cut.startsWith("x???x???") && cut.length() < 500, cut);
  }
}
