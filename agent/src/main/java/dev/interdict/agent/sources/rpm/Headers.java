package dev.interdict.agent.sources.rpm;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One of rpm's databases: gives the headers of all packages in it.
@FunctionalInterface
interface Headers {
  /// One for each package; null for one whose header cannot be understood.
  ///
  /// @throws UnreadableException if not all of them could be reached
  List<@Nullable Header> of(Tree tree, BytePath file) throws UnreadableException;
}
