package dev.interdict.agent.platform.linux.desktop.disturbance;

import dev.interdict.agent.platform.Command;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Asks small programs of the session.
final class Asking {
  private static final Duration LIMIT = Duration.ofSeconds(3);
  private static final int MOST = 8 << 10;

  private Asking() {}

  /// What `program` writes, or an empty text where it is missing, fails or is slow.
  static String program(Path program, List<String> arguments, Map<String, String> environment) {
    var outcome = new Command(program, arguments, environment, LIMIT).run(new byte[0], MOST);
    return outcome instanceof Command.Outcome.Exited(var code, var output, var _) && code == 0
        ? new String(output, StandardCharsets.UTF_8)
        : "";
  }
}
