package dev.interdict.server.cli.setup;

import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The place on the command line that names a server's folder, for commands that are about nothing
/// else; what other commands call it is understood too.
public final class ServerDirParameter {
  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      description = "The server's folder (default: " + ServerFolder.DEFAULT + ").")
  private @Nullable Path path;

  @Option(
      names = {"-d", "--server-dir"},
      paramLabel = "DIR",
      description = "The same, as all other commands take it.")
  private @Nullable Path option;

  /// That folder, in which there is a server.
  public ServerFolder ready() {
    if (path != null && option != null) {
      throw new Failure(
          Exit.USAGE, "two folders are named, " + path + " and " + option + "; name one");
    }
    var named = path != null ? path : option != null ? option : Path.of(ServerFolder.DEFAULT);
    return new ServerFolder(named).ready();
  }
}
