package dev.interdict.server.draft;

import java.util.Comparator;

/// One thing that lint has to say about one place of one file.
///
/// @param message what is wrong and what to write instead
public record Finding(String file, Place at, LintCode code, String message)
    implements Comparable<Finding> {

  /// Whether it keeps the rule from being published.
  public boolean isError() {
    return code.severity() == LintCode.Severity.ERROR;
  }

  @Override
  public int compareTo(Finding other) {
    return Comparator.comparing(Finding::file)
        .thenComparing(Finding::at)
        .thenComparing(Finding::code)
        .thenComparing(Finding::message)
        .compare(this, other);
  }

  @Override
  public String toString() {
    return file + ":" + at + "  " + code.severity().word() + "  " + code + "  " + message;
  }
}
