package dev.interdict.agent.sources.reading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FolderTree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SteadyTest {
  private static final BytePath FILE = BytePath.parse("/file");
  private static final BytePath OTHER = BytePath.parse("/file-log");

  @TempDir Path root;
  private int readings;

  private int read(int changedIn) throws UnreadableException {
    return Steady.read(
        new FolderTree(root),
        List.of(FILE, OTHER),
        () -> {
          readings++;
          if (readings <= changedIn) {
            write(OTHER);
            if (readings == 1) {
              throw Metadata.malformed(FILE, "is half written");
            }
          }
          return readings;
        });
  }

  private void write(BytePath file) {
    try {
      Files.writeString(
          root.resolve(file.nameText()), "x", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void file_that_stands_still_is_read_once() throws Exception {
    write(FILE);
    assertEquals(1, read(0));
  }

  @Test
  void what_was_read_during_a_change_does_not_count_not_even_its_error() throws Exception {
    write(FILE);
    assertEquals(3, read(2));
  }

  @Test
  void file_that_never_stands_still_is_unreadable() {
    write(FILE);
    var refused = assertThrows(UnreadableException.class, () -> read(Integer.MAX_VALUE));
    assertEquals(Reason.IO, refused.reason());
    assertEquals(3, readings);
  }

  @Test
  void error_of_a_file_that_stands_still_is_its_own() {
    write(FILE);
    assertThrows(
        UnreadableException.class,
        () ->
            Steady.read(
                new FolderTree(root),
                List.of(FILE),
                () -> {
                  readings++;
                  throw Metadata.malformed(FILE, "is broken");
                }));
    assertEquals(1, readings);
  }
}
