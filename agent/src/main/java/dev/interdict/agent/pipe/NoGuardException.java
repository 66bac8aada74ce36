package dev.interdict.agent.pipe;

import java.io.IOException;
import java.nio.file.Path;

/// No guard answers on its socket: none runs, or it is not for this account to ask.
public final class NoGuardException extends IOException {
  private static final long serialVersionUID = 1L;

  /// @param socket where it was asked
  public NoGuardException(Path socket, IOException cause) {
    super("no guard answers at " + socket + "; start it with: interdict-agent guard", cause);
  }
}
