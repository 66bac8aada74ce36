package dev.interdict.server.cli.setup;

import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/// The place on the command line that names a server's folder.
public final class ServerDirParameter {
  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      defaultValue = ServerFolder.DEFAULT,
      description = "The server's folder (default: ${DEFAULT-VALUE}).")
  private Path path = Path.of(ServerFolder.DEFAULT);

  /// That folder, in which there is a server.
  public ServerFolder ready() {
    return new ServerFolder(path).ready();
  }
}
