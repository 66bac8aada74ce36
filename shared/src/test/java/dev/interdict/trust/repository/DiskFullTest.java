package dev.interdict.trust.repository;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.interdict.trust.metadata.RepositoryException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A repository on a file system of its own that fills up.
class DiskFullTest extends NewRepository {
  private static final int PAGE = 4096;

  /// Pages of a publication: three of content, and one each of role, snapshot and timestamp.
  private static final int NEEDED = 6;

  @BeforeEach
  @Override
  void create() throws RepositoryException {
    Assumptions.assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", folder.toString()) == 0,
        "filling a disk needs the right to mount one");
    super.create();
  }

  @AfterEach
  void unmount() {
    run("umount", folder.toString());
  }

  @Test
  void the_former_state_stays_and_the_next_publication_works_once_there_is_room() throws Exception {
    repository.publish(RepositoryPlan.BLOCKLIST, GLOBAL, LIST, List.of(alice, bob));
    for (var room = 0; room < NEEDED; room++) {
      var next = list(room);
      var prepared =
          repository.preparation().next(RepositoryPlan.BLOCKLIST, Map.of(GLOBAL, next), List.of());
      var file = prepared.signedBy(alice).signedBy(bob);
      var ballast = fill(room);
      var before = files();
      assertThrows(
          UncheckedIOException.class,
          () ->
              repository.publish(
                  new Publication(Map.of(RepositoryPlan.BLOCKLIST, file), Map.of(GLOBAL, next))),
          "with room for " + room + " pages");
      assertArrayEquals(LIST, fetched(GLOBAL));
      var after = files();
      after.removeAll(before);
      after.removeIf(name -> !name.contains(".new"));
      assertEquals(List.of(), List.copyOf(after), "drafts left behind");
      Files.delete(ballast);
    }
    var next = list(NEEDED);
    var ballast = fill(NEEDED);
    repository.publish(RepositoryPlan.BLOCKLIST, GLOBAL, next, List.of(alice, bob));
    Files.delete(ballast);
    assertArrayEquals(next, fetched(GLOBAL));
  }

  private static byte[] list(int number) {
    return ("" + number).repeat(3 * PAGE).getBytes(StandardCharsets.UTF_8);
  }

  /// Fills the disk but for so many pages.
  private Path fill(int pages) throws IOException {
    var ballast = folder.resolve(".ballast");
    var free = Files.getFileStore(folder).getUsableSpace();
    Files.write(ballast, new byte[(int) free - pages * PAGE]);
    return ballast;
  }

  private static int run(String... command) {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      return -1;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
