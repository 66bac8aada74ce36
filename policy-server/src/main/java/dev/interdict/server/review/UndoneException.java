package dev.interdict.server.review;

import dev.interdict.server.publish.PublishOutcome.Reason;

/// Ends a transaction in which something is not to be done.
final class UndoneException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final Reason kind;

  UndoneException(Reason kind, String message) {
    super(message);
    this.kind = kind;
  }

  Reason kind() {
    return kind;
  }
}
