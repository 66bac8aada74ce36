package dev.interdict.agent.platform.linux.managers;

import java.nio.file.Path;

/// The root whose packages are managed.
///
/// @param path real and absolute
/// @param scripts whether scripts of its packages may run
record ManagedRoot(Path path, boolean scripts) {
  private static final Path SLASH = Path.of("/");

  /// Scripts run on the machine that runs this, and in no other system's tree.
  static ManagedRoot of(Path path) {
    return new ManagedRoot(path, path.equals(SLASH));
  }

  boolean running() {
    return path.equals(SLASH);
  }

  Path resolve(String below) {
    return path.resolve(below);
  }
}
