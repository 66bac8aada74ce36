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
import java.util.EnumSet;
import java.util.Set;

/// Files that their owner alone may read and change. Where a file system has no such modes
/// (Windows), the folder's access list takes their place.
///
/// One of root's may also be read, never written, by a group, as long as whoever reads it here is
/// not root: so are secrets handed to a service by whoever runs the machine (an orchestrator's
/// mounted secrets, `root:interdict` 0640), and libpq has the same rule.
public final class OwnerOnly {
  private static final Set<PosixFilePermission> OWNER =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private OwnerOnly() {}

  /// Refuses a key file that others may read or change: who can read it can sign.
  ///
  /// @throws IOException if they may, or if there is no such file
  public static void requireKey(Path file) throws IOException {
    require("key", file);
  }

  /// Refuses a passphrase file that others may read or change.
  ///
  /// @throws IOException if they may, or if there is no such file
  public static void requirePassphrase(Path file) throws IOException {
    require("passphrase", file);
  }

  private static void require(String what, Path file) throws IOException {
    if (isOpen(file)) {
      throw new IOException(
          what
              + " file "
              + file
              + " is open to others ("
              + PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
              + "); run: chmod 600 "
              + file
              + ", and replace the "
              + what
              + " if somebody may have read it");
    }
  }

  /// Whether others may read or change it; false where the file system does not tell.
  ///
  /// @throws IOException if there is no such file
  public static boolean isOpen(Path file) throws IOException {
    if (!hasModes(file)) {
      return false;
    }
    var others = EnumSet.noneOf(PosixFilePermission.class);
    others.addAll(Files.getPosixFilePermissions(file));
    others.removeAll(OWNER);
    others.remove(PosixFilePermission.OWNER_EXECUTE);
    return !others.isEmpty()
        && !(others.equals(Set.of(PosixFilePermission.GROUP_READ)) && isHandedOver(file));
  }

  private static boolean isHandedOver(Path file) throws IOException {
    var owner = Files.getOwner(file).getName();
    return Integer.valueOf(0).equals(Files.getAttribute(file, "unix:uid"))
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
