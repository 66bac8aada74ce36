package dev.interdict.server.cli.risk;

import dev.interdict.server.cli.setup.ServerDirOption;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.Output;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `interdict risk show`.
@Command(name = "show", mixinStandardHelpOptions = true, description = "Shows an entry.")
public final class RiskShowCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ServerDirOption folder = new ServerDirOption();
  @Mixin private Output output = new Output();

  @Parameters(paramLabel = "ENTRY", description = "Its id.")
  private String id = "";

  public RiskShowCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (var open = RiskView.open(folder.ready(), console)) {
      var one =
          open.register()
              .find(id)
              .orElseThrow(
                  () -> new Failure(Exit.FOUND, "the risk register has no entry \"" + id + "\""));
      if (output.forPrograms()) {
        output.print(RiskView.json(one), console);
      } else {
        open.show(one);
      }
      return Exit.OK;
    }
  }
}
