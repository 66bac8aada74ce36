package dev.interdict.agent.guard;

import dev.interdict.agent.inventory.Inventory;

/// Looks at the machine in another process. Seam.
@FunctionalInterface
public interface Scanner {
  /// What is there now.
  ///
  /// @throws WorkerException if the worker failed, hung or answered something else
  Inventory scan() throws WorkerException;
}
