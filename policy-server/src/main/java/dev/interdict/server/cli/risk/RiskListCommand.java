package dev.interdict.server.cli.risk;

import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.server.cli.setup.ServerDirOption;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Output;
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
  @Mixin private Output output = new Output();

  public RiskListCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (var open = RiskView.open(folder.ready(), console)) {
      var all = open.register().list();
      if (output.json()) {
        console.json(new Json.Arr(all.stream().map(RiskView::json).toList()));
        return Exit.OK;
      }
      if (all.isEmpty()) {
        console.line("The risk register has no entry yet; write one: interdict risk put FILE");
        return Exit.OK;
      }
      var row = "%-24s  %-9s  %-24s  %s";
      console.line(console.bold(row.formatted("ENTRY", "RISK", "NAME", "REVIEW BY")));
      all.forEach(one ->
          console.line(
              row.formatted(
                  one.entry().id(),
                  Fields.written(one.entry().risk()),
                  one.entry().name(),
                  one.entry().review() + open.overdue(one))));
      return Exit.OK;
    }
  }
}
