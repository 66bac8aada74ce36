package dev.interdict.agent.cli;

import dev.interdict.agent.state.StateDirectory;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/// Where the agent keeps its folder, and in which language it speaks.
final class FolderMixin {
  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = "The agent's own folder (default: ${DEFAULT-VALUE}).")
  private Path state;

  @Option(
      names = "--lang",
      paramLabel = "LANG",
      description = "en or zh-CN (default: as the environment says).")
  private String language = "";

  /// @param state where it is when nobody says otherwise
  FolderMixin(Path state) {
    this.state = state;
  }

  /// The folder as it was named.
  Path path() {
    return state;
  }

  /// The folder, made where it is not there.
  StateDirectory open() throws IOException {
    return StateDirectory.open(state);
  }

  /// The folder, which may be closed to us.
  StateDirectory asked() {
    return new StateDirectory(state.toAbsolutePath().normalize());
  }

  Words words() {
    return Words.of(language, System.getenv());
  }
}
