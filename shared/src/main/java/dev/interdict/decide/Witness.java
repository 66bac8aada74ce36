package dev.interdict.decide;

/// What confirmed the trusted time last.
public enum Witness {
  /// The server's signed statement, which the wall clock or the boot clock bore out.
  SERVER,
  /// The instant of signing in a file that people signed offline.
  SIGNED_FILE
}
