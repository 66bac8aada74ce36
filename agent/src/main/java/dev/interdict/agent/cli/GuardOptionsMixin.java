package dev.interdict.agent.cli;

import dev.interdict.agent.pipe.GuardClient;
import dev.interdict.agent.state.StateDirectory;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/// What every command that asks the guard understands.
final class GuardOptionsMixin {
  /// The forms of the answer.
  enum Output {
    TABLE,
    JSON
  }

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = "The agent's own folder (default: ${DEFAULT-VALUE}).")
  private Path state = DefaultPlaces.asked();

  @Option(
      names = "--lang",
      paramLabel = "LANG",
      description = "en or zh-CN (default: as the environment says).")
  private String language = "";

  @Option(names = "--output", paramLabel = "FORM", description = "table or json. Default: table.")
  private Output output = Output.TABLE;

  GuardClient guard() {
    return new GuardClient(socket());
  }

  /// Where the guard is asked.
  Path socket() {
    return state().socket();
  }

  /// The agent's own folder, which may be closed to us.
  StateDirectory state() {
    return new StateDirectory(state.toAbsolutePath().normalize());
  }

  Words words() {
    return Words.of(language, System.getenv());
  }

  boolean json() {
    return output == Output.JSON;
  }
}
