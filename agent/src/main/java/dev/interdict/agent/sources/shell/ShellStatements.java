package dev.interdict.agent.sources.shell;

import java.util.List;
import java.util.Set;

/// Takes the assignments and aliases out of a shell's commands.
final class ShellStatements {
  /// Words before a command that are none themselves (POSIX 2.4, Reserved Words).
  private static final Set<String> RESERVED =
      Set.of(
          "{", "}", "!", "if", "then", "elif", "else", "while", "until", "do", "begin", "and", "or",
          "time");

  private final Language language;
  private final Found found;

  ShellStatements(Language language, Set<String> valuesOf) {
    this.language = language;
    this.found = new Found(valuesOf);
  }

  List<Statement> of(String text) {
    for (var words : ShellWords.commands(text, language == Language.FISH)) {
      command(words);
    }
    return found.statements();
  }

  private void command(List<String> words) {
    var at = 0;
    while (at < words.size() && RESERVED.contains(words.get(at))) {
      at++;
    }
    while (at < words.size() && language != Language.FISH && assigns(words.get(at))) {
      at++;
    }
    if (at == words.size()) {
      return;
    }
    var arguments = words.subList(at + 1, words.size());
    switch (words.get(at)) {
      case "export", "declare", "typeset", "env" -> {
        if (language != Language.CSH) {
          exports(arguments);
        }
      }
      case "setenv" -> {
        if (arguments.size() > 1) {
          found.sets(arguments.getFirst(), arguments.get(1));
        }
      }
      case "set" -> {
        if (language == Language.FISH) {
          fish(arguments);
        }
      }
      case "alias" -> alias(arguments);
      default -> {}
    }
  }

  /// Whether the word is an assignment; it is told then.
  private boolean assigns(String word) {
    var equals = word.indexOf('=');
    if (equals <= 0) {
      return false;
    }
    var name = word.substring(0, word.charAt(equals - 1) == '+' ? equals - 1 : equals);
    found.sets(name, word.substring(equals + 1));
    return Found.isName(name);
  }

  /// fish takes both forms of `export`, sh and its kin the first.
  private void exports(List<String> arguments) {
    arguments.stream().filter(word -> !word.startsWith("-")).forEach(this::assigns);
  }

  /// `set [options] NAME values…`; an erasing or asking one sets nothing.
  private void fish(List<String> arguments) {
    var at = 0;
    while (at < arguments.size() && arguments.get(at).startsWith("-")) {
      var option = arguments.get(at++);
      var longer = option.startsWith("--");
      if (longer
          ? Set.of("--erase", "--query", "--show", "--names").contains(option)
          : option.chars().anyMatch(c -> "eqSn".indexOf(c) >= 0)) {
        return;
      }
    }
    if (at + 1 < arguments.size()) {
      found.sets(arguments.get(at), String.join(" ", arguments.subList(at + 1, arguments.size())));
    }
  }

  private void alias(List<String> arguments) {
    var words = arguments.stream().filter(word -> !word.startsWith("-")).toList();
    for (var word : words) {
      var equals = word.indexOf('=');
      if (equals > 0) {
        found.alias(word.substring(0, equals), word.substring(equals + 1));
      }
    }
    if (language != Language.SH && words.size() > 1 && words.getFirst().indexOf('=') < 0) {
      found.alias(words.getFirst(), String.join(" ", words.subList(1, words.size())));
    }
  }
}
