package dev.interdict.server.cli.publishing;

import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.Output;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `interdict pause`.
@Command(
    name = "pause",
    mixinStandardHelpOptions = true,
    description = {
      "Holds rules on every workstation: nothing of them is blocked or removed any more. What is"
          + " held already stays held.",
      "Needs no key of people, since it can only make agents do less."
    })
public final class PauseCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private SigningOptions signing = new SigningOptions();
  @Mixin private Output output = new Output();

  @Parameters(paramLabel = "RULE", arity = "0..*", description = "The ids of the rules.")
  private List<String> rules = List.of();

  @Option(names = "--all", description = "Hold every rule.")
  private boolean all;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Why; employees whose removal is held read it.")
  private String reason = "";

  public PauseCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (all != rules.isEmpty()) {
      throw new Failure(Exit.USAGE, "name the rules to hold, or write --all");
    }
    var ids = rules.stream().map(WithdrawCommand::id).collect(Collectors.toSet());
    var outcome =
        signing.with(
            console,
            (publisher, actor, _) -> {
              var brake = publisher.brake();
              if (all) {
                return brake.holdAll(actor, reason);
              }
              return brake.hold(actor, ids, reason);
            });
    return Outcomes.print(outcome, output, console);
  }
}
