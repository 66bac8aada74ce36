package dev.interdict.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.server.store.TestingDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// A server's folder as `interdict-server init` leaves it, made once and copied from then on: its
/// keys, signed files and tables take longer than most of what is tested on them. What `init` says
/// and does is tested where it is typed.
public final class SetUp {
  private static @Nullable Path made;

  private SetUp() {}

  /// Makes that folder, and its database.
  public static void in(Path folder) {
    try {
      var from = made();
      copy(from, folder);
      TestingDatabase.copied(from, folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static synchronized Path made() throws IOException {
    if (made == null) {
      var temp = Files.createTempDirectory("set-up");
      var folder = temp.resolve("server");
      var typed = Typed.server("init", folder.toString());
      assertEquals(0, typed.code(), typed::err);
      made = folder;
      Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(temp)));
    }
    return made;
  }

  /// Copies a folder that nobody has open, rights and all.
  static void copy(Path from, Path to) throws IOException {
    try (var walk = Files.walk(from)) {
      for (var path : walk.toList()) {
        var target = to.resolve(from.relativize(path).toString());
        if (!path.equals(from) || Files.notExists(to)) {
          Files.copy(path, target, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }

  static void remove(Path folder) {
    try (var walk = Files.walk(folder)) {
      walk.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
