package dev.interdict.server.exemptions;

import dev.interdict.server.publish.PublishOutcome;
import dev.interdict.server.wording.Sentence;

/// Ends a decision's transaction without a trace.
final class UndecidedException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final PublishOutcome.Reason kind;
  private final transient Sentence why;

  UndecidedException(PublishOutcome.Reason kind, Sentence why) {
    super(why.text());
    this.kind = kind;
    this.why = why;
  }

  PublishOutcome.Reason kind() {
    return kind;
  }

  Sentence why() {
    return why;
  }
}
