package dev.interdict.agent.guard;

import dev.interdict.agent.inventory.Inventory;
import dev.interdict.agent.inventory.Item;
import java.util.function.Predicate;

/// Looks at the machine in another process. Seam.
@FunctionalInterface
public interface Scanner {
  /// What is there now.
  ///
  /// @param digests whether the content of programs is read too, which takes as long as reading all
  ///   of them
  /// @param wanted which items to keep: the guard holds no more than it needs
  /// @throws WorkerException if the worker failed, hung or answered something else
  Inventory scan(boolean digests, Predicate<Item> wanted) throws WorkerException;
}
