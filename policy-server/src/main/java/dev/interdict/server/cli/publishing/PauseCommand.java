package dev.interdict.server.cli.publishing;

import dev.interdict.policy.RuleId;
import dev.interdict.policy.Stop;
import dev.interdict.server.breaker.Trips;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.Output;
import dev.interdict.server.main.Parts;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
      "Holds rules on every workstation: nothing of them is blocked or removed any more. Takes the"
          + " place of an earlier pause; what the circuit breaker holds stays held.",
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
            (publisher, actor, parts) -> {
              var held = new HashSet<>(ids);
              if (!all) {
                var now = publisher.held();
                if (now.all()) {
                  throw new Failure(
                      Exit.CONFLICT,
                      "every rule is held; to hold these alone would let go of all others. If that"
                          + " is wanted: interdict resume, then pause them");
                }
                held.addAll(tripped(parts, now));
              }
              return publisher.hold(actor, new Stop(all, held, reason));
            });
    return Outcomes.print(outcome, output, console);
  }

  private static Set<RuleId> tripped(Parts parts, Stop now) {
    var tripped = new Trips(parts.database(), parts.audit(), parts.clock()).held();
    return tripped.stream().filter(now::holds).collect(Collectors.toSet());
  }
}
