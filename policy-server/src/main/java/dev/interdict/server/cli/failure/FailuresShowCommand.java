package dev.interdict.server.cli.failure;

import dev.interdict.server.cli.setup.OpenServer;
import dev.interdict.server.cli.setup.ServerDirOption;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Output;
import dev.interdict.server.failures.FailureQueue;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `interdict failures show`.
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Shows one failure: what it means, what to do, and what was done.")
public final class FailuresShowCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ServerDirOption folder = new ServerDirOption();
  @Mixin private Output output = new Output();

  @Parameters(
      index = "0",
      paramLabel = "DEVICE",
      description = "The workstation's id, at least 6 digits of it, or its host name.")
  private String device = "";

  @Parameters(index = "1", paramLabel = "RULE", description = "The rule's id.")
  private String rule = "";

  public FailuresShowCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (var parts = OpenServer.parts(folder.ready(), console)) {
      var failure = FailureOptions.failure(parts, device, rule);
      if (output.forPrograms()) {
        output.print(FailureView.json(failure), console);
      } else {
        FailureView.print(failure, new FailureQueue(parts.database()), console);
      }
      return Exit.OK;
    }
  }
}
