package dev.interdict.agent.sources.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Collects statements, and lets no value out that was not asked for.
final class Found {
  private static final int LONGEST_NAME = 128;

  private final Set<String> valuesOf;
  private final List<Statement> statements = new ArrayList<>();

  Found(Set<String> valuesOf) {
    this.valuesOf = valuesOf;
  }

  List<Statement> statements() {
    return List.copyOf(statements);
  }

  /// A variable is set, unless its name is none or it gets nothing.
  void sets(String name, String value) {
    if (isName(name) && !value.isBlank()) {
      statements.add(new Statement.Sets(name, valuesOf.contains(name) ? value : null));
    }
  }

  /// @param call the words that the name stands for, with blanks between them
  void alias(String name, String call) {
    statements.add(new Statement.Alias(name, commandOf(call)));
  }

  /// POSIX, Base Definitions, 3.216: letters, digits and underscores, no digit first.
  static boolean isName(String text) {
    return !text.isEmpty()
        && text.length() <= LONGEST_NAME
        && !(text.charAt(0) >= '0' && text.charAt(0) <= '9')
        && text.chars()
            .allMatch(c ->
                c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9');
  }

  /// The first word that is no assignment, without its folders and without `.exe`.
  private static String commandOf(String call) {
    for (var word : call.strip().split("\\s+", 64)) {
      var equals = word.indexOf('=');
      if (equals < 0 || !isName(word.substring(0, equals))) {
        var name = word.substring(Math.max(word.lastIndexOf('/'), word.lastIndexOf('\\')) + 1);
        return name.endsWith(".exe") ? name.substring(0, name.length() - 4) : name;
      }
    }
    return "";
  }
}
