package dev.interdict.server.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Supplier;
import picocli.CommandLine;

/// The commands of a program by their first word, each made only where it is needed: reading the
/// options of a command from its class takes longer than most commands run.
final class Commands {
  private record Entry(Supplier<CommandLine> head, Supplier<List<CommandLine>> below) {
    CommandLine whole() {
      var line = head.get();
      below.get().forEach(each -> line.addSubcommand(each));
      return line;
    }
  }

  private final SequencedMap<String, Entry> entries = new LinkedHashMap<>();

  /// One that stands alone.
  Commands alone(String name, Supplier<Object> command) {
    return ready(name, () -> new CommandLine(command.get()));
  }

  /// One that stands alone and is put together elsewhere.
  Commands ready(String name, Supplier<CommandLine> line) {
    entries.put(name, new Entry(line, List::of));
    return this;
  }

  /// One that holds others.
  Commands group(String name, Supplier<Object> head, Supplier<List<?>> below) {
    Supplier<List<CommandLine>> lines =
        () ->
            below.get().stream()
                .map(each -> each instanceof CommandLine line ? line : new CommandLine(each))
                .toList();
    entries.put(name, new Entry(() -> new CommandLine(head.get()), lines));
    return this;
  }

  /// Gives one that holds others these instead.
  Commands below(String name, Supplier<List<CommandLine>> below) {
    entries.computeIfPresent(name, (_, before) -> new Entry(before.head(), below));
    return this;
  }

  /// The program for these arguments: with the command that they name, whole; with all of them,
  /// whole, for `completion`; else, for help and for words that are no command, with all of them
  /// and nothing below.
  CommandLine program(Object root, String... arguments) {
    var named = arguments.length == 0 ? null : entries.get(arguments[0]);
    if (named != null && arguments[0].equals("completion")) {
      return whole(root);
    }
    var program = new CommandLine(root);
    if (named != null) {
      return add(program, arguments[0], named.whole());
    }
    entries.forEach((name, entry) -> add(program, name, entry.head().get()));
    return program;
  }

  /// The program with everything that it can do.
  CommandLine whole(Object root) {
    var program = new CommandLine(root);
    entries.forEach((name, entry) -> add(program, name, entry.whole()));
    return program;
  }

  private static CommandLine add(CommandLine program, String name, CommandLine command) {
    if (!command.getCommandName().equals(name)) {
      throw new IllegalStateException(command.getCommandName() + " is entered as " + name);
    }
    return program.addSubcommand(command);
  }
}
