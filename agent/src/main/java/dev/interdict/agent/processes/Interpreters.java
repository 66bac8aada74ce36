package dev.interdict.agent.processes;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which argument of an interpreter names the script it runs. Only the first word that is no option
/// counts: a later one is the script's own argument and may be any file of the user.
final class Interpreters {

  /// How one interpreter reads its arguments.
  ///
  /// @param commands words before the script
  /// @param valued options whose next word is their value
  /// @param scriptless options after which there is no script file
  private record Grammar(Set<String> commands, Set<String> valued, Set<String> scriptless) {}

  private static final Grammar NODE =
      new Grammar(
          Set.of(),
          Set.of(
              "-r",
              "--require",
              "--import",
              "--loader",
              "--experimental-loader",
              "-C",
              "--conditions",
              "--env-file",
              "--inspect-port",
              "--title",
              "--icu-data-dir",
              "--input-type",
              "--max-http-header-size",
              "--stack-trace-limit"),
          Set.of(
              "-e", "--eval", "-p", "--print", "-c", "--check", "-i", "--interactive", "--test"));
  private static final Grammar PYTHON =
      new Grammar(Set.of(), Set.of("-W", "-X", "--check-hash-based-pycs"), Set.of("-c", "-m", "-"));
  private static final Grammar BUN =
      new Grammar(
          Set.of("run", "x"),
          Set.of("-r", "--preload", "--cwd", "-c", "--config", "--env-file", "--port"),
          Set.of("-e", "--eval", "-p", "--print", "install", "add", "test", "build"));
  private static final Grammar DENO =
      new Grammar(
          Set.of("run"),
          Set.of("-c", "--config", "--import-map", "-L", "--log-level", "--lock", "--seed"),
          Set.of("eval", "repl", "task", "test", "fmt", "lint", "compile", "install"));
  private static final Grammar SHELL =
      new Grammar(Set.of(), Set.of("-o", "-O", "--rcfile", "--init-file"), Set.of("-c", "-s"));

  private static final Map<String, Grammar> KNOWN =
      Map.ofEntries(
          Map.entry("node", NODE),
          Map.entry("nodejs", NODE),
          Map.entry("python", PYTHON),
          Map.entry("pypy", PYTHON),
          Map.entry("bun", BUN),
          Map.entry("deno", DENO),
          Map.entry("sh", SHELL),
          Map.entry("bash", SHELL),
          Map.entry("dash", SHELL),
          Map.entry("zsh", SHELL));

  private Interpreters() {}

  /// The word that names the script, or null where the program is no interpreter or runs none.
  ///
  /// @param program file name of the executable, as the kernel knows it
  /// @param arguments the process's arguments from its own name on
  static @Nullable String script(String program, List<String> arguments) {
    var grammar = KNOWN.get(withoutVersion(program));
    if (grammar == null) {
      return null;
    }
    var rest = arguments.stream().skip(1).iterator();
    var commandAllowed = true;
    while (rest.hasNext()) {
      var word = rest.next();
      if (grammar.scriptless().contains(word) || word.isEmpty()) {
        return null;
      }
      if (word.equals("--")) {
        return rest.hasNext() ? rest.next() : null;
      }
      if (word.startsWith("-")) {
        if (grammar.valued().contains(word) && rest.hasNext()) {
          rest.next();
        }
      } else if (commandAllowed && grammar.commands().contains(word)) {
        commandAllowed = false;
      } else {
        return word;
      }
    }
    return null;
  }

  /// `python3.11` is `python`.
  private static String withoutVersion(String program) {
    var end = program.endsWith(".exe") ? program.length() - 4 : program.length();
    while (end > 0
        && (Character.isDigit(program.charAt(end - 1)) || program.charAt(end - 1) == '.')) {
      end--;
    }
    return program.substring(0, end);
  }
}
