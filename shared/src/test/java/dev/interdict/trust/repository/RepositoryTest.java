package dev.interdict.trust.repository;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.interdict.trust.DirectoryFetcher;
import dev.interdict.trust.DirectoryStore;
import dev.interdict.trust.Limits;
import dev.interdict.trust.RefreshResult;
import dev.interdict.trust.SeededRandom;
import dev.interdict.trust.TargetResult;
import dev.interdict.trust.Updater;
import dev.interdict.trust.keys.Ed25519Signer;
import dev.interdict.trust.keys.Signer;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RepositoryException.Family;
import dev.interdict.trust.metadata.RoleKeys;
import dev.interdict.trust.metadata.RoleName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositoryTest {
  private static final Instant START = Instant.parse("2026-07-03T09:00:00Z");
  private static final String GLOBAL = "blocklist/global.json";
  private static final byte[] LIST = "{\"rules\":[]}".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;
  @TempDir private Path device;
  private Instant now = START;
  private final InstantSource clock = () -> now;
  private final SeededRandom random = new SeededRandom(7);
  private final Signer root = signer();
  private final Signer targets = signer();
  private final Signer alice = signer();
  private final Signer bob = signer();
  private final Signer exemptions = signer();
  private final Signer controls = signer();
  private final OnlineSigners online = new OnlineSigners(signer(), signer());
  private final Signer time = signer();
  private Repository repository;

  private Signer signer() {
    return Ed25519Signer.generate(random);
  }

  @BeforeEach
  void create() throws RepositoryException {
    var plan =
        new RepositoryPlan(
            Holders.of(1, root),
            Holders.of(1, targets),
            RepositoryPlan.roles(
                Holders.of(2, alice, bob), Holders.of(1, exemptions), Holders.of(1, controls)),
            online,
            time.key(),
            Expiries.STANDARD);
    repository = Repository.create(folder, plan, clock);
  }

  private Updater client() throws RepositoryException {
    return new Updater(
        repository.initialRoot(),
        new DirectoryStore(device),
        new DirectoryFetcher(folder),
        Limits.STANDARD);
  }

  private byte[] fetched(String path) throws RepositoryException {
    var client = client();
    var refreshed = client.refresh(now);
    if (refreshed instanceof RefreshResult.Refused refused) {
      throw new AssertionError(refused);
    }
    return assertInstanceOf(TargetResult.Found.class, client.target(path)).target().content();
  }

  private SortedSet<String> files() throws IOException {
    try (var walk = Files.walk(folder)) {
      var names = new TreeSet<String>();
      walk.filter(Files::isRegularFile)
          .forEach(file -> names.add(folder.relativize(file).toString().replace('\\', '/')));
      return names;
    }
  }

  @Test
  void a_client_reads_what_was_published() throws RepositoryException {
    repository.publish(RepositoryPlan.BLOCKLIST, GLOBAL, LIST, List.of(alice, bob));
    assertArrayEquals(LIST, fetched(GLOBAL));
  }

  @Test
  void a_new_repository_has_only_versioned_files_and_the_timestamp() throws IOException {
    assertEquals(
        new TreeSet<>(
            List.of(
                ".lock",
                "1.blocklist.json",
                "1.controls.json",
                "1.exemptions.json",
                "1.root.json",
                "1.snapshot.json",
                "1.targets.json",
                "timestamp.json")),
        files());
  }

  @Test
  void a_second_repository_in_the_folder_is_refused() {
    assertThrows(IllegalStateException.class, this::create);
  }

  @Test
  void one_pair_of_eyes_publishes_nothing() throws IOException {
    var before = files();
    var refused =
        assertThrows(
            RepositoryException.class,
            () -> repository.publish(RepositoryPlan.BLOCKLIST, GLOBAL, LIST, List.of(alice)));
    assertEquals(Family.SIGNATURE, refused.family());
    assertEquals(before, files());
  }

  @Test
  void online_keys_cannot_publish_a_blocklist() throws IOException {
    var before = files();
    assertThrows(
        RepositoryException.class,
        () ->
            repository.publish(
                RepositoryPlan.BLOCKLIST,
                GLOBAL,
                LIST,
                List.of(online.snapshot(), online.timestamp(), exemptions, controls)));
    assertThrows(
        RepositoryException.class,
        () -> repository.publish(RepositoryPlan.CONTROLS, GLOBAL, LIST, List.of(controls)));
    assertEquals(before, files());
  }

  @Test
  void people_sign_one_after_the_other_elsewhere() throws RepositoryException {
    var contents = Map.of(GLOBAL, LIST);
    var file =
        repository
            .prepare(RepositoryPlan.BLOCKLIST, contents, List.of())
            .signedBy(alice)
            .signedBy(bob);
    repository.publish(new Publication(Map.of(RepositoryPlan.BLOCKLIST, file), contents));
    assertArrayEquals(LIST, fetched(GLOBAL));
  }

  @Test
  void a_file_prepared_before_another_was_published_is_refused() throws RepositoryException {
    var stale =
        repository
            .prepare(RepositoryPlan.BLOCKLIST, Map.of(), List.of())
            .signedBy(alice)
            .signedBy(bob);
    repository.publish(RepositoryPlan.BLOCKLIST, GLOBAL, LIST, List.of(alice, bob));
    var refused =
        assertThrows(
            RepositoryException.class,
            () -> repository.publish(Publication.of(RepositoryPlan.BLOCKLIST, stale)));
    assertEquals(Family.ROLLBACK, refused.family());
  }

  @Test
  void listing_a_target_without_its_content_is_refused() throws RepositoryException {
    var file =
        repository
            .prepare(RepositoryPlan.BLOCKLIST, Map.of(GLOBAL, LIST), List.of())
            .signedBy(alice)
            .signedBy(bob);
    var refused =
        assertThrows(
            RepositoryException.class,
            () -> repository.publish(Publication.of(RepositoryPlan.BLOCKLIST, file)));
    assertEquals(Family.MISSING, refused.family());
  }

  @Test
  void names_that_leave_the_folder_are_refused() throws IOException {
    var before = files();
    for (var path : List.of("blocklist/../../x", "blocklist/..", "/etc/x", "blocklist/a b")) {
      assertThrows(
          Exception.class,
          () -> repository.publish(RepositoryPlan.BLOCKLIST, path, LIST, List.of(alice, bob)),
          path);
    }
    assertEquals(before, files());
  }

  @Test
  void a_version_written_by_an_interrupted_publication_is_not_used_again()
      throws IOException, RepositoryException {
    Files.writeString(folder.resolve("2.blocklist.json"), "torn");
    Files.writeString(folder.resolve("2.snapshot.json"), "torn");
    repository.publish(RepositoryPlan.BLOCKLIST, GLOBAL, LIST, List.of(alice, bob));
    assertEquals("torn", Files.readString(folder.resolve("2.blocklist.json")));
    assertEquals(3, repository.state().role(RepositoryPlan.BLOCKLIST).version());
    assertEquals(3, repository.state().snapshot().version());
    assertArrayEquals(LIST, fetched(GLOBAL));
  }

  @Test
  void signing_the_timestamp_again_keeps_a_quiet_repository_fresh() throws RepositoryException {
    fetchedNothing();
    now = START.plus(Duration.ofHours(23));
    repository.resignTimestamp();
    now = START.plus(Duration.ofHours(25));
    var timestamp = new RefreshResult.Updated(List.of(RoleName.TIMESTAMP));
    assertEquals(timestamp, client().refresh(now));
    assertEquals(2, repository.state().timestamp().version());
    assertEquals(
        START.plus(Duration.ofHours(23)), repository.state().timestamp().header().issued());
  }

  private void fetchedNothing() throws RepositoryException {
    assertInstanceOf(RefreshResult.Updated.class, client().refresh(now));
  }

  @Test
  void an_expired_snapshot_asks_for_itself_first() throws RepositoryException {
    now = START.plus(Duration.ofDays(8));
    assertEquals(
        Family.EXPIRED,
        assertThrows(RepositoryException.class, repository::resignTimestamp).family());
    repository.resignSnapshot();
    repository.resignTimestamp();
    fetchedNothing();
  }

  @Test
  void renewing_a_role_keeps_its_targets() throws RepositoryException {
    repository.publish(RepositoryPlan.BLOCKLIST, GLOBAL, LIST, List.of(alice, bob));
    now = START.plus(Duration.ofDays(6));
    repository.renew(RepositoryPlan.BLOCKLIST, List.of(alice, bob));
    assertArrayEquals(LIST, fetched(GLOBAL));
    assertEquals(
        now.plus(Duration.ofDays(30)), repository.state().role(RepositoryPlan.BLOCKLIST).expires());
  }

  @Test
  void every_key_can_be_replaced_under_a_client_that_was_there_before() throws RepositoryException {
    repository.publish(RepositoryPlan.BLOCKLIST, GLOBAL, LIST, List.of(alice, bob));
    assertArrayEquals(LIST, fetched(GLOBAL));
    var newRoot = signer();
    var newTargets = signer();
    var newOnline = new OnlineSigners(signer(), signer());
    var roles = new HashMap<RoleName, RoleKeys>();
    roles.put(RoleName.ROOT, new RoleKeys(List.of(newRoot.key()), 1));
    roles.put(RoleName.TARGETS, new RoleKeys(List.of(newTargets.key()), 1));
    roles.put(RoleName.SNAPSHOT, new RoleKeys(List.of(newOnline.snapshot().key()), 1));
    roles.put(RoleName.TIMESTAMP, new RoleKeys(List.of(newOnline.timestamp().key()), 1));
    var next =
        repository
            .prepareRoot(roles, new RoleKeys(List.of(time.key()), 1))
            .signedBy(root)
            .signedBy(newRoot);
    var top = repository.prepare(RoleName.TARGETS, Map.of(), List.of()).signedBy(newTargets);

    assertEquals(
        Family.SIGNATURE,
        assertThrows(
                RepositoryException.class,
                () -> repository.rotateRoot(next, Publication.NOTHING, newOnline),
                "the old targets are not signed by the new key")
            .family());
    var rotated = repository.rotateRoot(next, Publication.of(RoleName.TARGETS, top), newOnline);

    assertArrayEquals(LIST, fetched(GLOBAL));
    rotated.resignTimestamp();
    assertNotNull(client().lastVerified(GLOBAL));
    assertInstanceOf(RefreshResult.Updated.class, client().refresh(now));
    assertThrows(RepositoryException.class, repository::resignTimestamp, "with the old key");
  }
}
