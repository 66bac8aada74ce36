package dev.interdict.agent.sources.reading;

import dev.interdict.json.Json;
import java.util.ArrayList;
import java.util.List;

/// Takes the texts out of a document that stand at known places, and nothing else of it.
public final class Pick {
  private Pick() {}

  /// The strings at those paths, in their order: names of members with `/` between them, where `*`
  /// stands for every member or item.
  public static List<String> texts(Json json, String... paths) {
    var found = new ArrayList<String>();
    for (var path : paths) {
      visit(json, path.split("/"), 0, found);
    }
    return found;
  }

  private static void visit(Json json, String[] path, int at, List<String> found) {
    if (at == path.length) {
      if (json instanceof Json.Text(var text)) {
        found.add(text);
      }
      return;
    }
    var every = path[at].equals("*");
    switch (json) {
      case Json.Obj(var members) -> {
        if (every) {
          members.values().forEach(member -> visit(member, path, at + 1, found));
        } else if (members.get(path[at]) instanceof Json member) {
          visit(member, path, at + 1, found);
        }
      }
      case Json.Arr(var items) -> {
        if (every) {
          items.forEach(item -> visit(item, path, at + 1, found));
        }
      }
      default -> {}
    }
  }
}
