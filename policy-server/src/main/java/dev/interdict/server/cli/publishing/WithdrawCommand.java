package dev.interdict.server.cli.publishing;

import dev.interdict.policy.RuleId;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.Output;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `interdict withdraw`.
@Command(
    name = "withdraw",
    mixinStandardHelpOptions = true,
    description = "Takes a rule off the list, under the next serial.")
public final class WithdrawCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private SigningOptions signing = new SigningOptions();
  @Mixin private Output output = new Output();

  @Parameters(paramLabel = "RULE", description = "The rule's id.")
  private String rule = "";

  public WithdrawCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    var id = id(rule);
    var outcome = signing.with(console, (publisher, actor, _) -> publisher.withdraw(actor, id));
    return Outcomes.print(outcome, output, console);
  }

  static RuleId id(String text) {
    try {
      return new RuleId(text);
    } catch (IllegalArgumentException e) {
      throw new Failure(Exit.USAGE, String.valueOf(e.getMessage()));
    }
  }
}
