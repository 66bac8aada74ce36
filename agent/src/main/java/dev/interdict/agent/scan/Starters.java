package dev.interdict.agent.scan;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Part;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;

/// What starts an installation by itself belongs to it: a service of the same user, an entry of the
/// session, a host for a browser. By the files that it starts, all of which must be that
/// installation's own, never by a name. What starts two things, or something that nobody could make
/// out, stays what it is.
final class Starters {
  /// Parts that one item gets in this way.
  private static final int MOST = 64;

  private Starters() {}

  /// The items, each with what starts it.
  static List<Item> joined(List<Item> items) {
    var starters = items.stream().filter(item -> !item.starts().isEmpty()).toList();
    return starters.isEmpty()
        ? items
        : items.stream()
            .map(item -> item.starts().isEmpty() ? with(item, starters) : item)
            .toList();
  }

  private static Item with(Item item, List<Item> starters) {
    var parts = new LinkedHashSet<>(item.parts());
    for (var starter : starters) {
      if (Objects.equals(starter.owner(), item.owner())
          && starter.starts().stream().allMatch(file -> holds(item, file))
          && parts.size() < item.parts().size() + MOST) {
        starter.parts().forEach(part -> parts.add(part.as(Part.Role.PERSISTENCE)));
      }
    }
    return parts.size() == item.parts().size() ? item : item.withParts(new ArrayList<>(parts));
  }

  private static boolean holds(Item item, BytePath file) {
    return item.parts().stream()
        .anyMatch(part ->
            part.kind() == FileKind.DIRECTORY
                ? file.startsWith(part.path())
                : file.equals(part.path()));
  }
}
