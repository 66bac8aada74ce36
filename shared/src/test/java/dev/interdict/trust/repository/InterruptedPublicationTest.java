package dev.interdict.trust.repository;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.trust.RefreshResult;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RoleKeys;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.metadata.SignedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A publication that stops at each of its writes in turn, and a clock that stands still or goes
/// back.
class InterruptedPublicationTest extends NewRepository {
  private static final byte[] NEXT = "{\"rules\":[1]}".getBytes(StandardCharsets.UTF_8);

  @BeforeEach
  void publish() throws RepositoryException {
    repository.publish(RepositoryPlan.BLOCKLIST, GLOBAL, LIST, List.of(alice, bob));
    now = now.plus(Duration.ofHours(1));
  }

  @Test
  void stopped_at_any_write_the_former_state_stays_and_the_next_one_works() throws Exception {
    var hash =
        repository.preparation().next(RepositoryPlan.BLOCKLIST, Map.of(GLOBAL, NEXT), List.of());
    assertTrue(new String(hash.bytes(), StandardCharsets.UTF_8).contains("global.json"));
    var written = List.of(target(NEXT), "3.blocklist.json", "3.snapshot.json", "timestamp.json");
    for (var i = 0; i < written.size(); i++) {
      var name = written.get(i);
      try (var _ = new Obstacle(name)) {
        assertThrows(UncheckedIOException.class, this::publishNext, name);
      }
      for (var earlier : written.subList(0, i)) {
        assertTrue(Files.exists(folder.resolve(earlier)), earlier + " comes before " + name);
      }
      for (var later : written.subList(i, written.size() - 1)) {
        assertTrue(!Files.exists(folder.resolve(later)), later + " comes after " + name);
      }
      assertArrayEquals(LIST, fetched(GLOBAL), name);
      Files.deleteIfExists(folder.resolve("3.blocklist.json"));
      Files.deleteIfExists(folder.resolve("3.snapshot.json"));
      Files.deleteIfExists(folder.resolve(target(NEXT)));
    }
    publishNext();
    assertArrayEquals(NEXT, fetched(GLOBAL));
  }

  @Test
  void after_a_stop_the_numbers_of_what_was_given_up_are_passed_over() throws Exception {
    try (var _ = new Obstacle("timestamp.json")) {
      assertThrows(UncheckedIOException.class, this::publishNext);
    }
    publishNext();
    assertArrayEquals(NEXT, fetched(GLOBAL));
    assertEquals(4, repository.state().role(RepositoryPlan.BLOCKLIST).version());
    assertEquals(4, repository.state().snapshot().version());
  }

  @Test
  void a_new_root_stopped_before_it_is_written_changes_nothing() throws Exception {
    var next = new OnlineSigners(signer(), signer());
    var root = nextRoot(next);
    for (var name : List.of("3.snapshot.json", ".timestamp.next", "2.root.json")) {
      try (var _ = new Obstacle(name)) {
        assertThrows(
            UncheckedIOException.class,
            () -> repository.rotateRoot(root, Publication.NOTHING, next),
            name);
      }
      assertArrayEquals(LIST, fetched(GLOBAL), name);
      repository.resignTimestamp();
      assertEquals(1, repository.state().trusted().root().version(), name);
    }
    repository.rotateRoot(root, Publication.NOTHING, next);
    assertArrayEquals(LIST, fetched(GLOBAL));
  }

  /// The one moment in which the timestamp that everybody sees may not fit the newest root.
  @Test
  void a_new_root_whose_timestamp_was_not_written_is_finished_by_whoever_comes_next()
      throws Exception {
    assertArrayEquals(LIST, fetched(GLOBAL));
    var next = new OnlineSigners(signer(), signer());
    var root = nextRoot(next);
    try (var _ = new Obstacle("timestamp.json")) {
      assertThrows(
          UncheckedIOException.class, () -> repository.rotateRoot(root, Publication.NOTHING, next));
      assertInstanceOf(RefreshResult.Refused.class, client().refresh(now));
    }
    var opened = Repository.open(folder, next, Expiries.STANDARD, clock);
    assertEquals(2, opened.state().trusted().root().version());
    assertArrayEquals(LIST, fetched(GLOBAL));
    opened.publish(RepositoryPlan.BLOCKLIST, GLOBAL, NEXT, List.of(alice, bob));
    assertArrayEquals(NEXT, fetched(GLOBAL));
    assertTrue(files().stream().noneMatch(name -> name.contains("next")), files()::toString);
  }

  @Test
  void a_clock_that_was_set_back_signs_nothing() throws Exception {
    publishNext();
    var before = Files.readAllBytes(folder.resolve("timestamp.json"));
    now = now.minus(Duration.ofMinutes(10));
    var refused = assertThrows(IllegalStateException.class, repository::resignTimestamp);
    assertTrue(
        String.valueOf(refused.getMessage())
            .startsWith(
                "the clock of this machine says 2026-07-03T09:50:00Z, but the timestamp in the"
                    + " repository was signed at 2026-07-03T10:00:00Z"),
        refused::getMessage);
    assertThrows(IllegalStateException.class, repository::resignSnapshot);
    assertThrows(IllegalStateException.class, this::publishNext);
    assertArrayEquals(before, Files.readAllBytes(folder.resolve("timestamp.json")));
    now = now.plus(Duration.ofMinutes(10));
    repository.resignTimestamp();
  }

  @Test
  void a_small_step_back_stops_nobody_and_time_stands_still() throws Exception {
    publishNext();
    var before = now;
    now = now.minus(Duration.ofMinutes(2));
    repository.resignTimestamp();
    repository.resignSnapshot();
    var state = repository.state();
    assertEquals(before, state.timestamp().header().issued());
    assertEquals(before, state.snapshot().header().issued());
    assertEquals(before.plus(Duration.ofHours(24)), state.timestamp().expires());
  }

  @Test
  void a_repository_that_signed_too_late_a_time_goes_on_under_a_new_timestamp_key()
      throws Exception {
    now = now.plus(Duration.ofDays(3));
    repository.resignTimestamp();
    now = now.minus(Duration.ofDays(2));
    assertThrows(IllegalStateException.class, repository::resignTimestamp);
    var next = new OnlineSigners(online.snapshot(), signer());
    var rotated = repository.rotateRoot(nextRoot(next), Publication.NOTHING, next);
    rotated.resignTimestamp();
    assertArrayEquals(LIST, fetched(GLOBAL));
  }

  private RepositoryState publishNext() throws RepositoryException {
    return repository.publish(RepositoryPlan.BLOCKLIST, GLOBAL, NEXT, List.of(alice, bob));
  }

  private SignedFile nextRoot(OnlineSigners next) throws RepositoryException {
    var roles = new HashMap<>(repository.state().trusted().root().roles());
    roles.put(RoleName.SNAPSHOT, new RoleKeys(List.of(next.snapshot().key()), 1));
    roles.put(RoleName.TIMESTAMP, new RoleKeys(List.of(next.timestamp().key()), 1));
    return repository
        .preparation()
        .root(roles, new RoleKeys(List.of(time.key()), 1))
        .signedBy(root);
  }

  private static String target(byte[] content) {
    return RepositoryFiles.target(GLOBAL, dev.interdict.trust.metadata.TargetFile.of(content));
  }

  /// Keeps a file from being written: where its draft would lie stands a folder that is not empty.
  private final class Obstacle implements AutoCloseable {
    private final Path stone;

    Obstacle(String name) throws IOException {
      var file = folder.resolve(name);
      var draft = file.resolveSibling("." + file.getFileName() + ".new");
      stone = Files.createDirectories(draft).resolve("stone");
      Files.writeString(stone, "");
    }

    @Override
    public void close() throws IOException {
      Files.delete(stone);
      Files.delete(stone.getParent());
    }
  }
}
