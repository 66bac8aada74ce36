package dev.interdict.agent.defences;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// One change of a source: some whole lines, and what stands there without the defence. Indentation
/// does not count.
///
/// @param type the class whose source it is
/// @param lines what is there, as it is written
/// @param without what is put in its place; may be none
record Edit(String type, List<String> lines, List<String> without) {
  private static final List<String> MODULES = List.of("agent", "shared");

  Edit {
    lines = List.copyOf(lines);
    without = List.copyOf(without);
  }

  /// The module's folder that holds the source.
  ///
  /// @param project the folder with the modules
  Path module(Path project) {
    return MODULES.stream()
        .map(project::resolve)
        .filter(module -> Files.exists(source(module)))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no module has a source of " + type));
  }

  private Path source(Path module) {
    return module.resolve("src/main/java").resolve(type.replace('.', '/') + ".java");
  }

  /// The source as it is.
  String read(Path project) throws IOException {
    return Files.readString(source(module(project)));
  }

  /// The source without the defence.
  ///
  /// @throws IllegalArgumentException unless the lines are there exactly once
  String apply(String source) {
    var all = source.lines().toList();
    var stripped = all.stream().map(String::strip).toList();
    var at = -1;
    for (var i = 0; i + lines.size() <= all.size(); i++) {
      if (stripped.subList(i, i + lines.size()).equals(lines)) {
        if (at >= 0) {
          throw new IllegalArgumentException(type + " has more than once: " + lines);
        }
        at = i;
      }
    }
    if (at < 0) {
      throw new IllegalArgumentException(type + " has no longer: " + lines);
    }
    var changed = new ArrayList<>(all.subList(0, at));
    changed.addAll(without);
    changed.addAll(all.subList(at + lines.size(), all.size()));
    return String.join("\n", changed) + "\n";
  }
}
