package dev.interdict.server.cli.completion;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import picocli.CommandLine.Model.ArgSpec;
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
        function __%1$s_words
            set -l value no
            for word in (commandline -opc)[2..-1]
                if test $value = yes
                    set value no
                else if contains -- $word %2$s
                    set value yes
                else if not string match -q -- '-*' $word
                    echo $word
                end
            end
        end
        function __%1$s_at
            set -l words (__%1$s_words)
            test "$words" = "$argv"
        end
        function __%1$s_in
            set -l words (__%1$s_words)
            test "$words[1..$(count $argv)]" = "$argv"
        end\
        """
            .formatted(root.name(), String.join(" ", new TreeSet<>(withValue(root)))));
    script.add(root, List.of());
    return String.join("\n", script.lines) + "\n";
  }

  /// The names of all options after which a word is a value and no command.
  private static List<String> withValue(CommandSpec command) {
    var names = new ArrayList<String>();
    command.options().stream()
        .filter(option -> option.arity().max() > 0)
        .forEach(option -> names.addAll(List.of(option.names())));
    command
        .subcommands()
        .values()
        .forEach(below -> names.addAll(withValue(below.getCommandSpec())));
    return names;
  }

  private void add(CommandSpec command, List<String> path) {
    // Whatever a command is given, its options may follow.
    var is = command.subcommands().isEmpty() ? "_in" : "_at";
    var at = " -n '__" + program + is + (path.isEmpty() ? "" : " " + String.join(" ", path));
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
    command.positionalParameters().stream()
        .map(FishScript::candidates)
        .filter(candidates -> !candidates.isEmpty())
        .forEach(candidates -> lines.add(here + " -f -a " + quoted(candidates)));
  }

  private static String option(OptionSpec option) {
    var text = new StringBuilder();
    for (var name : option.names()) {
      text.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
    }
    if (option.arity().max() > 0) {
      var candidates = candidates(option);
      text.append(candidates.isEmpty() ? " -r" : " -x -a " + quoted(candidates));
    }
    var description = option.description();
    return text + " -d " + quoted(description.length == 0 ? "" : description[0]);
  }

  /// The values that there are; empty where they cannot be listed.
  private static String candidates(ArgSpec of) {
    var candidates = of.completionCandidates();
    return candidates == null
        ? ""
        : String.join(" ", candidates).toLowerCase(Locale.ROOT).replace('_', '-');
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
