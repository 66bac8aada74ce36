package dev.interdict.server.cli.exemption;

import dev.interdict.server.cli.terminal.Console;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `interdict exemption refuse`.
@Command(
    name = "refuse",
    mixinStandardHelpOptions = true,
    description = {
      "Refuses what waits; one person is enough (role helpdesk or approver).",
      "The employee reads who refused it, why, and whom to ask."
    })
public final class ExemptionRefuseCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private DecisionOptions options = new DecisionOptions();

  @Option(
      names = "--contact",
      paramLabel = "TEXT",
      required = true,
      description = "Whom the employee may ask, such as helpdesk@example.com.")
  private String contact = "";

  public ExemptionRefuseCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    return options.decide(
        console,
        (decisions, by, about, seen, reason) -> decisions.refuse(by, about, seen, reason, contact));
  }
}
