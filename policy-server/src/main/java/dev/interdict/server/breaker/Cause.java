package dev.interdict.server.breaker;

import dev.interdict.json.Fields;

/// Why the breaker held a rule.
public enum Cause {
  /// Removal failed on too many workstations.
  FAILURES,
  /// Removal failed on too large a part of those on which it was tried.
  FAILURE_RATE,
  /// Too many people say that what was found is not that tool.
  NOT_THAT_TOOL,
  /// It matches on more workstations than its reviewers were told.
  MORE_THAN_EXPECTED;

  public String written() {
    return Fields.written(this);
  }

  static Cause read(String word) {
    for (var cause : values()) {
      if (cause.written().equals(word)) {
        return cause;
      }
    }
    throw new IllegalArgumentException("no cause of a trip: " + word);
  }
}
