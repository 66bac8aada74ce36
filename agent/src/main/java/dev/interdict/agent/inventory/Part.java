package dev.interdict.agent.inventory;

import org.jspecify.annotations.Nullable;

/// One file or directory that belongs to an item and goes with it.
///
/// @param id which file it was when it was seen; acting on another one is refused
/// @param sha256 of the file's content in lower-case hex; null where it was not read, and for what
///   is no regular file
public record Part(Role role, BytePath path, FileId id, FileKind kind, @Nullable String sha256) {

  /// One whose content was not read.
  public Part(Role role, BytePath path, FileId id, FileKind kind) {
    this(role, path, id, kind, null);
  }

  /// What the part is to its item.
  public enum Role {
    /// The package's own directory, or the program file itself.
    MAIN,
    /// A file that runs when the tool is started.
    EXECUTABLE,
    /// A link or shim that starts it from elsewhere (a `bin` link).
    LAUNCHER,
    /// What starts it without anybody's doing: a service of its user, an entry of the session.
    PERSISTENCE
  }

  /// Whether it only leads to the item, so that running it is not running the item.
  public boolean leads() {
    return role == Role.LAUNCHER || role == Role.PERSISTENCE;
  }

  /// Whether it is a file that can run, rather than a folder or what only leads to one.
  public boolean program() {
    return !leads() && kind == FileKind.REGULAR;
  }

  /// The same with its content's digest.
  public Part withSha256(@Nullable String digest) {
    return new Part(role, path, id, kind, digest);
  }

  /// The same in another role.
  public Part as(Role other) {
    return new Part(other, path, id, kind, sha256);
  }
}
