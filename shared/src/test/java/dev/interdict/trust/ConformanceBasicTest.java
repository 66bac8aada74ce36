package dev.interdict.trust;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import dev.interdict.json.Json;
import dev.interdict.trust.keys.Signer;
import dev.interdict.trust.keys.TufKey;
import dev.interdict.trust.metadata.RoleName;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the suite asks first of a client: the workflow, and files that are not what they must be.
class ConformanceBasicTest extends ConformanceScene {
  private static final List<String> TOP =
      List.of("2.root.json", "timestamp.json", "1.snapshot.json", "1.targets.json");

  @Test
  void the_first_refresh_asks_in_order_and_keeps_files_byte_for_byte() {
    repository.tamper("timestamp.json", file -> bytes(new String(file, UTF_8) + " "));
    init();
    assertEquals(List.of(), repository.asked());
    refreshes();
    assertEquals(TOP, repository.asked());
    assertEquals("root=1 snapshot=1 targets=1 timestamp=1", trusted());
    assertArrayEquals(repository.file("timestamp.json"), trusted("timestamp"));
    assertArrayEquals(repository.file("1.targets.json"), trusted("targets"));
    refreshes();
    assertEquals(TOP.subList(0, 2), repository.asked());
  }

  @Test
  void a_download_refreshes_first_and_an_unknown_target_fails() {
    init();
    assertEquals(1, download("nothing of that name"));
    assertEquals(TOP, repository.asked());
    assertEquals("root=1 snapshot=1 targets=1 timestamp=1", trusted());
  }

  @Test
  void an_initial_root_that_is_malformed_or_not_signed_asks_nothing() {
    var root = new String(repository.initialRoot(), UTF_8);
    init(bytes(root.replace("\"version\":1,", "")));
    assertEquals(1, refresh());
    init(bytes(root.replaceFirst("\"sig\":\"[0-9a-f]{4}", "\"sig\":\"0000")));
    assertEquals(1, refresh());
    assertEquals(List.of(), repository.asked());
  }

  private void publishSecond() {
    repository.root();
    repository.sign(RoleName.TARGETS);
    repository.publish();
  }

  @ParameterizedTest
  @CsvSource({
    "root, root=1",
    "timestamp, root=2",
    "snapshot, root=2 timestamp=2",
    "targets, root=2 snapshot=2 timestamp=2"
  })
  void a_role_by_another_key_stops_the_refresh_there(String name, String trusted) {
    init();
    var role = new RoleName(name);
    repository.promiseOnlyVersions();
    publishSecond();
    repository.signedBy(role, List.of(repository.newSigner()));
    refuses(trusted);
  }

  @ParameterizedTest
  @CsvSource({
    "root, root=1",
    "snapshot, root=2 timestamp=2",
    "targets, root=2 snapshot=2 timestamp=2"
  })
  void a_role_of_another_version_than_its_name_stops_the_refresh_there(
      String name, String trusted) {
    init();
    var role = new RoleName(name);
    repository.promiseOnlyVersions();
    publishSecond();
    repository.alter(role, signed -> JsonEdit.with(signed, "version", new Json.Int(3)));
    refuses(trusted);
  }

  @Test
  void a_timestamp_that_changes_without_a_new_version_changes_nothing() {
    init();
    refreshes();
    var first = trusted("timestamp");
    repository.version(RoleName.SNAPSHOT, 100);
    repository.version(RoleName.TIMESTAMP, 1);
    repository.publish();
    repository.asked();
    refreshes();
    assertEquals(TOP.subList(0, 2), repository.asked());
    assertArrayEquals(first, trusted("timestamp"));
  }

  @Test
  void a_wrong_hash_of_targets_in_a_snapshot_stops_the_refresh_there() {
    init();
    repository.sign(RoleName.TARGETS);
    repository.publish();
    repository.alter(RoleName.SNAPSHOT, ConformanceBasicTest::withWrongHash);
    repository.timestamp();
    refuses("root=1 snapshot=2 timestamp=3");
  }

  private static Json.Obj withWrongHash(Json.Obj snapshot) {
    var meta = JsonEdit.child(snapshot, "meta");
    var targets = JsonEdit.child(meta, "targets.json");
    var hashes = Json.object().put("sha256", "46".repeat(32)).build();
    var altered = JsonEdit.with(meta, "targets.json", JsonEdit.with(targets, "hashes", hashes));
    return JsonEdit.with(snapshot, "meta", altered);
  }

  @Test
  void unknown_fields_of_root_role_and_key_are_signed_like_all_others() {
    init();
    var noted = new Noted(repository.signers(RoleName.SNAPSHOT).getFirst());
    repository.keys(RoleName.SNAPSHOT, 1, noted);
    repository.root();
    repository.alter(RoleName.ROOT, root -> JsonEdit.with(root, "custom", new Json.Text("value")));
    repository.publish();
    refreshes();
    assertEquals("root=2 snapshot=2 targets=1 timestamp=2", trusted());
    assertTrue(new String(trusted("root"), UTF_8).contains("keyid_hash"));
  }

  /// A key with a field that older repositories write, and the id that goes with it.
  private record Noted(Signer original) implements Signer {
    @Override
    public TufKey key() {
      var note = new Json.Text("md5");
      return TufKey.of(JsonEdit.with(original.key().json(), "keyid_hash_algorithms", note));
    }

    @Override
    public byte[] sign(byte[] message) {
      return original.sign(message);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "timestamp, root=1 snapshot=1 targets=1 timestamp=1",
    "snapshot, root=1 snapshot=1 targets=1 timestamp=2",
    "targets, root=1 snapshot=2 targets=1 timestamp=2"
  })
  void a_missing_file_stops_the_refresh_there(String name, String trusted) {
    init();
    refreshes();
    repository.sign(RoleName.TARGETS);
    repository.publish();
    var path = repository.path(new RoleName(name));
    repository.drop(path);
    repository.asked();
    refuses(trusted);
    assertEquals(path, repository.asked().getLast());
  }

  @Test
  void a_snapshot_signed_by_the_timestamp_key_is_no_timestamp() {
    init();
    repository.keys(RoleName.SNAPSHOT, 1, repository.signers(RoleName.TIMESTAMP).getFirst());
    repository.root();
    repository.snapshot();
    repository.serveAs("timestamp.json", "2.snapshot.json");
    refuses("root=2");
  }

  @Test
  void files_longer_than_any_may_be_are_not_read_to_their_end() {
    init();
    repository.promiseOnlyVersions();
    instead.put("2.root.json", ConformanceBasicTest::endless);
    refuses("root=1");
    instead.clear();
    instead.put("timestamp.json", ConformanceBasicTest::endless);
    refuses("root=1");
    instead.clear();
    publishSecond();
    instead.put("2.snapshot.json", ConformanceBasicTest::endless);
    refuses("root=2 timestamp=2");
    instead.clear();
    instead.put("2.targets.json", ConformanceBasicTest::endless);
    refuses("root=2 snapshot=2 timestamp=2");
    instead.clear();
    refreshes();
  }

  /// As long as anybody reads.
  private static void endless(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    var part = new byte[64 << 10];
    Arrays.fill(part, (byte) ' ');
    try {
      while (true) {
        exchange.getResponseBody().write(part);
      }
    } catch (IOException e) {
      // The client has hung up.
    }
  }

  @Test
  void without_consistent_snapshots_names_carry_no_version() {
    repository.inconsistent();
    repository.root();
    repository.sign(RepositorySimulator.BLOCKLIST);
    repository.put(RoleName.TARGETS, "folder/file", bytes("content"));
    repository.publish();
    init();
    downloads("folder/file");
    assertEquals(
        List.of(
            "2.root.json",
            "3.root.json",
            "timestamp.json",
            "snapshot.json",
            "targets.json",
            "targets/folder/file"),
        repository.asked());
    assertEquals(List.of("content"), contents());
  }

  @Test
  void anything_that_goes_wrong_exits_with_1() {
    assertEquals(1, run());
    assertEquals(1, run("--metadata-dir"));
    assertEquals(1, run("fetch"));
    assertEquals(1, run("init", "x"));
    assertEquals(1, refresh());
    init();
    repository.reachable(false);
    refuses("root=1");
    stop();
    refuses("root=1");
  }
}
