package dev.interdict.trust.repository;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RoleName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// That what is remembered of a repository is never older than the repository.
class KnownStateTest extends NewRepository {
  private static final byte[] OTHER = "{\"rules\":[1]}".getBytes(StandardCharsets.UTF_8);

  @Test
  void the_same_timestamp_is_verified_once() throws RepositoryException {
    assertSame(repository.known(), repository.known());
    assertSame(repository.known(), repository.with(online).known());
  }

  @Test
  void what_another_process_publishes_is_known_at_once() throws RepositoryException {
    repository.publish(RepositoryPlan.BLOCKLIST, GLOBAL, LIST, List.of(alice, bob));
    assertArrayEquals(LIST, repository.content(RepositoryPlan.BLOCKLIST, GLOBAL).orElseThrow());
    Repository.open(folder, online, Expiries.STANDARD, clock)
        .publish(RepositoryPlan.BLOCKLIST, GLOBAL, OTHER, List.of(alice, bob));
    assertArrayEquals(OTHER, repository.content(RepositoryPlan.BLOCKLIST, GLOBAL).orElseThrow());
  }

  @Test
  void a_timestamp_that_is_signed_again_is_known() throws RepositoryException {
    repository.known();
    now = START.plus(Duration.ofHours(1));
    Repository.open(folder, online, Expiries.STANDARD, clock).resignTimestamp();
    assertEquals(2, repository.known().timestamp().version());
  }

  /// The timestamp is signed by the same key and need not change.
  @Test
  void a_root_that_follows_is_known_though_the_timestamp_is_the_same()
      throws RepositoryException, IOException {
    repository.known();
    var timestamp = Files.readAllBytes(folder.resolve("timestamp.json"));
    var next =
        repository
            .preparation()
            .root(
                repository.state().trusted().root().roles(),
                repository.state().trusted().root().time())
            .signedBy(root);
    repository.rotateRoot(next, Publication.NOTHING, online);
    Files.write(folder.resolve("timestamp.json"), timestamp);
    assertEquals(2, repository.known().trusted().root().version());
  }

  @Test
  void who_signs_verifies_what_is_there() throws RepositoryException, IOException {
    repository.publish(RepositoryPlan.BLOCKLIST, GLOBAL, LIST, List.of(alice, bob));
    repository.known();
    Files.writeString(
        folder.resolve(RepositoryFiles.metadata(new RoleName("blocklist"), 2)), "damaged");
    assertArrayEquals(LIST, repository.content(RepositoryPlan.BLOCKLIST, GLOBAL).orElseThrow());
    assertThrows(
        RepositoryException.class,
        () -> repository.publish(RepositoryPlan.CONTROLS, "x", LIST, List.of(controls)));
    assertThrows(
        RepositoryException.class,
        () ->
            repository.replace(RepositoryPlan.BLOCKLIST, GLOBAL, LIST, OTHER, List.of(alice, bob)));
  }
}
