package dev.interdict.agent.scan;

import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One real file or folder is one installation, however many paths and homes lead to it.
final class Copies {
  private Copies() {}

  private record Key(String source, FileId main) {}

  /// The items with those of one source and one main file or folder joined: the first seen stays,
  /// with the parts of all. Items without a main part are joined only where they are equal.
  static List<Item> merged(List<Item> items) {
    Map<Object, Item> merged = new LinkedHashMap<>();
    for (var item : items) {
      var main = main(item);
      var key = main == null ? item : new Key(item.source(), main);
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
        first.origin());
  }
}
