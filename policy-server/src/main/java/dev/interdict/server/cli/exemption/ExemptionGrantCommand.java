package dev.interdict.server.cli.exemption;

import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.exemptions.Particulars;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `interdict exemption grant`.
@Command(
    name = "grant",
    mixinStandardHelpOptions = true,
    description = {
      "Takes the next of two steps to let a workstation keep a tool until a day. The first is a"
          + " manager's (role helpdesk or approver); the second is security's (role approver), and"
          + " publishes it. They are two different people.",
      "An extension is granted in the same way, as a case of its own."
    })
public final class ExemptionGrantCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private DecisionOptions options = new DecisionOptions();

  @Option(
      names = "--until",
      paramLabel = "DATE",
      description =
          "Its last day in the rule's time zone, such as 2026-07-31, or an instant in UTC"
              + " (default: what was asked for; in the second step, what the first agreed to).")
  private @Nullable String until;

  @Option(
      names = "--category",
      paramLabel = "WORD",
      description =
          "What kind of reason it is: migration, customer-obligation, research, no-replacement or"
              + " other.")
  private @Nullable String category;

  @Option(
      names = "--ticket",
      paramLabel = "TEXT",
      description = "Where it is worked on elsewhere: a ticket's address or number.")
  private @Nullable String ticket;

  @Option(
      names = "--conditions",
      paramLabel = "TEXT",
      description = {
        "Under which conditions it holds, at most 500 characters; the employee reads it.",
        "Of these three the second step keeps what it does not name; a dash takes one back."
      })
  private @Nullable String conditions;

  public ExemptionGrantCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    var written = new Particulars.Written(category, ticket, conditions);
    return options.decide(
        console,
        (decisions, by, about, seen, end, reason) ->
            decisions.grant(by, about, seen, end, reason, written),
        until);
  }
}
