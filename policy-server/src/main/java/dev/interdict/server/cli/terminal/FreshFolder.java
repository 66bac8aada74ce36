package dev.interdict.server.cli.terminal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;

/// A folder that a command fills whole or not at all: it is not there yet, or empty, so that
/// whatever is in it later is the command's own.
///
/// @param existed whether it was there, empty
public record FreshFolder(Path path, boolean existed) {

  /// Looks, and makes nothing.
  ///
  /// @throws Failure if there is anything of that name but an empty folder
  public static FreshFolder of(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return new FreshFolder(path, false);
    }
    if (!Files.isDirectory(path)) {
      throw new Failure(Exit.CONFLICT, path + " is there and no folder; choose another place");
    }
    try (var entries = Files.list(path)) {
      if (entries.findAny().isPresent()) {
        throw new Failure(
            Exit.CONFLICT, path + " is not empty; choose a new folder, or an empty one");
      }
    }
    return new FreshFolder(path, true);
  }

  /// Takes back what was made, and says so where the disk does not let it.
  public void discard(Console console) {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (var walk = Files.walk(path)) {
      for (var each : walk.sorted(Comparator.reverseOrder()).toList()) {
        if (!existed || !each.equals(path)) {
          Files.deleteIfExists(each);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      console.warn("what was begun in " + path + " could not be removed; delete it");
    }
  }
}
