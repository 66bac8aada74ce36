package dev.interdict.agent.sources.python;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which folders and files of one folder of packages belong to one distribution alone. Several
/// distributions put modules into one namespace (`google`), and some overwrite each other's
/// (`tests`); what two of them list is nobody's.
final class Ownership {
  /// Something that two distributions list, or one that keeps no list may have put there.
  private static final Object SHARED = new Object();

  private final Map<String, Object> folders = new HashMap<>();
  private final Map<String, Object> files = new HashMap<>();
  private final Map<String, Object> programs = new HashMap<>();

  /// @param others what distributions list whose metadata could not be read
  Ownership(List<Distribution> distributions, List<InstalledFiles> others) {
    for (var listed : others) {
      foldersOf(listed).forEach(folder -> folders.put(folder, SHARED));
      listed.paths().forEach(path -> files.put(path, SHARED));
      listed.programs().forEach(program -> programs.put(program.name(), SHARED));
    }
    for (var distribution : distributions) {
      distribution
          .claims()
          .forEach(name -> {
            folders.put(name, SHARED);
            files.put(name, SHARED);
          });
      var listed = distribution.files();
      if (listed != null) {
        foldersOf(listed).forEach(folder -> folders.merge(folder, distribution, Ownership::both));
      }
    }
    for (var distribution : distributions) {
      var listed = distribution.files();
      if (listed != null) {
        listed.paths().stream()
            .filter(
                path -> !folders.containsKey(parent(path)) || folders.get(parent(path)) == SHARED)
            .forEach(path -> files.merge(path, distribution, Ownership::both));
        listed
            .programs()
            .forEach(program -> programs.merge(program.name(), distribution, Ownership::both));
      }
    }
  }

  private static Object both(Object first, Object second) {
    return first == second ? first : SHARED;
  }

  private static Set<String> foldersOf(InstalledFiles listed) {
    var folders = new HashSet<String>();
    for (var path : listed.paths()) {
      for (var above = parent(path); folders.add(above) && !above.isEmpty(); ) {
        above = parent(above);
      }
    }
    folders.remove("");
    return folders;
  }

  private static String parent(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  /// The topmost folders and files that are this distribution's alone, its record left out.
  List<String> roots(Distribution distribution) {
    var roots = new LinkedHashSet<String>();
    var listed = distribution.files();
    for (var path : listed == null ? List.<String>of() : listed.paths()) {
      var root = "";
      for (var above = parent(path); !above.isEmpty(); above = parent(above)) {
        root = folders.get(above) == distribution ? above : root;
      }
      if (!root.isEmpty()) {
        roots.add(root);
      } else if (files.get(path) == distribution) {
        roots.add(path);
      }
    }
    roots.remove(distribution.record().nameText());
    return new ArrayList<>(roots);
  }

  /// Whether no other distribution lists a program of that name.
  boolean owns(Distribution distribution, InstalledFiles.Program program) {
    return programs.get(program.name()) == distribution;
  }
}
