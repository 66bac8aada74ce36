package dev.interdict.server.publish;

/// A key that a command needs is not at hand or does not open; the message says which and what to
/// do.
public final class MissingKeyException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  MissingKeyException(String message) {
    super(message);
  }

  MissingKeyException(String message, Throwable cause) {
    super(message, cause);
  }
}
