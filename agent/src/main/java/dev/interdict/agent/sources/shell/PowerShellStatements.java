package dev.interdict.agent.sources.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads PowerShell profiles line by line: `$env:NAME = …`,
/// `[Environment]::SetEnvironmentVariable`, `Set-Item Env:NAME …` and `Set-Alias`. Comments and
/// here-strings are left out. PowerShell compares names without case; variables are told in upper
/// case.
final class PowerShellStatements {
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final String SETTER = "]::setenvironmentvariable(";

  private final Found found;
  private String until = "";

  PowerShellStatements(Set<String> valuesOf) {
    this.found = new Found(valuesOf);
  }

  List<Statement> of(String text) {
    text.lines().map(String::strip).forEach(this::line);
    return found.statements();
  }

  private void line(String line) {
    if (!until.isEmpty()) {
      if (until.equals("#>") ? line.contains(until) : line.startsWith(until)) {
        until = "";
      }
      return;
    }
    if (line.startsWith("<#")) {
      until = line.contains("#>") ? "" : "#>";
      return;
    }
    if (line.endsWith("@\"") || line.endsWith("@'")) {
      until = line.charAt(line.length() - 1) + "@";
    }
    if (!line.startsWith("#")) {
      statement(line);
    }
  }

  private void statement(String line) {
    var lower = line.toLowerCase(Locale.ROOT);
    var setter = lower.indexOf(SETTER);
    if (lower.startsWith("$env:") || lower.startsWith("${env:")) {
      var equals = line.indexOf('=');
      if (equals > 0) {
        var name = line.substring(line.indexOf(':') + 1, equals).strip();
        sets(
            name.endsWith("}") ? name.substring(0, name.length() - 1) : name,
            line.substring(equals + 1));
      }
    } else if (setter >= 0) {
      var arguments = line.substring(setter + SETTER.length()).split(",", 3);
      if (arguments.length > 1) {
        sets(unquoted(arguments[0]), arguments[1]);
      }
    } else {
      words(BLANKS.split(line, 64));
    }
  }

  /// A command with its parameters' names left out.
  private void words(String[] words) {
    var values = new ArrayList<String>();
    for (var i = 1; i < words.length; i++) {
      if (!words[i].startsWith("-")) {
        values.add(unquoted(words[i]));
      }
    }
    if (values.size() < 2) {
      return;
    }
    switch (words[0].toLowerCase(Locale.ROOT)) {
      case "set-item", "new-item", "si" -> {
        if (values.getFirst().regionMatches(true, 0, "env:", 0, 4)) {
          sets(values.getFirst().substring(4), values.get(1));
        }
      }
      case "set-alias", "new-alias", "sal", "nal" -> found.alias(values.getFirst(), values.get(1));
      default -> {}
    }
  }

  private void sets(String name, String value) {
    var bare = unquoted(value);
    if (!bare.equalsIgnoreCase("$null")) {
      found.sets(name.toUpperCase(Locale.ROOT), bare);
    }
  }

  private static String unquoted(String text) {
    var end = text.length();
    while (end > 0 && ") ;\t".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    var bare = text.substring(0, end).strip();
    var quoted =
        bare.length() >= 2
            && (bare.charAt(0) == '"' || bare.charAt(0) == '\'')
            && bare.charAt(bare.length() - 1) == bare.charAt(0);
    return quoted ? bare.substring(1, bare.length() - 1) : bare;
  }
}
