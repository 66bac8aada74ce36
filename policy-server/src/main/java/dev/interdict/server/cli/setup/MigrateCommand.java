package dev.interdict.server.cli.setup;

import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Progress;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `interdict-server migrate`.
@Command(
    name = "migrate",
    mixinStandardHelpOptions = true,
    description = {
      "Brings the database's tables to this version and ends. A server does so by itself when it"
          + " starts; this shows beforehand, and apart from it, whether it can. Forward only: make"
          + " a backup first.",
      "",
      "Example: interdict-server migrate -d interdict-data"
    })
public final class MigrateCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ServerDirOption folder = new ServerDirOption();

  public MigrateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    // Opening it does it, or says why it cannot.
    var ready = folder.ready();
    try (var _ = Progress.of(console, "bringing the database's tables up to date")) {
      OpenServer.parts(ready, console).close();
    }
    console.field("Database", "up to date");
    return Exit.OK;
  }
}
