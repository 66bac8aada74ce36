package dev.interdict.server.cli;

import dev.interdict.server.cli.operations.Deeds;
import dev.interdict.server.cli.operations.EnrolmentTokenCommand;
import dev.interdict.server.cli.terminal.Console;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine;

/// The commands that work in a server's folder, and with `--profile` ask a server over its API
/// instead, under the same names.
final class OverApi {
  private static final Set<String> GROUPS =
      Set.of("draft", "proposal", "exemption", "failures", "enrol", "risk");
  private static final Set<String> ALONE = Set.of("pause", "resume", "withdraw");

  private OverApi() {}

  /// Whether these arguments ask a server for what could be done beside one.
  static boolean isMeant(String... arguments) {
    return arguments.length > 0
        && isBoth(arguments[0])
        && Stream.of(arguments).anyMatch(word -> word.matches("--profiles?(=.*)?"));
  }

  private static boolean isBoth(String name) {
    return GROUPS.contains(name) || ALONE.contains(name);
  }

  /// Puts them in the place of those that work in a folder.
  static void instead(Commands commands, Console console) {
    for (var name : GROUPS) {
      commands.below(
          name,
          () -> {
            var below = new ArrayList<>(Deeds.below(name, console));
            if (name.equals("enrol")) {
              below.add(tokens(console));
            }
            return below;
          });
    }
    for (var name : ALONE) {
      commands.ready(name, () -> Deeds.alone(name, console));
    }
  }

  /// Says in the help of those that work in a folder how to ask a server.
  static void mention(CommandLine program) {
    program
        .getSubcommands()
        .forEach((name, command) -> {
          if (isBoth(name)) {
            var usage = command.getCommandSpec().usageMessage();
            var lines = new ArrayList<>(List.of(usage.description()));
            lines.add(
                "This works in the server's folder. From any machine, over its API: interdict "
                    + name
                    + " --profile NAME --help.");
            usage.description(lines.toArray(String[]::new));
          }
        });
  }

  /// `interdict enrol token`.
  static CommandLine tokens(Console console) {
    return below(new EnrolmentTokenCommand(), "token", console);
  }

  /// A group within a group, with what is below it.
  static CommandLine below(Object group, String name, Console console) {
    var line = new CommandLine(group);
    Deeds.below(name, console).forEach(line::addSubcommand);
    return line;
  }
}
