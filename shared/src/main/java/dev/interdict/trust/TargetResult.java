package dev.interdict.trust;

import dev.interdict.trust.metadata.RepositoryException;

/// What looking for a target came to. After a failure the target verified last is as usable as
/// before ([Updater#lastVerified]).
public sealed interface TargetResult {

  /// The current content.
  ///
  /// @param changed whether it differs from what was verified before, or nothing was
  record Found(VerifiedTarget target, boolean changed) implements TargetResult {}

  /// Every role that could list the target verified, and none does: it does not exist, or no more.
  record Absent(String path) implements TargetResult {}

  /// The repository offers something that must not be believed.
  record Refused(RepositoryException.Family family, String message) implements TargetResult {}

  /// The repository could not be asked.
  record Unreachable(String message) implements TargetResult {}
}
