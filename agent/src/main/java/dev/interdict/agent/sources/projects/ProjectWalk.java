package dev.interdict.agent.sources.projects;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import dev.interdict.agent.sources.reading.Places;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// Walks the folders of a home that people work in, nearest first, so that a budget that ends has
/// been spent on what lies on top.
///
/// Folders whose name starts with a dot are tools' own and other sources' to read, the same for the
/// system's; folders of dependencies and build products are not entered, since their packages are
/// read from where they are found.
final class ProjectWalk {
  /// Below the home.
  static final int MAX_DEPTH = 12;

  private static final Set<String> CLOSED =
      Set.of(
          "node_modules",
          "bower_components",
          "site-packages",
          "dist-packages",
          "__pycache__",
          "target",
          "Library",
          "AppData",
          "Trash",
          "snap",
          "lost+found");

  private static final byte[] CONDA = "conda-meta".getBytes(StandardCharsets.US_ASCII);

  private final int mostEntries;

  ProjectWalk(int mostEntries) {
    this.mostEntries = mostEntries;
  }

  /// Learns of each folder.
  @FunctionalInterface
  interface Visitor {
    void folder(BytePath folder, List<Tree.Entry> entries);
  }

  /// Visits the folders in order of depth. What is beyond the budget is a gap.
  void over(Places places, Visitor visitor) {
    var pending = new ArrayDeque<BytePath>();
    pending.add(places.within());
    var left = mostEntries;
    while (!pending.isEmpty()) {
      var folder = pending.removeFirst();
      var entries = places.list(folder);
      left -= entries.size();
      if (left < 0) {
        places
            .out()
            .gap(
                new UnreadableException(
                    Reason.BUDGET,
                    folder,
                    "the search for projects ended after " + mostEntries + " entries"));
        return;
      }
      visitor.folder(folder, entries);
      if (folder.depth() - places.within().depth() < MAX_DEPTH && !ofConda(entries)) {
        for (var entry : entries) {
          if (entry.kind() == FileKind.DIRECTORY && open(entry.name())) {
            pending.add(folder.resolve(entry.name()));
          }
        }
      }
    }
  }

  /// An environment of conda is no folder that people work in, and holds more files than any other.
  private static boolean ofConda(List<Tree.Entry> entries) {
    return entries.stream().anyMatch(entry -> Arrays.equals(entry.name(), CONDA));
  }

  private static boolean open(byte[] name) {
    return name[0] != '.' && !CLOSED.contains(new String(name, StandardCharsets.UTF_8));
  }
}
