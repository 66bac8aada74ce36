package dev.interdict.server.cli.setup;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/// The option that names a server's folder.
public final class ServerDirOption {
  @Option(
      names = {"-d", "--server-dir"},
      paramLabel = "DIR",
      defaultValue = ServerFolder.DEFAULT,
      description = "The server's folder (default: ${DEFAULT-VALUE}).")
  private Path path = Path.of(ServerFolder.DEFAULT);

  public ServerFolder ready() {
    return new ServerFolder(path).ready();
  }
}
