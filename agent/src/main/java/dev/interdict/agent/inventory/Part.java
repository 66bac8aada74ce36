package dev.interdict.agent.inventory;

/// One file or directory that belongs to an item and goes with it.
///
/// @param id which file it was when it was seen; acting on another one is refused
public record Part(Role role, BytePath path, FileId id, FileKind kind) {

  /// What the part is to its item.
  public enum Role {
    /// The package's own directory, or the program file itself.
    MAIN,
    /// A file that runs when the tool is started.
    EXECUTABLE,
    /// A link or shim that starts it from elsewhere (a `bin` link).
    LAUNCHER
  }
}
