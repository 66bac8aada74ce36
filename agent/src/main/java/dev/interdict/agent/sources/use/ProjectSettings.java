package dev.interdict.agent.sources.use;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.sources.reading.Places;
import dev.interdict.agent.sources.shell.Language;
import dev.interdict.agent.sources.shell.StartupFile;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What a project sets for those who work in it: variables in `.env` and `.envrc`, and the models
/// of tools.
///
/// Does not see: examples of `.env` files, which nobody loads, and `.vscode/settings.json`.
public final class ProjectSettings {
  private static final Set<String> EXAMPLES =
      Set.of("example", "sample", "template", "dist", "schema", "defaults");

  /// The known files by the name that stands in the project's own folder.
  private static final Map<String, List<ModelFile>> BY_NAME =
      ModelFile.IN_PROJECTS.stream()
          .collect(Collectors.groupingBy(file -> file.place().split("/", 2)[0]));

  private ProjectSettings() {}

  /// Looks at one folder of a project, or at the home itself.
  public static void look(Home home, Places places, BytePath folder, List<Tree.Entry> entries) {
    var variables = new Variables(home, places, "project");
    var seen = new HashSet<String>();
    for (var entry : entries) {
      var path = folder.resolve(entry.name());
      var name = path.nameText();
      if (entry.kind() != FileKind.DIRECTORY && name.startsWith(".env")) {
        environment(variables, path, name);
      }
      // Those that lie hidden in the home itself are the tools' own.
      var tools = folder.equals(home.path()) && name.startsWith(".");
      if (!tools && seen.add(name)) {
        if (name.equals(".claude")) {
          EnvironmentSource.claude(variables, folder);
        }
        for (var file : BY_NAME.getOrDefault(name, List.of())) {
          ModelSource.look(home, places, file, folder.resolve(file.place()), "project");
        }
      }
    }
  }

  private static void environment(Variables variables, BytePath path, String name) {
    var suffix = name.substring(name.lastIndexOf('.') + 1);
    if (EXAMPLES.contains(suffix)) {
      return;
    }
    if (name.equals(".envrc") || name.startsWith(".envrc.")) {
      variables.look(new StartupFile(path, Language.SH));
    } else if (name.equals(".env") || name.startsWith(".env.")) {
      variables.look(new StartupFile(path, Language.ASSIGNMENTS));
    }
  }
}
