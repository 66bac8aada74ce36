package dev.interdict.demo.workstation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// Writes into one folder; paths are relative to it.
///
/// @param standIn the program that every binary is a copy of
record Disk(Path root, Path standIn) {

  /// The same, one folder deeper.
  Disk in(String folder) {
    return new Disk(root.resolve(folder), standIn);
  }

  void text(String path, String content) throws IOException {
    var file = room(path);
    Files.writeString(file, content);
    mode(file, "rw-r--r--");
  }

  void script(String path, String content) throws IOException {
    text(path, content);
    mode(root.resolve(path), "rwxr-xr-x");
  }

  void program(String path) throws IOException {
    var file = room(path);
    Files.copy(standIn, file);
    mode(file, "rwxr-xr-x");
  }

  void hardLink(String path, String existing) throws IOException {
    Files.createLink(room(path), root.resolve(existing));
  }

  /// @param target as it shall stand in the link, relative to the link's own folder
  void link(String path, String target) throws IOException {
    Files.createSymbolicLink(room(path), Path.of(target));
  }

  private Path room(String path) throws IOException {
    var file = root.resolve(path);
    Files.createDirectories(file.getParent());
    return file;
  }

  private static void mode(Path file, String mode) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }
}
