package dev.interdict.server.publish;

/// The machine's clock shows a time that must not be signed.
public final class ImplausibleTimeException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  ImplausibleTimeException(String message) {
    super(message);
  }
}
