package dev.interdict.server.cli.terminal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A folder that a command fills whole or not at all: it is not there yet, or empty. The work is
/// done in a partial folder of a name that is nobody else's, which is put into place at the end.
/// Only that one is ever deleted, so that what others put into the folder meanwhile stays.
///
/// The partial folder lies beside one that is not there and inside of one that is, which may be
/// mounted, or belong to a service that may not write beside it. Not thread-safe.
public final class FreshFolder implements AutoCloseable {
  private static final int RANDOM_BYTES = 6;

  private final Path path;
  private final boolean existed;
  private final Console console;
  private @Nullable Path partial;

  private FreshFolder(Path path, boolean existed, Console console) {
    this.path = path;
    this.existed = existed;
    this.console = console;
  }

  /// Looks, and makes nothing.
  ///
  /// @throws Failure if there is anything of that name but an empty folder
  public static FreshFolder of(Path path, Console console) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return new FreshFolder(path, false, console);
    }
    if (!Files.isDirectory(path)) {
      throw new Failure(Exit.CONFLICT, path + " is there and no folder; choose another place");
    }
    if (!entries(path).isEmpty()) {
      throw new Failure(
          Exit.CONFLICT, path + " is not empty; choose a new folder, or an empty one");
    }
    return new FreshFolder(path, true, console);
  }

  /// Makes the partial folder, which its owner alone may read, and returns it.
  public Path begin() throws IOException {
    if (partial != null) {
      throw new IllegalStateException("it was begun already");
    }
    var target = path.toAbsolutePath().normalize();
    var parent = existed ? path : target.getParent();
    if (parent == null) {
      throw new IOException("not a folder's path: " + path);
    }
    if (!existed) {
      if (Files.exists(parent) && !Files.isDirectory(parent)) {
        throw new NotDirectoryException(parent.toString());
      }
      PrivateFile.folder(parent);
    }
    var random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    var begin = existed ? "" : target.getFileName() + ".";
    var made = parent.resolve(begin + "partial-" + HexFormat.of().formatHex(random));
    PrivateFile.newFolder(made);
    partial = made;
    return made;
  }

  /// Puts what was made into place. Nothing may have it open any more.
  ///
  /// @param last the file that marks the folder as whole
  /// @throws Failure if something is there by now, or the disk does not let it; what was made stays
  ///   where it was made, and the message says where
  public void keep(String last) {
    var made = partial;
    if (made == null) {
      throw new IllegalStateException("nothing was begun");
    }
    // It is whole: from now on it is not deleted, whatever happens.
    partial = null;
    try {
      if (!existed) {
        // Of a folder this takes the place of an empty one alone.
        Files.move(made, path.toAbsolutePath().normalize(), StandardCopyOption.ATOMIC_MOVE);
        return;
      }
      if (!entries(path).equals(List.of(made))) {
        throw stays(made, "others put something into " + path + " meanwhile");
      }
      for (var each :
          entries(made).stream()
              .sorted(Comparator.comparing(entry -> entry.endsWith(last)))
              .toList()) {
        Files.move(each, path.resolve(made.relativize(each)));
      }
      Files.delete(made);
    } catch (IOException e) {
      throw stays(
          made,
          Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !existed
              ? "others made " + path + " meanwhile"
              : "it could not be moved to " + path + ": " + Disk.failure(e).getMessage());
    }
  }

  private static Failure stays(Path made, String why) {
    return new Failure(
        Exit.CONFLICT,
        why + "; what was made is whole and stays in " + made + ": move it to where it shall be");
  }

  private static List<Path> entries(Path folder) throws IOException {
    try (var entries = Files.list(folder)) {
      return entries.toList();
    }
  }

  /// Takes back what was made and not kept, and says so where the disk does not let it.
  @Override
  public void close() {
    var made = partial;
    if (made == null) {
      return;
    }
    partial = null;
    try (var walk = Files.walk(made)) {
      for (var each : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException | UncheckedIOException e) {
      console.warn("what was begun in " + made + " could not be removed; delete it");
    }
  }
}
