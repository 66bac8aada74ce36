package dev.interdict.agent.sources.linux;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileFact;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.Places;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The desktop files of one home or of the machine. Bounded: a folder may hold any number.
final class DesktopFiles {
  private static final int MAX_DEPTH = 4;
  private static final int MOST = 4000;
  private static final int MAX_BYTES = 256 << 10;

  /// One desktop file.
  ///
  /// @param id its path below the folder, with `-` for each slash, as the specification forms it
  /// @param fact of the file, which is no link
  record DesktopFile(BytePath path, String id, FileFact fact, DesktopEntry entry) {}

  private final Places places;
  private final List<DesktopFile> found = new ArrayList<>();
  private int looked;

  private DesktopFiles(Places places) {
    this.places = places;
  }

  /// What lies in those folders, as patterns below the home or the root. Links are passed over:
  /// they lead to what a package manager has put elsewhere.
  static List<DesktopFile> in(Places places, List<String> folders) {
    var files = new DesktopFiles(places);
    for (var pattern : folders) {
      for (var folder : places.find(places.within(), pattern)) {
        files.visit(folder, "", 0);
      }
    }
    return files.found;
  }

  private void visit(BytePath folder, String prefix, int depth) {
    for (var entry : places.list(folder)) {
      var path = folder.resolve(entry.name());
      var name = path.nameText();
      if (++looked > MOST) {
        places
            .out()
            .gap(
                new UnreadableException(
                    UnreadableException.Reason.BUDGET, folder, "more than " + MOST + " entries"));
        return;
      }
      if (entry.kind() == FileKind.DIRECTORY && depth < MAX_DEPTH) {
        visit(path, prefix + name + "-", depth + 1);
      } else if (entry.kind() == FileKind.REGULAR && name.endsWith(".desktop")) {
        file(path, prefix + name);
      }
    }
  }

  private void file(BytePath path, String id) {
    try {
      var fact = places.tree().stat(path);
      var bytes = places.tree().read(path, MAX_BYTES);
      if (fact != null && bytes != null) {
        var entry = DesktopEntry.of(new String(bytes, StandardCharsets.UTF_8));
        if (entry.application()) {
          found.add(new DesktopFile(path, id, fact, entry));
        }
      }
    } catch (UnreadableException e) {
      places.out().gap(e);
    }
  }
}
