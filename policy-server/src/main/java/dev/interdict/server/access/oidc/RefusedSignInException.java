package dev.interdict.server.access.oidc;

/// The provider's answer lets nobody in. The message is for the server's log, not for whoever is at
/// the browser.
final class RefusedSignInException extends Exception {
  private static final long serialVersionUID = 1;

  RefusedSignInException(String message) {
    super(message);
  }

  RefusedSignInException(String message, Throwable cause) {
    super(message, cause);
  }
}
