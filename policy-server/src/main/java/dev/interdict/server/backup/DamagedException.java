package dev.interdict.server.backup;

import java.io.IOException;

/// A backup that is not what it was when it was made; nothing was done with it.
public final class DamagedException extends IOException {
  private static final long serialVersionUID = 1;

  DamagedException(String message) {
    super(message);
  }
}
