package dev.interdict.agent.scan;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One thing in one real file or folder is one installation, however many paths, homes and sources
/// lead to it. Two things in one file (an application that is a desktop entry and an image) stay
/// two.
final class Copies {
  private Copies() {}

  /// What has a file of its own.
  private record Key(Identity identity, FileId main) {}

  /// What has none is told apart by where it is recorded.
  private record Recorded(
      Identity identity, @Nullable String version, @Nullable Home owner, BytePath location) {}

  /// The items with copies joined: the first seen stays, with the parts of all.
  static List<Item> merged(List<Item> items) {
    Map<Object, Item> merged = new LinkedHashMap<>();
    for (var item : items) {
      var main = main(item);
      var key =
          main == null
              ? new Recorded(item.identity(), item.version(), item.owner(), item.location())
              : new Key(item.identity(), main);
      merged.merge(key, item, Copies::joined);
    }
    return List.copyOf(merged.values());
  }

  private static @Nullable FileId main(Item item) {
    return item.parts().stream()
        .filter(part -> part.role() == Part.Role.MAIN)
        .map(Part::id)
        .findFirst()
        .orElse(null);
  }

  private static Item joined(Item first, Item second) {
    var parts = new LinkedHashSet<>(first.parts());
    for (var part : second.parts()) {
      if (part.role() != Part.Role.MAIN) {
        parts.add(part);
      }
    }
    return new Item(
        first.source(),
        first.identity(),
        first.version(),
        first.owner(),
        first.location(),
        new ArrayList<>(parts),
        first.origin() == null ? second.origin() : first.origin(),
        both(first.amendments(), second.amendments()),
        both(first.starts(), second.starts()));
  }

  private static <T> List<T> both(List<T> first, List<T> second) {
    return Stream.concat(first.stream(), second.stream()).distinct().toList();
  }
}
