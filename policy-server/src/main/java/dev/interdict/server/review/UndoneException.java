package dev.interdict.server.review;

import dev.interdict.server.publish.PublishOutcome.Reason;
import dev.interdict.server.wording.Sentence;

/// Ends a transaction in which something is not to be done.
final class UndoneException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final Reason kind;
  private final transient Sentence why;

  UndoneException(Reason kind, Sentence why) {
    super(why.text());
    this.kind = kind;
    this.why = why;
  }

  Reason kind() {
    return kind;
  }

  Sentence why() {
    return why;
  }
}
