package dev.interdict.server.cli.publishing;

import dev.interdict.json.Json;
import dev.interdict.server.cli.setup.OpenServer;
import dev.interdict.server.cli.setup.ServerDirOption;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Output;
import dev.interdict.server.cli.terminal.Times;
import dev.interdict.server.publish.Publications;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `interdict history`.
@Command(
    name = "history",
    mixinStandardHelpOptions = true,
    description = "Lists what was published, newest first.")
public final class HistoryCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ServerDirOption folder = new ServerDirOption();
  @Mixin private Output output = new Output();

  public HistoryCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (var parts = OpenServer.parts(folder.ready(), console)) {
      var list = new Publications(parts.database(), parts.audit(), console.clock()).list();
      if (output.json()) {
        console.json(new Json.Arr(list.stream().map(Outcomes::json).toList()));
        return Exit.OK;
      }
      if (list.isEmpty()) {
        console.line("Nothing was published yet.");
        return Exit.OK;
      }
      var row = "%6s  %-20s  %-12s  %-12s  %s";
      console.line(console.bold(row.formatted("SERIAL", "SHOWN", "BY", "SHA-256", "CHANGES")));
      for (var one : list) {
        var shown = one.shownAt();
        console.line(
            row.formatted(
                one.serial(),
                shown == null ? "never" : Times.minutes(shown),
                one.actor(),
                one.sha256().substring(0, 12),
                one.summary()));
      }
      return Exit.OK;
    }
  }
}
