package dev.interdict.bill;

/// What the bill says is not what lies in the package.
final class MismatchException extends Exception {
  private static final long serialVersionUID = 1L;

  MismatchException(String message) {
    super(message);
  }
}
