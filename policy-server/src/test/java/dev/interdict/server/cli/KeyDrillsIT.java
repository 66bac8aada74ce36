package dev.interdict.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.policy.Blocklist;
import dev.interdict.trust.RefreshResult;
import dev.interdict.trust.keys.KeyFile;
import dev.interdict.trust.metadata.FileMeta;
import dev.interdict.trust.metadata.Header;
import dev.interdict.trust.metadata.RepositoryException.Family;
import dev.interdict.trust.metadata.SignedFile;
import dev.interdict.trust.metadata.Snapshot;
import dev.interdict.trust.metadata.Timestamp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The drills of `policy-server/docs/keys.md`, command for command.
@Tag("any-database")
class KeyDrillsIT {
  @TempDir Path temp;
  private Admins admins;

  @BeforeEach
  void a_server_with_offline_keys() throws Exception {
    admins = Admins.afterTheWalk(temp);
    assertEquals(1, admins.believed().serial());
  }

  @Test
  void keys_that_went_offline_are_retired_on_the_server() throws Exception {
    try (var kept = Files.list(admins.server.resolve("keys"))) {
      assertEquals(
          List.of(
              "codes.pem",
              "controls.pem",
              "exemptions.pem",
              "retired",
              "snapshot.pem",
              "time.pem",
              "timestamp.pem"),
          kept.map(file -> file.getFileName().toString()).sorted().toList());
    }
    try (var retired = Files.list(admins.server.resolve("keys/retired"))) {
      assertEquals(3, retired.count());
    }
    var history = admins.done("root", "show");
    assertTrue(history.out().contains("Version     2"), history::out);
  }

  @Test
  void a_lost_blocklist_key_is_replaced() throws Exception {
    admins.key("dora-blocklist");
    admins.done(
        "key",
        "revoke",
        id("bo-blocklist"),
        "--new",
        admins.path("dora-blocklist.pub"),
        "--out",
        admins.path("lost.draft"));
    admins.signed("root", "anna-targets", "lost.draft");
    admins.signed("root", "bo-targets", "lost.draft");
    admins.signed("root", "anna-blocklist", "lost.draft");
    var few = admins.here("root", "publish", admins.path("lost.draft"));
    assertEquals(5, few.code(), few::err);
    admins.signed("root", "dora-blocklist", "lost.draft");
    admins.done("root", "publish", admins.path("lost.draft"));
    assertEquals(1, admins.believed().serial());
    admins.done("blocklist", "draft", "--withdraw", "some-tool", "--out", admins.path("a.draft"));
    assertEquals(5, admins.sign("blocklist", "bo-blocklist", "a.draft").code());
    admins.signed("blocklist", "anna-blocklist", "a.draft");
    admins.signed("blocklist", "dora-blocklist", "a.draft");
    admins.done("blocklist", "publish", admins.path("a.draft"));
    assertEquals(0, admins.believed().rules().size());
  }

  @Test
  void a_stolen_root_key_goes_and_the_timestamp_key_with_it() throws Exception {
    var stolenTimestamp = Files.readString(admins.server.resolve("keys/timestamp.pem"));
    admins.key("dora-root");
    admins.done(
        "key",
        "revoke",
        id("bo-root"),
        "--new",
        admins.path("dora-root.pub"),
        "--out",
        admins.path("stolen.draft"));
    admins.signed("root", "anna-root", "stolen.draft");
    assertEquals(5, admins.here("root", "publish", admins.path("stolen.draft")).code());
    admins.signed("root", "chen-root", "stolen.draft");
    admins.done("root", "publish", admins.path("stolen.draft"));
    assertFalse(
        stolenTimestamp.equals(Files.readString(admins.server.resolve("keys/timestamp.pem"))));
    assertEquals(1, admins.believed().serial());
    admins.done("root", "new", "--renew", "root", "--out", admins.path("next.draft"));
    assertEquals(5, admins.sign("root", "bo-root", "next.draft").code());
  }

  @Test
  void stolen_online_keys_are_rotated_and_versions_that_the_thief_ran_up_are_forgotten()
      throws Exception {
    runUpVersions();
    var refused = assertInstanceOf(RefreshResult.Refused.class, admins.contact());
    assertEquals(Family.ROLLBACK, refused.family());
    for (var role : List.of("snapshot", "timestamp")) {
      var draft = role + ".draft";
      var said = admins.done("key", "rotate", role, "--out", admins.path(draft)).out();
      assertTrue(said.contains("interdict root sign " + draft + " --key"), said);
      assertTrue(said.contains("interdict root publish " + draft), said);
      admins.signed("root", "anna-root", draft);
      admins.signed("root", "bo-root", draft);
      admins.done("root", "publish", admins.path(draft));
    }
    assertEquals(1, admins.believed().serial());
    assertTrue(admins.workstation().root().version() >= 4);
  }

  /// What somebody with both online keys can do at most: offer the same list under versions that no
  /// honest server reaches.
  private void runUpVersions() throws Exception {
    var repository = admins.server.resolve("repository");
    var timestamp = Timestamp.read(Files.readAllBytes(repository.resolve("timestamp.json")));
    var version = timestamp.snapshot().version();
    var snapshot =
        Snapshot.read(Files.readAllBytes(repository.resolve(version + ".snapshot.json")));
    var far = 1_000_000L;
    var header = new Header(far, admins.clock.instant().plus(Duration.ofDays(1)), null);
    var keys = admins.server.resolve("keys");
    var inflated =
        SignedFile.sign(
            Snapshot.write(header, snapshot.roles()),
            List.of(KeyFile.read(keys.resolve("snapshot.pem"))));
    Files.write(repository.resolve(far + ".snapshot.json"), inflated.bytes());
    var signed =
        SignedFile.sign(
            Timestamp.write(header, FileMeta.of(Snapshot.read(inflated.bytes()))),
            List.of(KeyFile.read(keys.resolve("timestamp.pem"))));
    var honest = Files.readAllBytes(repository.resolve("timestamp.json"));
    Files.write(repository.resolve("timestamp.json"), signed.bytes());
    assertInstanceOf(RefreshResult.Updated.class, admins.contact());
    // The server is taken back, from its backup.
    Files.write(repository.resolve("timestamp.json"), honest);
    Files.delete(repository.resolve(far + ".snapshot.json"));
  }

  @Test
  void an_expired_root_is_renewed_and_workstations_come_back() throws Exception {
    admins.later(Duration.ofDays(400));
    var refused = assertInstanceOf(RefreshResult.Refused.class, admins.contact());
    assertEquals(Family.EXPIRED, refused.family());
    var kept = Objects.requireNonNull(admins.workstation().lastVerified(Blocklist.PATH));
    assertEquals(1, Blocklist.read(kept.content()).serial());
    admins.acceptClock();
    admins.done(
        "root",
        "new",
        "--renew",
        "root",
        "--renew",
        "targets",
        "--renew",
        "blocklist",
        "--out",
        admins.path("expired.draft"));
    for (var role : List.of("root", "targets", "blocklist")) {
      admins.signed("root", "anna-" + role, "expired.draft");
      admins.signed("root", "chen-" + role, "expired.draft");
    }
    admins.done("root", "publish", admins.path("expired.draft"));
    assertEquals(1, admins.believed().serial());
  }

  @Test
  void two_drafts_for_one_key_of_the_server_name_the_same_new_one() throws Exception {
    admins.done("key", "rotate", "time", "--out", admins.path("first.draft"));
    admins.done("key", "rotate", "time", "--out", admins.path("second.draft"));
    admins.signed("root", "anna-root", "first.draft");
    admins.signed("root", "bo-root", "first.draft");
    admins.done("root", "publish", admins.path("first.draft"));
    var listed = admins.done("key", "list");
    assertFalse(listed.out().contains("not trusted"), listed::out);
    assertEquals(1, admins.believed().serial());
  }

  @Test
  void a_key_of_a_person_is_not_made_on_the_server_by_the_way() throws Exception {
    var refused =
        admins.here(
            "key", "rotate", "root", "--old", id("bo-root"), "--out", admins.path("x.draft"));
    assertEquals(2, refused.code());
    assertTrue(refused.err().contains("--new FILE.pub"), refused::err);
    assertFalse(Files.exists(admins.server.resolve("keys/next/root.pem")));
  }

  @Test
  void what_a_lying_server_writes_does_not_move_the_cursor() throws Exception {
    admins.done("root", "new", "--renew", "root", "--out", admins.path("root.draft"));
    var file = temp.resolve("root.draft");
    var text = Files.readString(file);
    var begin = text.indexOf("\"file\": \"", text.indexOf("\"next\": [")) + 9;
    var end = text.indexOf('"', begin);
    var root = new String(Base64.getDecoder().decode(text.substring(begin, end)), UTF_8);
    var lie =
        root.replace(
            "\"_type\":\"root\"",
            "\"_type\":\"root\",\"x-interdict-schemes\":[\"\\u001b[2JNothing changes.\"]");
    assertFalse(lie.equals(root));
    var encoded = Base64.getEncoder().encodeToString(lie.getBytes(UTF_8));
    Files.writeString(file, text.substring(0, begin) + encoded + text.substring(end));
    for (var typed :
        List.of(
            admins.sign("root", "anna-root", "root.draft"),
            admins.sign("root", "anna-root", "\u001b[2J.draft"))) {
      assertTrue(typed.code() > 0, typed::out);
      assertFalse((typed.out() + typed.err()).contains("\u001b"), typed::err);
    }
  }

  @Test
  void a_running_server_signs_with_the_keys_that_were_changed_under_it() throws Exception {
    var settings = admins.server.resolve("server.yaml");
    Files.writeString(
        settings,
        Files.readString(settings).replace("timestamp-every: PT1H", "timestamp-every: PT1S"));
    try (var _ = admins.runningServer()) {
      // People have taken root, targets and blocklist away meanwhile; nobody told this server.
      for (var role : List.of("timestamp", "time")) {
        var before = timestamp();
        admins.done("key", "rotate", role, "--out", admins.path(role + ".draft"));
        admins.signed("root", "anna-root", role + ".draft");
        admins.signed("root", "chen-root", role + ".draft");
        admins.done("root", "publish", admins.path(role + ".draft"));
        // One by the command that published, and one by the server with its new key.
        for (var tries = 0; timestamp() < before + 2; tries++) {
          assertTrue(tries < 600, "the server signs no more");
          Thread.sleep(50);
        }
        assertEquals(1, admins.believed().serial());
      }
    }
  }

  private long timestamp() throws Exception {
    var file = admins.server.resolve("repository/timestamp.json");
    return Timestamp.read(Files.readAllBytes(file)).version();
  }

  @Test
  void too_few_keys_left_is_said_before_anybody_signs() {
    admins.key("dora-blocklist");
    var refused =
        admins.here("root", "new", "--threshold", "blocklist=4", "--out", admins.path("x.draft"));
    assertEquals(2, refused.code());
    assertTrue(
        refused.err().contains("would have 3 keys of a scheme that counts, 4 of which must sign"),
        refused::err);
    assertFalse(Files.exists(temp.resolve("x.draft")));
  }

  private String id(String name) {
    return Admins.field(admins.run(false, "key", "show", admins.path(name + ".pub")), "Key id")
        .substring(0, 16);
  }
}
