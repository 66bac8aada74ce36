package dev.interdict.server.cli.completion;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Completion for fish, which the library of the commands does not write: for each command a line
/// for every command below it and for every option.
public final class FishScript {
  private final String program;
  private final List<String> lines = new ArrayList<>();

  private FishScript(String program) {
    this.program = program;
  }

  /// The script for a program with all its commands.
  public static String of(CommandSpec root) {
    var script = new FishScript(root.name());
    script.lines.add("# fish completion for " + root.name() + "; made out of its own help");
    script.lines.add(
        """
        function __%1$s_at
            set -l words (commandline -opc | string match -v -- '-*')
            test "$words[2..-1]" = "$argv"
        end\
        """
            .formatted(root.name()));
    script.add(root, List.of());
    return String.join("\n", script.lines) + "\n";
  }

  private void add(CommandSpec command, List<String> path) {
    var at = " -n '__" + program + "_at" + (path.isEmpty() ? "" : " " + String.join(" ", path));
    var here = "complete -c " + program + at + "'";
    command
        .subcommands()
        .forEach((name, below) -> {
          lines.add(here + " -f -a " + name + " -d " + quoted(description(below.getCommandSpec())));
          var deeper = new ArrayList<>(path);
          deeper.add(name);
          add(below.getCommandSpec(), deeper);
        });
    command.options().stream()
        .filter(option -> !option.hidden())
        .forEach(option -> lines.add(here + option(option)));
  }

  private static String option(OptionSpec option) {
    var text = new StringBuilder();
    for (var name : option.names()) {
      text.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
    }
    if (option.arity().max() > 0) {
      text.append(" -r");
    }
    var description = option.description();
    return text + " -d " + quoted(description.length == 0 ? "" : description[0]);
  }

  private static String description(CommandSpec command) {
    var description = command.usageMessage().description();
    return description.length == 0 ? "" : description[0];
  }

  /// One word of the shell's, whatever is in it.
  private static String quoted(String text) {
    return "'" + text.replace("%%", "%").replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
