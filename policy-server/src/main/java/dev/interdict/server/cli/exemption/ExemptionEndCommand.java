package dev.interdict.server.cli.exemption;

import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.exemptions.Decisions;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `interdict exemption end`.
@Command(
    name = "end",
    mixinStandardHelpOptions = true,
    description = {
      "Ends what holds before its time, and takes back what waits; one person is enough (role"
          + " helpdesk or approver).",
      "Nothing is removed at once: the workstation's people are told, and a fresh minimum notice"
          + " runs."
    })
public final class ExemptionEndCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private DecisionOptions options = new DecisionOptions();

  public ExemptionEndCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    return options.decide(console, Decisions::end);
  }
}
