package dev.interdict.server.cli.terminal;

/// Ends a command with one line for the person who typed it.
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final int code;

  public Failure(int code, String message) {
    super(message);
    this.code = code;
  }

  public int code() {
    return code;
  }
}
