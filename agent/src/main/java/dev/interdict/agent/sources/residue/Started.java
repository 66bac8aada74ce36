package dev.interdict.agent.sources.residue;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.Links;
import dev.interdict.agent.sources.reading.Places;
import dev.interdict.agent.sources.reading.RecordedPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which file a command line starts, as services and desktop entries write one. Only what the line
/// names by a whole path: a bare name is looked up somewhere else on each machine, and what a shell
/// is told with `-c` nobody can say.
final class Started {
  /// Programs that run the file that they are given.
  private static final Set<String> INTERPRETERS =
      Set.of("env", "node", "nodejs", "bun", "deno", "python", "python3", "sh", "bash", "dash");

  private static final int MOST_WORDS = 64;

  private Started() {}

  /// The file that `line` starts, with the links of the home resolved; null where it names none, or
  /// one outside of the home.
  static @Nullable BytePath by(String line, Places places) {
    return by(words(line), places);
  }

  /// As [#by(String, Places)], with the words told apart.
  static @Nullable BytePath by(List<String> words, Places places) {
    var i = 0;
    while (i < words.size()) {
      var word = words.get(i);
      var slash = word.lastIndexOf('/');
      if (slash < 0) {
        return null;
      }
      if (!INTERPRETERS.contains(word.substring(slash + 1))) {
        return real(word, places);
      }
      var env = word.endsWith("/env");
      i++;
      while (i < words.size() && (env ? isAssignment(words.get(i)) : isFlag(words.get(i)))) {
        i++;
      }
      // `env node x`: what env finds runs the next word.
      if (env && i < words.size() && INTERPRETERS.contains(words.get(i))) {
        i++;
      }
    }
    return null;
  }

  private static boolean isAssignment(String word) {
    return word.indexOf('=') > 0 && word.charAt(0) != '/';
  }

  /// A flag that takes no word after it: its value, if it has one, is in it.
  private static boolean isFlag(String word) {
    return word.equals("run") || word.startsWith("--") && word.indexOf('=') > 0;
  }

  private static @Nullable BytePath real(String path, Places places) {
    var meant = path.startsWith("/") ? RecordedPath.of(places.within(), path) : null;
    if (meant == null || path.indexOf('$') >= 0 || !meant.startsWith(places.within())) {
      return null;
    }
    try {
      var real = Links.real(places.tree(), places.within(), meant);
      return real == null ? meant : real;
    } catch (UnreadableException e) {
      // A link that leads out of the home: what it starts is not this home's.
      return null;
    }
  }

  /// The words of a line of systemd (systemd.syntax(7), systemd.service(5) COMMAND LINES); none
  /// where it says something that only systemd knows.
  ///
  /// @param home what `%h` stands for
  static List<String> unit(String line, BytePath home) {
    var words = new ArrayList<>(words(line));
    if (words.isEmpty()) {
      return List.of();
    }
    var first = words.getFirst();
    var at = 0;
    while (at < first.length() && "@-:+!|".indexOf(first.charAt(at)) >= 0) {
      at++;
    }
    // With @ the second word is only a name for the process.
    if (first.substring(0, at).indexOf('@') >= 0 && words.size() > 1) {
      words.remove(1);
    }
    words.set(0, first.substring(at));
    var plain = new ArrayList<String>();
    for (var word : words) {
      var known = word.replace("%%", "\0").replace("%h", home.toString());
      if (known.indexOf('%') >= 0) {
        break;
      }
      plain.add(known.replace('\0', '%'));
    }
    return plain;
  }

  /// Words between blanks, with quotes of both kinds taken off and the character after a backslash
  /// as it is.
  static List<String> words(String line) {
    var words = new ArrayList<String>();
    var word = new StringBuilder();
    var quote = '\0';
    var open = false;
    for (var i = 0; i < line.length() && words.size() < MOST_WORDS; i++) {
      var c = line.charAt(i);
      if (c == '\\' && i + 1 < line.length()) {
        word.append(line.charAt(++i));
        open = true;
      } else if (quote != '\0' ? c == quote : c == '"' || c == '\'') {
        quote = quote == '\0' ? c : '\0';
        open = true;
      } else if (quote == '\0' && Character.isWhitespace(c)) {
        if (open) {
          words.add(word.toString());
        }
        word.setLength(0);
        open = false;
      } else {
        word.append(c);
        open = true;
      }
    }
    if (open) {
      words.add(word.toString());
    }
    return words;
  }
}
