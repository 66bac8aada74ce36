package dev.interdict.agent.sources.reading;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import java.util.ArrayList;
import java.util.List;

/// Finds the programs that lie in an installation's own directory. Bounded: a package may hold any
/// number of files, and those that are not found here are still told by lying below it.
public final class Executables {
  private static final int MAX_DEPTH = 4;
  private static final int MAX_ENTRIES = 512;

  private final Tree tree;
  private final List<Part> found = new ArrayList<>();
  private int entries;

  private Executables(Tree tree) {
    this.tree = tree;
  }

  /// The regular files with an execute bit at or below `directory`, shared libraries left out.
  public static List<Part> below(Tree tree, BytePath directory) throws UnreadableException {
    var search = new Executables(tree);
    search.visit(directory, 0);
    return search.found;
  }

  private void visit(BytePath directory, int depth) throws UnreadableException {
    for (var entry : tree.list(directory)) {
      if (++entries > MAX_ENTRIES) {
        return;
      }
      var path = directory.resolve(entry.name());
      if (entry.kind() == FileKind.DIRECTORY
          && depth < MAX_DEPTH
          && !path.nameText().equals("node_modules")) {
        visit(path, depth + 1);
      } else if (entry.kind() == FileKind.REGULAR && !isLibrary(path.nameText())) {
        var fact = tree.stat(path);
        if (fact != null && fact.executable()) {
          found.add(new Part(Part.Role.EXECUTABLE, path, fact.id(), fact.kind()));
        }
      }
    }
  }

  private static boolean isLibrary(String name) {
    return name.endsWith(".so")
        || name.contains(".so.")
        || name.endsWith(".dylib")
        || name.endsWith(".node");
  }
}
