package dev.interdict.agent.sources.residue;

import dev.interdict.agent.sources.shell.StartupFile;
import dev.interdict.agent.sources.shell.Statement;
import dev.interdict.policy.Residue;
import java.util.LinkedHashSet;
import java.util.Set;

/// Aliases that call a tool, by the command that they call. Only commands of AI tools are looked
/// for: what else a person calls by which name is not taken into the inventory.
final class Aliases {
  private static final Set<String> COMMANDS =
      Set.of(
          "claude",
          "codex",
          "gemini",
          "aider",
          "cursor",
          "cursor-agent",
          "windsurf",
          "copilot",
          "opencode",
          "amp",
          "kiro",
          "kiro-cli",
          "trae",
          "trae-cli",
          "agy",
          "goose",
          "cline",
          "crush",
          "droid",
          "qoder",
          "qodercli",
          "qoderclicn");

  private Aliases() {}

  static void look(Remains remains) {
    for (var file : StartupFile.in(remains.places())) {
      var commands = new LinkedHashSet<String>();
      for (var statement : file.statements(remains.places(), Set.of())) {
        if (statement instanceof Statement.Alias(var name, var command)) {
          commands.add(COMMANDS.contains(command) ? command : name);
        }
      }
      commands.retainAll(COMMANDS);
      commands.forEach(command -> remains.tell(Residue.ALIAS, command, file.path()));
    }
  }
}
