package dev.interdict.server.cli.setup;

import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import java.nio.file.Files;
import java.nio.file.Path;

/// The layout of a server's folder.
public record ServerFolder(Path path) {
  /// Where commands look, unless they are told.
  public static final String DEFAULT = "interdict-data";

  public Path settings() {
    return path.resolve("server.yaml");
  }

  /// Files whose members take the place of those of the settings.
  public Path dropped() {
    return path.resolve("server.d");
  }

  /// The database, where the settings name no other.
  public Path database() {
    return path.resolve("interdict.db");
  }

  public Path keys() {
    return path.resolve("keys");
  }

  public Path repository() {
    return path.resolve("repository");
  }

  /// What time was signed last.
  public Path signedTime() {
    return path.resolve("signed-time");
  }

  public Path token() {
    return path.resolve("enrolment-token");
  }

  /// This folder, which must be set up.
  public ServerFolder ready() {
    if (!Files.exists(settings())) {
      var advice = "; set it up with: interdict-server init " + path;
      throw new Failure(
          Exit.USAGE,
          Files.exists(path)
              ? path + " holds no Interdict server" + advice
              : "there is no folder " + path + advice);
    }
    return this;
  }
}
