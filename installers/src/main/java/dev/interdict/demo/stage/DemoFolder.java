package dev.interdict.demo.stage;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/// The one folder in which the demo works. It carries a marker; a folder without it is somebody
/// else's and is never emptied.
///
/// @param path absolute
public record DemoFolder(Path path) {
  public static final String MARKER = ".interdict-demo";

  /// The folder, emptied of an earlier run.
  ///
  /// @throws DemoException if it is not the demo's own, or cannot be written
  public static DemoFolder laidAnew(Path path) throws DemoException {
    try {
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        requireOwn(path);
        delete(path);
      }
      Files.createDirectories(path);
      Files.writeString(
          path.resolve(MARKER), "Made by the demo of Interdict, which may delete this folder.\n");
      var folder = new DemoFolder(path);
      Files.createDirectories(folder.log());
      return folder;
    } catch (IOException e) {
      throw new DemoException(
          "cannot write to "
              + path
              + " ("
              + reason(e)
              + "); the demo needs a checkout it can write");
    }
  }

  private static void requireOwn(Path path) throws DemoException, IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      if (Files.isRegularFile(path.resolve(MARKER), LinkOption.NOFOLLOW_LINKS)) {
        return;
      }
      try (var entries = Files.list(path)) {
        if (entries.findAny().isEmpty()) {
          return;
        }
      }
    }
    throw new DemoException(
        path + " is not a folder of the demo (it has no " + MARKER + "); move it away first");
  }

  /// Links are deleted, never followed. The marker goes last, so that a deletion that was
  /// interrupted can be taken up again.
  private static void delete(Path path) throws IOException {
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFileFailed(Path folder, IOException cause)
              throws IOException {
            if (Files.isReadable(folder) || !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
              throw cause;
            }
            // A folder of ours that was closed, as those in quarantine may be.
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            delete(folder);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (!file.equals(path.resolve(MARKER))) {
              Files.delete(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            if (folder.equals(path)) {
              Files.deleteIfExists(path.resolve(MARKER));
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName().replace("Exception", "") + ": " + e.getMessage();
  }

  public Path log() {
    return path.resolve("log");
  }

  public Path server() {
    return path.resolve("server");
  }

  public Path rule() {
    return path.resolve("claude-code.yaml");
  }

  public Path workstation() {
    return path.resolve("workstation");
  }

  public Path agentState() {
    return path.resolve("agent-state");
  }
}
