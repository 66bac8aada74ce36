package dev.interdict.server.store;

/// More transactions wait than the store takes on; nothing of this one was done. Try again later.
public final class BusyException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public BusyException(String message) {
    super(message);
  }
}
