package dev.interdict.server.cli.fleet;

import dev.interdict.server.cli.setup.OpenServer;
import dev.interdict.server.cli.setup.ServerDirOption;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `interdict fleet bind`.
@Command(
    name = "bind",
    mixinStandardHelpOptions = true,
    description = "Lets a device count as an entry of the list, because you say so.")
public final class FleetBindCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ServerDirOption folder = new ServerDirOption();

  @Parameters(
      index = "0",
      paramLabel = "DEVICE",
      description = "The device's id, or the first eight digits or more of it.")
  private String device = "";

  @Parameters(
      index = "1",
      paramLabel = "ENTRY",
      description = "The entry's serial, asset tag, host name or id.")
  private String entry = "";

  @Option(
      names = "--replace",
      description = "The device that counts as the entry now is gone for good: supersede it.")
  private boolean replace;

  public FleetBindCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (var parts = OpenServer.parts(folder.ready(), console)) {
      parts.expected().bind(console.user(), device, entry, replace);
      console.line("Device " + device + " counts as " + entry + ".");
      return Exit.OK;
    }
  }
}
