package dev.interdict.server.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Files that their owner alone may read. Where a file system has no such modes (Windows), the
/// folder's access list takes their place.
///
/// One of root's may also be read, never written, by a group, as long as whoever reads it here is
/// not root: so are secrets handed to a service by whoever runs the machine (an orchestrator's
/// mounted secrets, `root:interdict` 0640), and libpq has the same rule.
public final class OwnerOnly {
  private static final Set<PosixFilePermission> OWNER =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private static final Set<PosixFilePermission> HANDED_OVER =
      Set.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.GROUP_READ);

  private OwnerOnly() {}

  /// Refuses a key file that others may read or change: who can read it can sign.
  ///
  /// @throws IOException if they may, or if there is no such file
  public static void requireKey(Path file) throws IOException {
    if (!hasModes(file)) {
      return;
    }
    var permissions = Files.getPosixFilePermissions(file);
    if (!OWNER.containsAll(permissions) && !isHandedOver(file, permissions)) {
      throw new IOException(
          "key file "
              + file
              + " is open to others ("
              + PosixFilePermissions.toString(permissions)
              + "); run: chmod 600 "
              + file
              + ", and replace the key if somebody may have read it");
    }
  }

  /// Refuses a passphrase file that others may read.
  ///
  /// @throws IOException if they may, or if there is no such file
  public static void requirePassphrase(Path file) throws IOException {
    if (!hasModes(file)) {
      return;
    }
    var permissions = Files.getPosixFilePermissions(file);
    if ((permissions.contains(PosixFilePermission.GROUP_READ)
            || permissions.contains(PosixFilePermission.OTHERS_READ))
        && !isHandedOver(file, permissions)) {
      throw new IOException(
          "passphrase file "
              + file
              + " is open to others ("
              + PosixFilePermissions.toString(permissions)
              + "); run: chmod 600 "
              + file
              + ", and choose another passphrase if somebody may have read it");
    }
  }

  private static boolean isHandedOver(Path file, Set<PosixFilePermission> permissions)
      throws IOException {
    var owner = Files.getOwner(file).getName();
    return HANDED_OVER.containsAll(permissions)
        && Integer.valueOf(0).equals(Files.getAttribute(file, "unix:uid"))
        && !owner.equals(ProcessHandle.current().info().user().orElse(owner));
  }

  /// Writes a new file, durably; its mode is set while it is made.
  ///
  /// @throws java.nio.file.FileAlreadyExistsException rather than overwrite anything
  static void write(Path file, byte[] content) throws IOException {
    var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    var only =
        hasModes(file)
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER)}
            : new FileAttribute<?>[0];
    try (var channel = FileChannel.open(file, options, only)) {
      var bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  private static boolean hasModes(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
