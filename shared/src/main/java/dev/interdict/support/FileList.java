package dev.interdict.support;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/// What lies in a program's own folder: names, sizes, times and permissions, never contents.
public final class FileList {
  private static final int DEEPEST = 4;
  private static final int MOST = 2_000;

  private FileList() {}

  /// One line for each file below `folder`. Links are not followed.
  ///
  /// @param closed folders of which only the size of all that is in them is told, by name
  public static String of(Path folder, Set<String> closed) throws IOException {
    var lines = new StringBuilder();
    var count = new int[1];
    Files.walkFileTree(
        folder,
        EnumSet.noneOf(java.nio.file.FileVisitOption.class),
        DEEPEST,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes of)
              throws IOException {
            if (closed.contains(String.valueOf(dir.getFileName())) && !dir.equals(folder)) {
              line(lines, folder, dir, of, whole(dir));
              return FileVisitResult.SKIP_SUBTREE;
            }
            line(lines, folder, dir, of, 0);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes of) {
            line(lines, folder, file, of, of.size());
            return ++count[0] < MOST ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            lines.append("?  ").append(folder.relativize(file)).append("  unreadable\n");
            return FileVisitResult.CONTINUE;
          }
        });
    return lines.toString();
  }

  private static void line(
      StringBuilder lines, Path folder, Path file, BasicFileAttributes of, long size) {
    lines
        .append(mode(file))
        .append("  %12d  ".formatted(size))
        .append(of.lastModifiedTime().toInstant())
        .append("  ")
        .append(file.equals(folder) ? "." : folder.relativize(file).toString())
        .append(of.isDirectory() ? "/" : "")
        .append('\n');
  }

  private static String mode(Path file) {
    try {
      return PosixFilePermissions.toString(
          Files.getPosixFilePermissions(file, java.nio.file.LinkOption.NOFOLLOW_LINKS));
    } catch (IOException | UnsupportedOperationException e) {
      return "?????????";
    }
  }

  private static long whole(Path folder) throws IOException {
    try (var walk = Files.walk(folder)) {
      var all = 0L;
      for (var file : (Iterable<Path>) walk::iterator) {
        all +=
            Files.isRegularFile(file, java.nio.file.LinkOption.NOFOLLOW_LINKS)
                ? Files.size(file)
                : 0;
      }
      return all;
    } catch (java.io.UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
