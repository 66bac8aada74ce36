package dev.interdict.agent.enforce;

import java.io.IOException;

/// Told before each act that changes something on disk. Seam for the tests that kill the process at
/// every one of them, or let the disk fail there.
@FunctionalInterface
public interface Steps {
  /// Nobody listens.
  Steps NONE = _ -> {};

  /// @throws IOException in place of the act, which is not done then
  void before(String act) throws IOException;
}
