package dev.interdict.agent.platform.session;

import dev.interdict.agent.notice.Receipt;

/// A worker gave no answer that can be believed.
public final class NoAnswerException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Receipt.Reason reason;

  NoAnswerException(Receipt.Reason reason) {
    super(reason.name());
    this.reason = reason;
  }

  /// What to note of it.
  public Receipt receipt() {
    return new Receipt.Failed(reason);
  }
}
