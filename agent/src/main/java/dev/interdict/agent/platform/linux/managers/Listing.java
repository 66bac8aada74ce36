package dev.interdict.agent.platform.linux.managers;

import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.report.ErrorClass;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The files of a package, bounded.
final class Listing {
  /// Of a package with more files nobody can say what runs from it.
  static final int MOST = 200_000;

  private Listing() {}

  /// Paths from lines of text. Names that are not UTF-8 are left out: they come out as other ones.
  static List<BytePath> paths(List<String> lines) throws NotRemovedException {
    if (lines.size() > MOST) {
      throw tooMany();
    }
    var paths = new ArrayList<BytePath>();
    for (var line : lines) {
      var path = path(line);
      if (path != null && path.depth() > 0) {
        paths.add(path);
      }
    }
    return paths;
  }

  private static @Nullable BytePath path(String line) {
    if (line.indexOf('\ufffd') >= 0) {
      return null;
    }
    var path = BytePath.ROOT;
    for (var component : line.split("/")) {
      if (component.isEmpty() || component.equals(".")) {
        continue;
      }
      try {
        path = path.resolve(component.getBytes(StandardCharsets.UTF_8));
      } catch (IllegalArgumentException e) {
        return null;
      }
    }
    return path;
  }

  /// All files below a folder.
  static List<BytePath> below(Tree tree, BytePath folder) throws NotRemovedException {
    var files = new ArrayList<BytePath>();
    var ahead = new ArrayDeque<BytePath>(List.of(folder));
    try {
      while (!ahead.isEmpty()) {
        var here = ahead.removeLast();
        for (var entry : tree.list(here)) {
          var path = here.resolve(entry.name());
          if (entry.kind() == FileKind.DIRECTORY) {
            ahead.add(path);
          } else if (entry.kind() == FileKind.REGULAR) {
            files.add(path);
          }
        }
        if (files.size() + ahead.size() > MOST) {
          throw tooMany();
        }
      }
    } catch (UnreadableException e) {
      throw NotRemovedException.failed(
          ErrorClass.OTHER, "the package's files cannot be listed: " + e.reason());
    }
    return files;
  }

  private static NotRemovedException tooMany() {
    return NotRemovedException.refused(Refusal.TOO_LARGE, "it has more than " + MOST + " files");
  }
}
