package dev.interdict.policy;

/// Whether a matcher means a subject. Only [#YES] is ever acted upon.
public enum Hit {
  NO,
  /// What decides it is not known here: a version that cannot be compared, a file not read.
  UNKNOWN,
  YES;

  /// Both: as certain as the less certain of the two.
  public Hit and(Hit other) {
    return ordinal() <= other.ordinal() ? this : other;
  }

  /// Either: as certain as the more certain of the two.
  public Hit or(Hit other) {
    return ordinal() >= other.ordinal() ? this : other;
  }

  static Hit of(boolean holds) {
    return holds ? YES : NO;
  }
}
