package dev.interdict.agent.sources.python;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.sources.reading.Launchers;
import dev.interdict.agent.sources.reading.Places;
import java.util.List;
import java.util.Map;

/// The environments of Python that lie in a person's own folders.
public final class ProjectEnvironments {
  private static final String PROJECT = "project";

  /// Folders of a project that are not walked, with where environments lie in them.
  private static final Map<String, String> HIDDEN =
      Map.of(
          ".venv", "",
          ".env", "",
          ".virtualenv", "",
          ".conda", "",
          ".tox", "*",
          ".nox", "*",
          ".direnv", "python-*",
          ".pixi", "envs/*");

  private ProjectEnvironments() {}

  /// Reads the folders of packages that a folder of the walk holds: an interpreter's
  /// (`site-packages`), one that `pip install --target` made (distributions directly in it),
  /// environments under a hidden name, and conda's.
  ///
  /// @param entries of the folder
  public static void read(Home home, Places places, BytePath folder, List<Tree.Entry> entries) {
    var environments = new Environments(places, home, new Launchers(places));
    var holdsDistributions = false;
    for (var entry : entries) {
      var path = folder.resolve(entry.name());
      var name = path.nameText();
      if (entry.kind() != FileKind.DIRECTORY) {
        continue;
      }
      if (name.equals("site-packages") || name.equals("dist-packages")) {
        environments.packages(path, Environment.of(PROJECT, folder));
      } else if (name.equals("conda-meta")) {
        environments.look(Environment.of("conda environment", folder));
      } else if (HIDDEN.get(name) instanceof String pattern && !inOwnPlace(home, folder, name)) {
        for (var found : places.find(path, pattern)) {
          environments.look(Environment.of(PROJECT, found));
        }
      }
      holdsDistributions |= name.endsWith(".dist-info");
    }
    if (holdsDistributions) {
      environments.packages(folder, Environment.of(PROJECT, folder));
    }
  }

  /// What lies directly in the home is one of the places that every home may hold.
  private static boolean inOwnPlace(Home home, BytePath folder, String name) {
    return folder.equals(home.path()) && (name.equals(".venv") || name.equals(".conda"));
  }
}
