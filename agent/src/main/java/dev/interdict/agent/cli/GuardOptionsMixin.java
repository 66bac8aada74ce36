package dev.interdict.agent.cli;

import dev.interdict.agent.pipe.GuardClient;
import dev.interdict.agent.state.StateDirectory;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What every command that asks the guard understands.
final class GuardOptionsMixin {
  /// The forms of the answer.
  enum Output {
    TABLE,
    JSON
  }

  @Mixin private FolderMixin folder = new FolderMixin(DefaultPlaces.asked());

  @Option(names = "--output", paramLabel = "FORM", description = "table or json. Default: table.")
  private Output output = Output.TABLE;

  @Option(
      names = "--no-color",
      description = "No colours. Elsewhere than on a terminal there are none in any case.")
  private boolean plain;

  GuardClient guard() {
    return new GuardClient(socket());
  }

  /// Where the guard is asked.
  Path socket() {
    return state().socket();
  }

  /// The agent's own folder, which may be closed to us.
  StateDirectory state() {
    return folder.asked();
  }

  Words words() {
    return folder.words();
  }

  /// Whether the answer may have colours.
  boolean colour() {
    return !plain && Paper.onTerminal();
  }

  boolean json() {
    return output == Output.JSON;
  }
}
