package dev.interdict.agent.platform.handles;

import java.io.IOException;

/// An act that the system did not let happen. Names no user and no path, so that it may be logged.
public final class DiskException extends IOException {
  private static final long serialVersionUID = 1;

  private final Trouble trouble;

  /// @param act the call, in the system's own word
  /// @param code the system's own number for what went wrong
  public DiskException(Trouble trouble, String act, String code) {
    super(act + ": " + trouble + " (" + code + ")");
    this.trouble = trouble;
  }

  public Trouble trouble() {
    return trouble;
  }
}
