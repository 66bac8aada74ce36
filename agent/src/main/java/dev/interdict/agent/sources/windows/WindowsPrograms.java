package dev.interdict.agent.sources.windows;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The programs in a folder of Windows, where the name and no permission makes a program. Bounded;
/// what is not listed is still told by lying below its installation.
final class WindowsPrograms {
  private static final int MOST_ENTRIES = 512;
  private static final int MAX_DEPTH = 3;

  private WindowsPrograms() {}

  /// The folder as an installation of its own: the folder, and the programs at or below it.
  static List<Part> installation(Tree tree, BytePath folder) throws UnreadableException {
    var parts = new ArrayList<Part>();
    var fact = tree.stat(folder);
    if (fact != null && fact.kind() == FileKind.DIRECTORY) {
      parts.add(new Part(Part.Role.MAIN, folder, fact.id(), fact.kind()));
      visit(tree, folder, 0, new int[] {MOST_ENTRIES}, parts);
    }
    return parts;
  }

  private static void visit(Tree tree, BytePath folder, int depth, int[] left, List<Part> parts)
      throws UnreadableException {
    for (var entry : tree.list(folder)) {
      if (--left[0] < 0) {
        return;
      }
      var path = folder.resolve(entry.name());
      if (entry.kind() == FileKind.DIRECTORY && depth < MAX_DEPTH) {
        visit(tree, path, depth + 1, left, parts);
      } else if (entry.kind() == FileKind.REGULAR && isProgram(path.nameText())) {
        add(tree, path, Part.Role.EXECUTABLE, parts);
      }
    }
  }

  /// The regular file there as a part, if there is one.
  static void add(Tree tree, BytePath path, Part.Role role, List<Part> parts)
      throws UnreadableException {
    var fact = tree.stat(path);
    if (fact != null && fact.kind() == FileKind.REGULAR) {
      parts.add(new Part(role, path, fact.id(), fact.kind()));
    }
  }

  static boolean isProgram(String name) {
    var lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".exe") || lower.endsWith(".com");
  }
}
