package dev.interdict.trust;

/// The repository could not be asked, or gave no whole answer. Says nothing about whether to
/// believe it; trying again later is right.
public final class UnreachableException extends Exception {
  private static final long serialVersionUID = 1;

  public UnreachableException(String message) {
    super(message);
  }

  public UnreachableException(String message, Throwable cause) {
    super(message, cause);
  }
}
