package dev.interdict.agent.platform.linux.quarantine;

import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.enforce.Refusal;

/// Ends an act that was not done on purpose; [Work] turns it into an outcome.
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1;

  private final Refusal why;

  RefusedException(Refusal why, String detail) {
    super(detail);
    this.why = why;
  }

  Outcome.Refused outcome() {
    return new Outcome.Refused(why, String.valueOf(getMessage()));
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
