package dev.interdict.agent.pipe;

import java.io.IOException;

/// The guard answered that it does not do what was asked; the message is its own, for people.
public final class RefusedByGuardException extends IOException {
  private static final long serialVersionUID = 1L;

  public RefusedByGuardException(String message) {
    super(message);
  }
}
