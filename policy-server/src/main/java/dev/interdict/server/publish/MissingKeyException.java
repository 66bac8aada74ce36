package dev.interdict.server.publish;

/// A key that a command needs is not at hand; the message says which and how to bring it.
public final class MissingKeyException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  MissingKeyException(String message) {
    super(message);
  }
}
