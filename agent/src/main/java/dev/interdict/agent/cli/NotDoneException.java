package dev.interdict.agent.cli;

import java.io.IOException;

/// A command did not do what it was asked for, for a reason that is in the reader's own words.
final class NotDoneException extends IOException {
  private static final long serialVersionUID = 1L;

  NotDoneException(String message) {
    super(message);
  }
}
