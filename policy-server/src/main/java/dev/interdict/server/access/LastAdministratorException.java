package dev.interdict.server.access;

/// Nobody but this account administers, so it is not switched off: the way back would be on the
/// server's machine alone.
public final class LastAdministratorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LastAdministratorException(String account) {
    super("nobody but " + account + " administers");
  }
}
