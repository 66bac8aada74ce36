package dev.interdict.server.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("any-database")
class FreshFolderTest {
  @TempDir Path temp;
  private final StringWriter said = new StringWriter();

  private void discard(FreshFolder folder) {
    var out = new PrintWriter(said);
    folder.discard(
        new Console(out, out, false, "anna", InstantSource.system(), new SecureRandom()));
  }

  private static void fill(Path folder) throws Exception {
    Files.createDirectories(folder.resolve("a/b"));
    Files.writeString(folder.resolve("a/b/c"), "half");
    Files.writeString(folder.resolve("d"), "half");
  }

  @Test
  void what_a_command_made_is_gone_whole() throws Exception {
    var path = temp.resolve("new");
    var fresh = FreshFolder.of(path);
    assertFalse(Files.exists(path), "it makes nothing by itself");
    fill(path);
    discard(fresh);
    assertFalse(Files.exists(path));
    discard(fresh);
    assertEquals("", said.toString());
  }

  @Test
  void a_folder_that_was_there_stays_and_so_does_what_a_link_in_it_leads_to() throws Exception {
    var path = Files.createDirectory(temp.resolve("empty"));
    var others = Files.createDirectory(temp.resolve("others"));
    Files.writeString(others.resolve("work"), "somebody's");
    var fresh = FreshFolder.of(path);
    fill(path);
    Files.createSymbolicLink(path.resolve("link"), others);
    discard(fresh);
    try (var left = Files.list(path)) {
      assertEquals(0, left.count());
    }
    assertTrue(Files.exists(others.resolve("work")));
  }

  @Test
  void what_holds_anything_is_no_fresh_folder() throws Exception {
    var path = temp.resolve("used");
    fill(path);
    assertEquals(Exit.CONFLICT, assertThrows(Failure.class, () -> FreshFolder.of(path)).code());
    var file = path.resolve("d");
    assertEquals(Exit.CONFLICT, assertThrows(Failure.class, () -> FreshFolder.of(file)).code());
    assertEquals("half", Files.readString(file));
  }
}
