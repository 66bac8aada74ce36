package dev.interdict.server.cli.operations;

/// What somebody types for an operation.
///
/// @param name as typed, such as `--note`; a label such as `RULE` for what has a place
/// @param member of the body or of the query that it becomes
record Given(Kind kind, String name, String member, boolean required, String description) {

  /// What it is.
  enum Kind {
    TEXT,
    NUMBER,
    FLAG,
    /// Several texts.
    TEXTS,
    /// A file, whose content is what is sent.
    FILE,
    /// The number of the revision that somebody changed: not sent, but compared with the one there
    /// is.
    REVISION,
    /// Prints only this member of the answer, whole; not sent.
    ALONE
  }

  boolean isOption() {
    return name.startsWith("--");
  }
}
