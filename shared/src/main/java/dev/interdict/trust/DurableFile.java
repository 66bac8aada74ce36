package dev.interdict.trust;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Files that are whole or absent, whatever happens meanwhile: written beside their place, flushed,
/// renamed, and the folder flushed. Links are never followed at the last component.
public final class DurableFile {
  private DurableFile() {}

  /// Puts `bytes` at `file`, creating folders as needed. One writer a file at a time.
  public static void write(Path file, byte[] bytes) throws IOException {
    var folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException("not a file's path: " + file);
    }
    Files.createDirectories(folder);
    var temporary = folder.resolve("." + file.getFileName() + ".new");
    Files.deleteIfExists(temporary);
    try {
      try (var channel =
          FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        var buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
    flush(folder);
  }

  /// Takes `file` away, if it is there.
  public static void delete(Path file) throws IOException {
    if (Files.deleteIfExists(file)) {
      var folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        flush(folder);
      }
    }
  }

  /// At most `limit + 1` bytes of the regular file `file`, or null if there is none.
  public static byte @Nullable [] read(Path file, int limit) throws IOException {
    var options = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new IOException("is no regular file: " + file);
      }
      return null;
    }
    try (var channel = Files.newByteChannel(file, options)) {
      var buffer = ByteBuffer.allocate((int) Math.min(channel.size(), limit) + 1);
      var read = 0;
      while (read >= 0 && buffer.hasRemaining()) {
        read = channel.read(buffer);
      }
      return java.util.Arrays.copyOf(buffer.array(), buffer.position());
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /// Makes the names in `folder` durable: a new file or a rename is so only once its folder is. A
  /// system that cannot open folders (Windows) makes renames durable by itself.
  public static void flush(Path folder) throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(folder, StandardOpenOption.READ);
    } catch (IOException e) {
      return;
    }
    try (channel) {
      channel.force(true);
    }
  }
}
