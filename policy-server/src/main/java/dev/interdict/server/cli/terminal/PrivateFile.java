package dev.interdict.server.cli.terminal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// New files and folders that their owner alone may read, from the moment they exist.
public final class PrivateFile {
  private PrivateFile() {}

  /// Looks before something else is done that could not be undone.
  ///
  /// @throws FileAlreadyExistsException if there is something of that name
  public static void refuseExisting(Path file) throws FileAlreadyExistsException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(file.toString());
    }
  }

  /// Writes a new file, durably.
  ///
  /// @throws FileAlreadyExistsException rather than overwrite anything
  public static void write(Path file, String text) throws IOException {
    var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (var channel = FileChannel.open(file, options, only(file, "rw-------"))) {
      var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  /// Makes the folder and those above it, where they are not there yet.
  public static void folder(Path folder) throws IOException {
    Files.createDirectories(folder, only(folder, "rwx------"));
  }

  /// Makes a folder in one that is there.
  ///
  /// @throws FileAlreadyExistsException if there is something of that name
  public static void newFolder(Path folder) throws IOException {
    Files.createDirectory(folder, only(folder, "rwx------"));
  }

  private static FileAttribute<?>[] only(Path file, String permissions) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
