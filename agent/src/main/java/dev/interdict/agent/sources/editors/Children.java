package dev.interdict.agent.sources.editors;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.sources.reading.Places;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// The folders that one folder holds, itself or by links.
///
/// @param links of each link-free folder, the links that lead to it; none where it lies there
///   itself
record Children(Places places, SequencedMap<BytePath, List<BytePath>> links) {

  static Children of(Places places, BytePath root) {
    var children = new Children(places, new LinkedHashMap<>());
    for (var entry : places.list(root)) {
      var path = root.resolve(entry.name());
      if (entry.kind() == FileKind.DIRECTORY) {
        children.include(path);
      } else if (entry.kind() == FileKind.LINK) {
        for (var folder : places.at(path)) {
          children.links.computeIfAbsent(folder, _ -> new ArrayList<>()).add(path);
        }
      }
    }
    return children;
  }

  /// Counts the folder at that path among them, if there is one.
  void include(BytePath path) {
    places.at(path).forEach(folder -> links.computeIfAbsent(folder, _ -> new ArrayList<>()));
  }
}
