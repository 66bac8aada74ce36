package dev.interdict.trust.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.trust.RepositorySimulator;
import dev.interdict.trust.metadata.RepositoryException.Family;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What a reader of single files refuses, whoever signed them.
class MetadataTest {
  private static final Instant NOW = Instant.parse("2026-07-03T09:00:00Z");
  private final RepositorySimulator repository = new RepositorySimulator(NOW, 8);

  private String text(RoleName role) {
    return new String(repository.current(role).bytes(), StandardCharsets.UTF_8);
  }

  private static void read(RoleName role, String text) throws RepositoryException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    switch (role.value()) {
      case "root" -> Root.read(bytes);
      case "timestamp" -> Timestamp.read(bytes);
      case "snapshot" -> Snapshot.read(bytes);
      default -> Targets.read(role, bytes);
    }
  }

  private void refused(RoleName role, String from, String to) {
    var text = text(role);
    assertTrue(text.contains(from), text);
    var refused =
        assertThrows(
            RepositoryException.class,
            () -> read(role, text.replace(from, to)),
            from + " became " + to);
    assertEquals(Family.MALFORMED, refused.family());
  }

  private void accepted(RoleName role, String from, String to) throws RepositoryException {
    var text = text(role);
    assertTrue(text.contains(from), text);
    read(role, text.replace(from, to));
  }

  @Test
  void versions_are_whole_numbers_from_1_to_2_to_the_53rd() throws RepositoryException {
    var version = "\"version\":1,\"expires\"";
    for (var bad : List.of("0", "-1", "1.0", "1e0", "\"1\"", "null", "true", "9007199254740992")) {
      refused(RoleName.TIMESTAMP, version, "\"version\":" + bad + ",\"expires\"");
    }
    refused(RoleName.TIMESTAMP, version, "\"expires\"");
    accepted(RoleName.TIMESTAMP, version, "\"version\":9007199254740991,\"expires\"");
  }

  @Test
  void times_are_written_in_one_way() {
    for (var bad :
        List.of(
            "2026-08-02T09:00:00+00:00",
            "2026-08-02T09:00:00.5Z",
            "2026-08-02T24:00:00Z",
            "2026-08-02T09:00:60Z",
            "2026-02-30T09:00:00Z",
            "2026-08-02 09:00:00Z",
            "2026-08-02t09:00:00z",
            "2026-08-02",
            "٢٠٢٦-08-02T09:00:00Z",
            "")) {
      refused(RoleName.SNAPSHOT, "2026-08-02T09:00:00Z", bad);
    }
  }

  @Test
  void spec_version_is_1_with_two_or_three_parts() throws RepositoryException {
    for (var bad : List.of("2.0.34", "1", "1.0.0.0", "1.x", "1..0", "01.0", "", "1.0-beta")) {
      refused(RoleName.SNAPSHOT, "1.0.34", bad);
    }
    accepted(RoleName.SNAPSHOT, "1.0.34", "1.0");
    accepted(RoleName.SNAPSHOT, "1.0.34", "1.7.2");
  }

  @Test
  void one_kind_of_file_is_not_taken_for_another() {
    assertThrows(
        RepositoryException.class, () -> read(RoleName.SNAPSHOT, text(RoleName.TIMESTAMP)));
    assertThrows(RepositoryException.class, () -> read(RoleName.ROOT, text(RoleName.TARGETS)));
    assertThrows(
        RepositoryException.class, () -> read(RoleName.TIMESTAMP, text(RoleName.SNAPSHOT)));
  }

  @Test
  void key_ids_are_hashes_of_keys_and_named_once() {
    var id = repository.signers(RoleName.ROOT).getFirst().key().id().value();
    var other = (id.charAt(0) == '0' ? '1' : '0') + id.substring(1);
    refused(RoleName.ROOT, id, other);
    refused(RoleName.ROOT, "[\"" + id + "\"]", "[\"" + id + "\",\"" + id + "\"]");
    refused(RoleName.ROOT, "[\"" + id + "\"]", "[\"" + other + "\"]");
  }

  @Test
  void thresholds_are_at_least_one() {
    for (var bad : List.of("0", "-1", "1.5", "\"1\"", "null")) {
      refused(RoleName.ROOT, "\"threshold\":1", "\"threshold\":" + bad);
    }
    refused(RoleName.ROOT, ",\"threshold\":1", "");
  }

  @Test
  void a_timestamp_lists_the_snapshot_alone() {
    refused(
        RoleName.TIMESTAMP, "{\"snapshot.json\"", "{\"x.json\":{\"version\":1},\"snapshot.json\"");
    refused(RoleName.TIMESTAMP, "snapshot.json", "Snapshot.json");
  }

  @Test
  void delegated_roles_have_names_of_their_own() {
    refused(RoleName.TARGETS, "\"name\":\"blocklist\"", "\"name\":\"targets\"");
    refused(RoleName.TARGETS, "\"name\":\"blocklist\"", "\"name\":\"root\"");
    refused(RoleName.TARGETS, "\"terminating\":true,", "");
    refused(RoleName.TARGETS, "\"paths\"", "\"path\"");
    refused(RoleName.TARGETS, "\"paths\":", "\"path_hash_prefixes\":[\"ab\"],\"paths\":");
  }

  @Test
  void hashes_are_hex_since_they_become_file_names() {
    repository.put(RepositorySimulator.BLOCKLIST, "blocklist/x", new byte[] {1});
    refused(RepositorySimulator.BLOCKLIST, "\"sha256\":\"", "\"sha256\":\"../");
  }

  @Test
  void unknown_fields_are_kept_under_the_signature() throws RepositoryException {
    var altered = text(RoleName.TIMESTAMP).replace("{\"_type\"", "{\"x-new\":[1,{}],\"_type\"");
    var timestamp = Timestamp.read(altered.getBytes(StandardCharsets.UTF_8));
    assertTrue(new String(timestamp.file().payload(), StandardCharsets.UTF_8).contains("x-new"));
    var keys = new RoleKeys(List.of(repository.signers(RoleName.TIMESTAMP).getFirst().key()), 1);
    assertThrows(
        RepositoryException.class,
        () -> keys.verify(timestamp.file(), "timestamp", Schemes.ED25519));
  }

  @Test
  void a_time_of_issue_after_the_expiry_says_nothing() throws RepositoryException {
    var text = text(RoleName.TIMESTAMP).replace("2026-07-03T09:00:00Z", "2099-01-01T00:00:00Z");
    assertNull(Timestamp.read(text.getBytes(StandardCharsets.UTF_8)).header().issued());
  }

  @Test
  void how_far_a_log_is_says_a_timestamp_and_nothing_hangs_on_it() throws RepositoryException {
    var hash = "ab".repeat(32);
    var heads = new java.util.LinkedHashMap<String, Boolean>();
    heads.put("{\"length\":7,\"sha256\":\"" + hash + "\"}", true);
    heads.put("{\"length\":0,\"sha256\":\"" + hash + "\"}", false);
    heads.put("{\"length\":7,\"sha256\":\"AB\"}", false);
    heads.put("{\"length\":\"7\"}", false);
    heads.put("[]", false);
    heads.put("null", false);
    for (var head : heads.entrySet()) {
      var text =
          text(RoleName.TIMESTAMP)
              .replace("{\"_type\"", "{\"x-interdict-log\":" + head.getKey() + ",\"_type\"");
      var log = Timestamp.read(text.getBytes(StandardCharsets.UTF_8)).log();
      assertEquals(head.getValue() ? new LogHead(7, hash) : null, log, head.getKey());
    }
  }

  @Test
  void too_many_signatures_are_not_even_looked_at() {
    var many = new StringBuilder("{\"signatures\":[");
    for (var i = 0; i < 33; i++) {
      many.append(i > 0 ? "," : "").append("{\"keyid\":\"").append(i).append("\",\"sig\":\"\"}");
    }
    many.append("],\"signed\":{}}");
    var refused =
        assertThrows(
            RepositoryException.class,
            () -> SignedFile.read(many.toString().getBytes(StandardCharsets.UTF_8), "x"));
    assertEquals(Family.LIMIT, refused.family());
  }

  @Test
  void patterns_do_not_cross_slashes() {
    var fits =
        Map.of(
            "blocklist/*", "blocklist/global.json",
            "*", "x",
            "a/*/c", "a/b/c",
            "*a*b*", "xxaxxabx",
            "?/??", "a/bc",
            "a[b]", "a[b]");
    fits.forEach((pattern, path) -> assertTrue(Glob.matches(pattern, path), pattern));
    var differs =
        Map.of(
            "blocklist/*", "blocklist/a/b",
            "*", "a/b",
            "a/*/c", "a/b/b/c",
            "?", "/",
            "a[b]", "ab",
            "", "x",
            "*/x", "x",
            "a*", "ba");
    differs.forEach((pattern, path) -> assertFalse(Glob.matches(pattern, path), pattern));
  }

  @Test
  void names_are_encoded_byte_by_byte() {
    assertEquals("%3F", new RoleName("?").encoded());
    assertEquals("..%2Fa%00%C3%A9", new RoleName("../a\0é").encoded());
    assertEquals("A-z_0.9~", new RoleName("A-z_0.9~").encoded());
  }
}
