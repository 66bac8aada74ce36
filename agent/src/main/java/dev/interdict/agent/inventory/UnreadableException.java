package dev.interdict.agent.inventory;

/// Something is there and could not be read safely. Never swallowed: it becomes a [Gap].
public final class UnreadableException extends Exception {
  private static final long serialVersionUID = 1;

  /// Why; each is documented in what the device reports.
  public enum Reason {
    /// A component of the path is a symbolic link.
    LINK_IN_PATH,
    /// The operating system refused.
    DENIED,
    /// The path leads into another file system (a mount, a network home).
    OTHER_FILE_SYSTEM,
    /// A pipe, socket, device or directory where a file was expected.
    NOT_A_FILE,
    /// Longer than the limit for its kind.
    TOO_LARGE,
    /// The budget of entries, depth, bytes or time of this home is used up.
    BUDGET,
    /// It is not what its format says (a package.json that is no JSON).
    MALFORMED,
    /// An input/output error.
    IO
  }

  private final Reason reason;
  private final transient BytePath path;

  public UnreadableException(Reason reason, BytePath path, String detail) {
    super(path + ": " + detail);
    this.reason = reason;
    this.path = path;
  }

  /// Why it could not be read.
  public Reason reason() {
    return reason;
  }

  /// What could not be read.
  public BytePath path() {
    return path;
  }
}
