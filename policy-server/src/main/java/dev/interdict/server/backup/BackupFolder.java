package dev.interdict.server.backup;

import dev.interdict.json.JsonException;
import dev.interdict.trust.DurableFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// A folder that holds a backup; its owner alone may read it.
final class BackupFolder {
  private final Path folder;

  private BackupFolder(Path folder) {
    this.folder = folder;
  }

  /// A new one.
  ///
  /// @throws FileAlreadyExistsException if there is anything of that name but an empty folder
  static BackupFolder create(Path folder) throws IOException {
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      if (!Files.isDirectory(folder) || hasAny(folder)) {
        throw new FileAlreadyExistsException(folder.toString());
      }
    } else {
      Files.createDirectories(folder, only("rwx------"));
    }
    return new BackupFolder(folder);
  }

  /// One that was made before.
  static BackupFolder of(Path folder) {
    return new BackupFolder(folder);
  }

  private static boolean hasAny(Path folder) throws IOException {
    try (var entries = Files.list(folder)) {
      return entries.findAny().isPresent();
    }
  }

  private static FileAttribute<?>[] only(String permissions) {
    return java.nio.file.FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /// What writes a file.
  @FunctionalInterface
  interface Content {
    void write(OutputStream out) throws IOException;
  }

  /// Writes a new file, durably; returns its SHA-256 in hex.
  String write(String path, Content content) throws IOException {
    var file = folder.resolve(path);
    Files.createDirectories(parent(file), only("rwx------"));
    Files.createFile(file, only("rw-------"));
    var digest = sha256();
    try (var out =
        new DigestOutputStream(Files.newOutputStream(file, StandardOpenOption.WRITE), digest)) {
      content.write(out);
    }
    try (var channel = java.nio.channels.FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /// Writes the manifest, by which the backup is whole from now on.
  void finish(Manifest manifest) throws IOException {
    DurableFile.write(folder.resolve(Manifest.NAME), manifest.write());
  }

  /// The manifest, after every file was found to be what it says.
  ///
  /// @throws DamagedException if one is not, or there is no manifest
  Manifest verified() throws IOException {
    var bytes = DurableFile.read(folder.resolve(Manifest.NAME), Manifest.MOST_BYTES);
    if (bytes == null) {
      throw new DamagedException(
          folder + " holds no whole backup: there is no " + Manifest.NAME + " in it");
    }
    try {
      var manifest = Manifest.read(bytes);
      for (var table : manifest.tables()) {
        verify(table.path(), table.sha256());
      }
      for (var file : manifest.files()) {
        verify(file.path(), file.sha256());
      }
      return manifest;
    } catch (JsonException e) {
      throw new DamagedException(
          folder.resolve(Manifest.NAME) + " is no manifest of a backup: " + e.getMessage());
    }
  }

  private void verify(String path, String sha256) throws IOException {
    var file = folder.resolve(path);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new DamagedException("the backup is damaged: there is no " + file);
    }
    var digest = sha256();
    try (var in = Files.newInputStream(file)) {
      var buffer = new byte[64 << 10];
      for (int n; (n = in.read(buffer)) >= 0; ) {
        digest.update(buffer, 0, n);
      }
    }
    if (!HexFormat.of().formatHex(digest.digest()).equals(sha256)) {
      throw new DamagedException("the backup is damaged: " + file + " was changed");
    }
  }

  InputStream open(String path) throws IOException {
    return Files.newInputStream(folder.resolve(path));
  }

  byte[] bytes(String path) throws IOException {
    return Files.readAllBytes(folder.resolve(path));
  }

  /// The regular files below a folder elsewhere, by their paths below it; none where there is none.
  static List<String> below(Path place) throws IOException {
    if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (var walk = Files.walk(place)) {
      return walk.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .map(file -> place.relativize(file).toString().replace('\\', '/'))
          .sorted()
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static Path parent(Path file) throws IOException {
    var parent = file.getParent();
    if (parent == null) {
      throw new IOException("not a file's path: " + file);
    }
    return parent;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
