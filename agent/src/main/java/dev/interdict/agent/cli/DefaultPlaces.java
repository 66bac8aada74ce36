package dev.interdict.agent.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/// Where the agent keeps its folder when nobody says otherwise: the machine's for root, else the
/// user's own.
final class DefaultPlaces {
  private static final Path MACHINE = Path.of("/var/lib/interdict-agent");

  private DefaultPlaces() {}

  static Path state() {
    if (System.getProperty("user.name", "").equals("root") || Files.isWritable(MACHINE)) {
      return MACHINE;
    }
    var xdg = System.getenv("XDG_STATE_HOME");
    var base =
        xdg == null || xdg.isBlank()
            ? Path.of(System.getProperty("user.home"), ".local", "state")
            : Path.of(xdg);
    return base.resolve("interdict-agent");
  }
}
