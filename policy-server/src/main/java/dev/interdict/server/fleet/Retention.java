package dev.interdict.server.fleet;

import dev.interdict.report.Report;
import dev.interdict.report.RuleState;

/// How long the exact bytes of a report are worth keeping. The last one of a device always is.
enum Retention {
  /// The ones after it tell all that it tells.
  ORDINARY,
  /// It tells of actions, notices, answers or a failure, which no other report tells again.
  EVIDENCE;

  static Retention of(Report report) {
    return report.rules().stream()
            .anyMatch(rule ->
                rule.state() == RuleState.FAILED
                    || !rule.actions().isEmpty()
                    || !rule.notices().isEmpty()
                    || !rule.answers().isEmpty())
        ? EVIDENCE
        : ORDINARY;
  }

  /// The number in the database.
  int number() {
    return ordinal();
  }
}
