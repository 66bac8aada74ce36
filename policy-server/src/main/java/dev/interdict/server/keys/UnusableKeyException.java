package dev.interdict.server.keys;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A private key does not open, or is none that we can use. The message names the place and what to
/// do about it.
public final class UnusableKeyException extends IOException {
  private static final long serialVersionUID = 1;

  public UnusableKeyException(String message) {
    super(message);
  }

  UnusableKeyException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
