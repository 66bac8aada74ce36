package dev.interdict.server.store;

/// The database was lost while it committed: the transaction is there as a whole, or not at all,
/// and only the database knows. Whoever asks again must find out which.
public final class UnknownOutcomeException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnknownOutcomeException(Throwable cause) {
    super("the database was lost while it committed; nobody knows yet whether it did", cause);
  }
}
