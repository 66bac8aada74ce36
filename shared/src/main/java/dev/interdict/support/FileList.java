package dev.interdict.support;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What lies in a program's own folder: names, sizes, times and permissions, never contents.
public final class FileList {
  private static final int DEEPEST = 4;
  private static final int MOST = 2_000;

  private FileList() {}

  /// One line for each file below `folder`. Links are not followed. What vanishes meanwhile, or
  /// cannot be read, is said to be so.
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
              var whole = Whole.of(dir);
              line(lines, folder, dir, of, whole.size, whole.remark());
              return FileVisitResult.SKIP_SUBTREE;
            }
            line(lines, folder, dir, of, 0, "");
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes of) {
            line(lines, folder, file, of, of.size(), "");
            return ++count[0] < MOST ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            failed(file, e);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException e) {
            if (e != null) {
              failed(dir, e);
            }
            return FileVisitResult.CONTINUE;
          }

          private void failed(Path file, IOException e) {
            lines
                .append("?  ")
                .append(folder.relativize(file))
                .append(e instanceof NoSuchFileException ? "  gone\n" : "  unreadable\n");
          }
        });
    return lines.toString();
  }

  private static void line(
      StringBuilder lines,
      Path folder,
      Path file,
      BasicFileAttributes of,
      long size,
      String remark) {
    lines
        .append(mode(file))
        .append("  %12d  ".formatted(size))
        .append(of.lastModifiedTime().toInstant())
        .append("  ")
        .append(file.equals(folder) ? "." : folder.relativize(file).toString())
        .append(of.isDirectory() ? "/" : "")
        .append(remark)
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

  /// Adds up what is in a folder, as far as it can be read.
  private static final class Whole extends SimpleFileVisitor<Path> {
    private long size;
    private int unread;

    static Whole of(Path folder) throws IOException {
      var whole = new Whole();
      Files.walkFileTree(folder, whole);
      return whole;
    }

    String remark() {
      return unread == 0 ? "" : "  " + unread + " unreadable or gone";
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes of) {
      size += of.isRegularFile() ? of.size() : 0;
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      unread++;
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
      unread += e == null ? 0 : 1;
      return FileVisitResult.CONTINUE;
    }
  }
}
