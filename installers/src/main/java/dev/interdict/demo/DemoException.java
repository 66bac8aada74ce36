package dev.interdict.demo;

/// The demo cannot go on, or something is not as the story says; the message is one line for
/// whoever watches.
final class DemoException extends Exception {
  private static final long serialVersionUID = 1;

  DemoException(String message) {
    super(message);
  }
}
