package dev.interdict.server.publish;

/// What was asked for makes no sense with the list that is published.
final class UnfitException extends Exception {
  private static final long serialVersionUID = 1;

  UnfitException(String message) {
    super(message);
  }
}
