package dev.interdict.agent.scan.memory;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileFact;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.UnreadableException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a look depended on.
///
/// @param contents folders that were listed and files that were read, as they were
/// @param names files whose kind, size and mode mattered, not their content
/// @param missing what was looked for in vain
record Basis(
    Map<BytePath, FileFact> contents, Map<BytePath, FileFact> names, List<Missing> missing) {
  Basis {
    contents = Map.copyOf(contents);
    names = Map.copyOf(names);
    missing = List.copyOf(missing);
  }

  /// Paths that were not there.
  ///
  /// @param above the nearest folder that was; while it is unchanged, none of them can be there
  /// @param fact that folder as it was; null where it changes too often to say
  record Missing(BytePath above, @Nullable FileFact fact, List<BytePath> paths) {
    Missing {
      paths = List.copyOf(paths);
    }
  }

  /// What is known of a file now.
  @FunctionalInterface
  interface Facts {
    /// Null where there is nothing.
    ///
    /// @throws UnreadableException if that cannot be told
    @Nullable FileFact of(BytePath path) throws UnreadableException;
  }

  /// Whether all of it is still so.
  ///
  /// @throws UnreadableException if that cannot be told
  boolean holds(Facts facts) throws UnreadableException {
    for (var content : contents.entrySet()) {
      if (!content.getValue().equals(facts.of(content.getKey()))) {
        return false;
      }
    }
    for (var name : names.entrySet()) {
      if (!alike(name.getValue(), facts.of(name.getKey()))) {
        return false;
      }
    }
    for (var some : missing) {
      if (!missing(some, facts)) {
        return false;
      }
    }
    return true;
  }

  private static boolean missing(Missing some, Facts facts) throws UnreadableException {
    if (some.fact() != null && some.fact().equals(facts.of(some.above()))) {
      return true;
    }
    for (var path : some.paths()) {
      if (facts.of(path) != null) {
        return false;
      }
    }
    return true;
  }

  /// A folder's own size and times say what is in it, which did not matter.
  private static boolean alike(FileFact then, @Nullable FileFact now) {
    return now != null
        && then.kind() == now.kind()
        && then.id().equals(now.id())
        && then.mode() == now.mode()
        && then.uid() == now.uid()
        && (then.kind() == FileKind.DIRECTORY || then.size() == now.size());
  }
}
