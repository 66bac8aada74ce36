package dev.interdict.report;

/// Where a device stands with one rule. One vocabulary for agent, server, API and metrics.
public enum RuleState {
  /// Not, or not wholly, inspected, and nothing found. Never counts as clear.
  UNKNOWN,
  /// Wholly inspected, nothing found.
  CLEAR,
  /// Found; see [Presence].
  PRESENT,
  /// Being removed.
  REMOVING,
  /// Removed, and a second scan found nothing. Counts as clear.
  REMOVED,
  /// Removal failed; the device still has it.
  FAILED;

  /// Whether the device still has the software.
  public boolean hasIt() {
    return switch (this) {
      case PRESENT, REMOVING, FAILED -> true;
      case UNKNOWN, CLEAR, REMOVED -> false;
    };
  }

  /// Whether it claims that the device is free of the software, which only a whole scan can.
  public boolean claimsClear() {
    return switch (this) {
      case CLEAR, REMOVED -> true;
      case UNKNOWN, PRESENT, REMOVING, FAILED -> false;
    };
  }
}
