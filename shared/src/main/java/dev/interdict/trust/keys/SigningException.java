package dev.interdict.trust.keys;

import org.jspecify.annotations.Nullable;

/// A private key did not sign: a token is gone, refuses, or yields what its public half does not
/// verify. The message names the key by its id and holds nothing secret.
public final class SigningException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  SigningException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
