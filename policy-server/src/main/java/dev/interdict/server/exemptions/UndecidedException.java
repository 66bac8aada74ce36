package dev.interdict.server.exemptions;

import dev.interdict.server.publish.PublishOutcome;

/// Ends a decision's transaction without a trace.
final class UndecidedException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final PublishOutcome.Reason kind;

  UndecidedException(PublishOutcome.Reason kind, String message) {
    super(message);
    this.kind = kind;
  }

  PublishOutcome.Reason kind() {
    return kind;
  }
}
