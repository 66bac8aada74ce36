package dev.interdict.server.cli.risk;

import dev.interdict.json.Fields;
import dev.interdict.server.cli.setup.ServerDirOption;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.ListOutput;
import dev.interdict.server.cli.terminal.Table;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `interdict risk list`.
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the entries, the next to be reviewed first.")
public final class RiskListCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ServerDirOption folder = new ServerDirOption();
  @Mixin private ListOutput output = new ListOutput();

  public RiskListCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (var open = RiskView.open(folder.ready(), console)) {
      var all = open.register().list();
      if (output.forPrograms()) {
        output.rows(all.stream().map(RiskView::json).toList(), console);
        return Exit.OK;
      }
      if (all.isEmpty()) {
        console.line("The risk register has no entry yet; write one: interdict risk put FILE");
        return Exit.OK;
      }
      var table = new Table("ENTRY", "RISK", "REVIEW BY", "OWNER", "NAME");
      all.forEach(one ->
          table.row(
              one.entry().id(),
              Fields.written(one.entry().risk()),
              one.entry().review() + open.overdue(one),
              Objects.requireNonNullElse(one.entry().owner(), "-"),
              one.entry().name()));
      table.print(console);
      return Exit.OK;
    }
  }
}
