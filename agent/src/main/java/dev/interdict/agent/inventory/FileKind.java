package dev.interdict.agent.inventory;

/// What a directory entry is, the entry itself and not what a link leads to.
public enum FileKind {
  REGULAR,
  DIRECTORY,
  LINK,
  /// Pipes, sockets and devices: never opened.
  SPECIAL
}
