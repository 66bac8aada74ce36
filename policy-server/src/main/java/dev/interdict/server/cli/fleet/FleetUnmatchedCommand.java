package dev.interdict.server.cli.fleet;

import dev.interdict.json.Json;
import dev.interdict.server.cli.setup.OpenServer;
import dev.interdict.server.cli.setup.ServerDirOption;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.ListOutput;
import dev.interdict.server.cli.terminal.Table;
import dev.interdict.server.cli.terminal.Times;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `interdict fleet unmatched`.
@Command(
    name = "unmatched",
    mixinStandardHelpOptions = true,
    description = "Lists devices that enrolled and count as no entry of the company's list.")
public final class FleetUnmatchedCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ServerDirOption folder = new ServerDirOption();
  @Mixin private ListOutput output = new ListOutput();

  @Option(
      names = "--most",
      paramLabel = "N",
      defaultValue = "100",
      description = "How many to list (default: ${DEFAULT-VALUE}).")
  private int most;

  public FleetUnmatchedCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (var parts = OpenServer.parts(folder.ready(), console)) {
      var devices = parts.expected().unmatched(most);
      if (output.forPrograms()) {
        output.rows(
            devices.stream()
                .<Json>map(device ->
                    Json.object()
                        .put("device", device.device().value())
                        .put("host", device.host())
                        .put("last-contact", device.lastContact().toString())
                        .put("candidates", device.entries())
                        .build())
                .toList(),
            console);
        return Exit.OK;
      }
      if (devices.isEmpty()) {
        console.line("Every device that enrolled counts as an entry of the list.");
        return Exit.OK;
      }
      var table = new Table("DEVICE", "HOST", "LAST CONTACT", "CANDIDATES").right("CANDIDATES");
      for (var device : devices) {
        table.row(
            device.device().value().substring(0, 12),
            device.host(),
            Times.minutes(device.lastContact()),
            device.entries());
      }
      table.print(console);
      return Exit.OK;
    }
  }
}
