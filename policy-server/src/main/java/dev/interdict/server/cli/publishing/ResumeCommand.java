package dev.interdict.server.cli.publishing;

import dev.interdict.server.breaker.Trips;
import dev.interdict.server.cli.proposal.ProposalView;
import dev.interdict.server.cli.proposal.Proposing;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Output;
import dev.interdict.server.main.Parts;
import dev.interdict.server.proposal.LettingGo;
import dev.interdict.server.proposal.Proposals;
import dev.interdict.server.publish.Consent;
import dev.interdict.server.publish.Publisher;
import dev.interdict.server.publish.Stops;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `interdict resume`.
@Command(
    name = "resume",
    mixinStandardHelpOptions = true,
    description = {
      "Lets go of rules that are held, by interdict pause or by the circuit breaker: of those that"
          + " are named, or of all. While every rule is held by pause --all, that hold goes first.",
      "Agents remove again then, so it takes two people: propose it, then another agrees with"
          + " interdict proposal agree. Whoever paused takes it back alone within 10 minutes.",
      "To let go of what the breaker holds takes the account of an author or approver."
    })
public final class ResumeCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private SigningOptions signing = new SigningOptions();
  @Mixin private Output output = new Output();
  @Mixin private BreakGlass glass = new BreakGlass();
  @Mixin private Proposing proposing = new Proposing();

  @Parameters(paramLabel = "RULE", arity = "0..*", description = "The ids of the rules.")
  private List<String> rules = List.of();

  @Option(names = "--note", paramLabel = "TEXT", description = "What was found, for the audit log.")
  private @Nullable String note;

  public ResumeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    var ids = rules.stream().map(WithdrawCommand::id).collect(Collectors.toSet());
    if (proposing.asked()) {
      return signing.open(
          console,
          (publisher, actor, parts) ->
              ProposalView.print(
                  lettingGo(publisher, parts).propose(proposing.person(parts, actor), ids, note),
                  output,
                  console));
    }
    var outcome =
        signing.with(
            console,
            (publisher, actor, parts) -> {
              var by = Proposing.known(parts, actor);
              var alone = glass.consent(parts.database(), parts.audit(), actor);
              return lettingGo(publisher, parts)
                  .resume(by, ids, alone == Consent.NOBODY ? null : alone, note);
            });
    glass.warn(outcome, console);
    return Outcomes.print(outcome, output, console);
  }

  private static LettingGo lettingGo(Publisher publisher, Parts parts) {
    return new LettingGo(
        publisher.brake(),
        new Trips(parts.database(), parts.audit(), parts.clock()),
        new Stops(parts.database(), parts.audit(), parts.clock()),
        new Proposals(parts.database(), parts.audit(), parts.clock()),
        parts.clock());
  }
}
