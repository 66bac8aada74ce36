package dev.interdict.server.webhooks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;

/// The file with the key of webhooks, which comes with the first of them. Thread-safe.
public record KeyFile(Path file, SecureRandom random) {

  /// Whether it is there.
  public boolean exists() {
    return Files.exists(file);
  }

  /// The key.
  ///
  /// @throws IOException if there is none, or it is no key
  public WebhookKey read() throws IOException {
    return WebhookKey.read(file, random);
  }

  /// The key, made where there is none yet.
  ///
  /// @param needed whether something is sealed already, which no new key would open
  /// @throws IOException if it cannot be made, or is missing where it is needed
  WebhookKey readOrMake(boolean needed) throws IOException {
    if (!exists()) {
      if (needed) {
        throw new IOException(
            "there are webhooks, but not the key that opens them; copy "
                + file.getFileName()
                + " from the server where they were made");
      }
      make();
    }
    return read();
  }

  private void make() throws IOException {
    var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (var channel = FileChannel.open(file, options, only())) {
      var text = WebhookKey.fresh(random) + "\n";
      var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    } catch (FileAlreadyExistsException e) {
      // Somebody else made it a moment ago; theirs is the one.
    }
  }

  private FileAttribute<?>[] only() {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
