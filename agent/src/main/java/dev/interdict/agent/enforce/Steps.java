package dev.interdict.agent.enforce;

/// Told before each act that changes something on disk. Seam for the test that kills the process at
/// every one of them.
@FunctionalInterface
public interface Steps {
  /// Nobody listens.
  Steps NONE = _ -> {};

  void before(String act);
}
