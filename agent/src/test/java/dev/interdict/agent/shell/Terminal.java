package dev.interdict.agent.shell;

import dev.interdict.agent.platform.Command;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A person's terminal: a pseudo-terminal (script(1)) in which a shell runs what is typed.
final class Terminal {
  static final Path SCRIPT = Path.of("/usr/bin/script");
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final int MOST = 256 << 10;

  private Terminal() {}

  /// What is seen on the terminal in which `line` runs while `typed` is typed.
  static String with(String line, String typed, Map<String, String> environment)
      throws IOException {
    return run(SCRIPT, List.of("-q", "-e", "-c", line, "/dev/null"), typed, environment);
  }

  /// What is answered by `line` without a terminal.
  static String without(String line, String typed, Map<String, String> environment)
      throws IOException {
    return run(Path.of("/bin/sh"), List.of("-c", line), typed, environment);
  }

  private static String run(
      Path program, List<String> arguments, String typed, Map<String, String> environment)
      throws IOException {
    var command = new Command(program, arguments, environment, LIMIT);
    var outcome = command.run(typed.getBytes(StandardCharsets.UTF_8), MOST);
    if (outcome instanceof Command.Outcome.Exited(var _, var output, var errors)) {
      return new String(output, StandardCharsets.UTF_8)
          + new String(errors, StandardCharsets.UTF_8);
    }
    throw new IOException(program + " " + arguments + ": " + outcome);
  }
}
