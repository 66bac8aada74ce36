package dev.interdict.trust.repository;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RepositoryException.Family;
import dev.interdict.trust.metadata.SignedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// What is published, and what is refused before it is visible.
class RepositoryTest extends NewRepository {
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
  void what_was_prepared_by_a_clock_that_is_fast_is_refused() throws Exception {
    now = START.plusSeconds(3601);
    var contents = Map.of(GLOBAL, LIST);
    var fast = repository.preparation().next(RepositoryPlan.BLOCKLIST, contents, List.of());
    now = START;
    var before = files();
    var signed = SignedFile.sign(fast.signed(), List.of(alice, bob));
    var publication = new Publication(Map.of(RepositoryPlan.BLOCKLIST, signed), contents);
    var refused = assertThrows(RepositoryException.class, () -> repository.publish(publication));
    assertTrue(String.valueOf(refused.getMessage()).contains("set the clock right where"));
    assertEquals(before, files());
    now = START.plusSeconds(1);
    repository.publish(publication);
  }

  @Test
  void people_sign_one_after_the_other_elsewhere() throws RepositoryException {
    var contents = Map.of(GLOBAL, LIST);
    var file =
        repository
            .preparation()
            .next(RepositoryPlan.BLOCKLIST, contents, List.of())
            .signedBy(alice)
            .signedBy(bob);
    repository.publish(new Publication(Map.of(RepositoryPlan.BLOCKLIST, file), contents));
    assertArrayEquals(LIST, fetched(GLOBAL));
  }

  @Test
  void a_file_prepared_before_another_was_published_is_refused() throws RepositoryException {
    var stale =
        repository
            .preparation()
            .next(RepositoryPlan.BLOCKLIST, Map.of(), List.of())
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
            .preparation()
            .next(RepositoryPlan.BLOCKLIST, Map.of(GLOBAL, LIST), List.of())
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
}
