package dev.interdict.server.cli.publishing;

import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Output;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `interdict rollback`.
@Command(
    name = "rollback",
    mixinStandardHelpOptions = true,
    description = {
      "Publishes the rules of an earlier serial again, under the next serial.",
      "Where that makes agents do more than now, it is refused: make a draft of each such rule"
          + " instead, with interdict draft new --rule RULE --serial SERIAL."
    })
public final class RollbackCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private SigningOptions signing = new SigningOptions();
  @Mixin private Output output = new Output();
  @Mixin private BreakGlass glass = new BreakGlass();

  @Parameters(paramLabel = "SERIAL", description = "As interdict history shows it.")
  private long serial;

  public RollbackCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    var outcome =
        signing.with(
            console,
            (publisher, actor, parts) ->
                publisher.republish(
                    actor, serial, glass.consent(parts.database(), parts.audit(), actor)));
    glass.warn(outcome, console);
    return Outcomes.print(outcome, output, console);
  }
}
