package dev.interdict.server.access.oidc;

/// The provider's answer lets nobody in. The message is for the server's log, not for whoever is at
/// the browser, who is told the kind alone.
final class RefusedSignInException extends Exception {
  private static final long serialVersionUID = 1;

  private final OidcLogin.Why why;

  RefusedSignInException(String message) {
    this(OidcLogin.Why.PROVIDER, message);
  }

  RefusedSignInException(OidcLogin.Why why, String message) {
    super(message);
    this.why = why;
  }

  RefusedSignInException(String message, Throwable cause) {
    super(message, cause);
    this.why = OidcLogin.Why.PROVIDER;
  }

  OidcLogin.Why why() {
    return why;
  }
}
