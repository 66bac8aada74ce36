package dev.interdict.demo.stage;

/// The demo cannot go on, or something is not as the story says; the message is one line for
/// whoever watches.
public final class DemoException extends Exception {
  private static final long serialVersionUID = 1;

  public DemoException(String message) {
    super(message);
  }
}
