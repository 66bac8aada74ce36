package dev.interdict.agent.sources.use;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Machine;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.Source;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.Jsonc;
import dev.interdict.agent.sources.reading.Places;
import dev.interdict.agent.sources.reading.TextFiles;
import dev.interdict.agent.sources.shell.StartupFile;
import dev.interdict.json.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Variables of AI tools and services that files set, by name and file: what shells and sessions
/// read when they start, Claude Code's own settings, and the terminals of editors. Told only; a
/// value is never part of it, and no other variable is taken into the inventory.
///
/// Does not see: variables that only a running process has, that launchd or a service manager sets,
/// that a secret store or a sourced file brings, and shells whose start-up files lie elsewhere
/// (`ZDOTDIR` other than `~/.config/zsh`).
public final class EnvironmentSource implements Source {
  private static final List<String> CLAUDE =
      List.of(".claude/settings.json", ".claude/settings.local.json");

  private static final List<String> CLAUDE_ON_MACHINES =
      List.of(
          "etc/claude-code/managed-settings.json",
          "Library/Application Support/ClaudeCode/managed-settings.json");

  private static final List<String> EDITORS =
      List.of(
          "Code",
          "Code - Insiders",
          "VSCodium",
          "Cursor",
          "Windsurf",
          "Qoder",
          "Trae",
          "Trae CN",
          "Kiro",
          "Antigravity");

  /// Members of an editor's settings.
  private static final List<String> TERMINALS =
      Stream.of("linux", "osx", "windows").map(os -> "terminal.integrated.env." + os).toList();

  @Override
  public String name() {
    return "environment";
  }

  @Override
  public void inspect(Machine.HomeTree home, Sightings out) {
    var places = new Places(home.tree(), home.home().path(), out);
    var variables = new Variables(home.home(), places, null);
    StartupFile.in(places).forEach(variables::look);
    claude(variables, places.within());
    for (var folder : List.of(".config", "Library/Application Support", "AppData/Roaming")) {
      for (var data : places.find(places.within(), folder)) {
        for (var editor : EDITORS) {
          settings(variables, data.resolve(editor + "/User/settings.json"), TERMINALS);
        }
      }
    }
    settings(
        variables, places.within().resolve(".vscode-server/data/Machine/settings.json"), TERMINALS);
  }

  @Override
  public void inspectSystem(Tree system, Sightings out) {
    var places = new Places(system, BytePath.ROOT, out);
    var variables = new Variables(null, places, null);
    StartupFile.in(places).forEach(variables::look);
    for (var file : CLAUDE_ON_MACHINES) {
      settings(variables, BytePath.ROOT.resolve(file), List.of("env"));
    }
  }

  /// Claude Code's settings in a home or a project.
  static void claude(Variables variables, BytePath folder) {
    for (var file : CLAUDE) {
      settings(variables, folder.resolve(file), List.of("env"));
    }
  }

  /// @param members whose members are variables
  private static void settings(Variables variables, BytePath path, List<String> members) {
    var places = variables.places();
    try {
      var real = TextFiles.real(places, path);
      var json = real == null ? null : Jsonc.object(places.tree(), real);
      if (json != null) {
        for (var member : members) {
          if (json.get(member) instanceof Json.Obj environment) {
            variables.tell(path, named(environment));
          }
        }
      }
    } catch (UnreadableException e) {
      places.out().gap(e);
    }
  }

  /// An editor takes null as: not set.
  private static List<String> named(Json.Obj environment) {
    return environment.members().entrySet().stream()
        .filter(entry ->
            entry.getValue() != Json.Null.NULL && !entry.getValue().equals(new Json.Text("")))
        .map(Map.Entry::getKey)
        .toList();
  }
}
