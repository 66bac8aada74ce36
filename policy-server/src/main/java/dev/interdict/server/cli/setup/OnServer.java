package dev.interdict.server.cli.setup;

import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.main.Parts;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/// A command on what a server's folder holds, which is open while it works.
public abstract class OnServer implements Callable<Integer> {
  protected final Console console;

  @Mixin private ServerDirOption folder = new ServerDirOption();

  protected OnServer(Console console) {
    this.console = console;
  }

  /// Does the work; ends by a [dev.interdict.server.cli.terminal.Failure] where it cannot.
  protected abstract void run(Parts parts) throws IOException;

  @Override
  public final Integer call() throws IOException {
    try (var parts = OpenServer.parts(folder.ready(), console)) {
      run(parts);
      return Exit.OK;
    }
  }
}
