package dev.interdict.report;

import org.jspecify.annotations.Nullable;

/// A problem on the device, with what it is about. No free text: it could carry anything.
///
/// @param subject a rule id or an inventory source; null where the whole device is meant
public record ReportedProblem(Problem problem, @Nullable String subject) {
  public ReportedProblem {
    subject = BoundedText.ofNullable(subject, 100);
  }
}
