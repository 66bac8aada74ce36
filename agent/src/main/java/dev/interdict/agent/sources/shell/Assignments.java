package dev.interdict.agent.sources.shell;

import java.util.List;
import java.util.Set;

/// Reads files with one assignment to a line. A value in quotes that goes on over several lines is
/// not followed: a line of it that looks like an assignment counts as one.
final class Assignments {
  private static final String UNIVERSAL = "SETUVAR ";

  /// fish itself writes two at most: `--export` and `--path`.
  private static final int MOST_OPTIONS = 4;

  private final boolean universal;
  private final Found found;

  Assignments(Language language, Set<String> valuesOf) {
    this.universal = language == Language.FISH_VARIABLES;
    this.found = new Found(valuesOf);
  }

  List<Statement> of(String text) {
    text.lines().map(String::strip).forEach(universal ? this::universal : this::line);
    return found.statements();
  }

  private void line(String line) {
    var rest = line.startsWith("export ") ? line.substring(7).strip() : line;
    var equals = rest.indexOf('=');
    if (equals > 0) {
      var left = rest.substring(0, equals).strip();
      var blank = left.indexOf(' ');
      var option = blank < 0 ? "" : left.substring(blank).strip();
      var pam = option.equals("DEFAULT") || option.equals("OVERRIDE");
      found.sets(pam ? left.substring(0, blank) : left, unquoted(rest.substring(equals + 1)));
    }
  }

  private void universal(String line) {
    if (line.startsWith(UNIVERSAL)) {
      var rest = line.substring(UNIVERSAL.length()).strip();
      for (var option = 0; option < MOST_OPTIONS && rest.startsWith("--"); option++) {
        rest = rest.substring(Math.max(rest.indexOf(' '), 0)).strip();
      }
      var colon = rest.indexOf(':');
      if (colon > 0) {
        found.sets(rest.substring(0, colon), rest.substring(colon + 1));
      }
    }
  }

  private static String unquoted(String value) {
    var bare = value.strip();
    if (bare.startsWith("#")) {
      return "";
    }
    if (bare.length() >= 2 && (bare.charAt(0) == '"' || bare.charAt(0) == '\'')) {
      var end = bare.indexOf(bare.charAt(0), 1);
      return end < 0 ? bare.substring(1) : bare.substring(1, end);
    }
    var comment = bare.indexOf(" #");
    return comment < 0 ? bare : bare.substring(0, comment).strip();
  }
}
