package dev.interdict.server.audit;

/// Whether the audit log is as it was written.
public sealed interface Verification {

  /// The chain holds up to `head`, the hash of entry `length`.
  record Intact(long length, String head) implements Verification {}

  /// The first entry that does not fit, and why.
  record Broken(long seq, String why) implements Verification {}
}
