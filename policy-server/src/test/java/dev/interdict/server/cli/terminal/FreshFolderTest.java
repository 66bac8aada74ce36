package dev.interdict.server.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("any-database")
class FreshFolderTest {
  @TempDir Path temp;
  private final StringWriter said = new StringWriter();

  private FreshFolder of(Path path) throws IOException {
    var out = new PrintWriter(said);
    return FreshFolder.of(
        path, new Console(out, out, false, "anna", InstantSource.system(), new SecureRandom()));
  }

  private static void fill(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("a/b"));
    Files.writeString(folder.resolve("a/b/c"), "half");
    Files.writeString(folder.resolve("d"), "half");
  }

  /// The names in a folder.
  private static List<String> names(Path folder) throws IOException {
    try (var entries = Files.list(folder)) {
      return entries.map(entry -> String.valueOf(entry.getFileName())).sorted().toList();
    }
  }

  /// One that is not there, and one that is there and empty.
  private List<Path> places() throws IOException {
    return List.of(temp.resolve("above/new"), Files.createDirectory(temp.resolve("empty")));
  }

  @Test
  void what_is_kept_is_there_whole_and_nothing_besides() throws Exception {
    for (var path : places()) {
      try (var fresh = of(path)) {
        var partial = fresh.begin();
        fill(partial);
        assertFalse(Files.exists(path.resolve("d")), "not there before it is whole");
        fresh.keep("d");
      }
      assertEquals(List.of("a", "d"), names(path));
      assertEquals("half", Files.readString(path.resolve("a/b/c")));
    }
    assertEquals(List.of("new"), names(temp.resolve("above")));
    assertEquals("", said.toString());
  }

  @Test
  void what_is_not_kept_is_gone_whole() throws Exception {
    var others = Files.createDirectory(temp.resolve("others"));
    Files.writeString(others.resolve("work"), "somebody's");
    for (var path : places()) {
      var existed = Files.exists(path);
      try (var fresh = of(path)) {
        assertEquals(existed, Files.exists(path), "it makes nothing by itself");
        var partial = fresh.begin();
        fill(partial);
        Files.createSymbolicLink(partial.resolve("link"), others);
      }
      assertEquals(existed, Files.exists(path));
      assertEquals(List.of(), names(existed ? path : temp.resolve("above")));
    }
    assertTrue(Files.exists(others.resolve("work")));
    assertEquals("", said.toString());
  }

  @Test
  void what_others_put_there_meanwhile_stays_where_the_work_fails() throws Exception {
    for (var path : places()) {
      try (var fresh = of(path)) {
        fill(fresh.begin());
        Files.createDirectories(path.resolve("keys"));
        Files.writeString(path.resolve("keys/root.pem"), "theirs");
      }
      assertEquals(List.of("keys"), names(path));
      assertEquals("theirs", Files.readString(path.resolve("keys/root.pem")));
    }
  }

  @Test
  void nothing_is_put_among_what_others_put_there_and_both_stay() throws Exception {
    for (var path : places()) {
      try (var fresh = of(path)) {
        var partial = fresh.begin();
        fill(partial);
        Files.createDirectories(path);
        Files.writeString(path.resolve("d"), "theirs");
        var refused = assertThrows(Failure.class, () -> fresh.keep("d"));
        assertEquals(Exit.CONFLICT, refused.code());
        var words = String.valueOf(refused.getMessage());
        assertTrue(words.contains("meanwhile") && words.contains(partial.toString()), words);
        fresh.close();
        assertEquals(List.of("a", "d"), names(partial));
      }
      assertEquals("theirs", Files.readString(path.resolve("d")));
    }
  }

  @Test
  void of_two_at_a_time_the_first_that_is_whole_gets_the_place() throws Exception {
    var path = temp.resolve("new");
    try (var one = of(path);
        var other = of(path)) {
      fill(one.begin());
      fill(other.begin());
      other.keep("d");
      assertThrows(Failure.class, () -> one.keep("d"));
    }
    assertEquals(List.of("a", "d"), names(path));
  }

  @Test
  void what_holds_anything_is_no_fresh_folder() throws Exception {
    var path = temp.resolve("used");
    fill(path);
    assertEquals(Exit.CONFLICT, assertThrows(Failure.class, () -> of(path)).code());
    var file = path.resolve("d");
    assertEquals(Exit.CONFLICT, assertThrows(Failure.class, () -> of(file)).code());
    assertEquals("half", Files.readString(file));
  }
}
