package dev.interdict.server.cli.publishing;

import dev.interdict.server.cli.setup.OpenServer;
import dev.interdict.server.cli.setup.ServerDirOption;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.ListOutput;
import dev.interdict.server.cli.terminal.Table;
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
  @Mixin private ListOutput output = new ListOutput();

  public HistoryCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (var parts = OpenServer.parts(folder.ready(), console)) {
      var list = new Publications(parts.database(), parts.audit(), console.clock()).list();
      if (output.forPrograms()) {
        output.rows(list.stream().map(Outcomes::json).toList(), console);
        return Exit.OK;
      }
      if (list.isEmpty()) {
        console.line("Nothing was published yet.");
        return Exit.OK;
      }
      var table = new Table("SERIAL", "SHOWN", "CHANGES", "BY", "SHA-256").right("SERIAL");
      for (var one : list) {
        var shown = one.shownAt();
        table.row(
            one.serial(),
            shown == null ? "never" : Times.minutes(shown),
            one.summary(),
            one.actor(),
            one.sha256().substring(0, 12));
      }
      table.print(console);
      return Exit.OK;
    }
  }
}
