package dev.interdict.agent.guard;

import dev.interdict.agent.inventory.Inventory;

/// Looks at the machine in another process. Seam.
@FunctionalInterface
public interface Scanner {
  /// What is there now.
  ///
  /// @param digests whether the content of programs is read too, which takes as long as reading all
  ///   of them
  /// @throws WorkerException if the worker failed, hung or answered something else
  Inventory scan(boolean digests) throws WorkerException;
}
