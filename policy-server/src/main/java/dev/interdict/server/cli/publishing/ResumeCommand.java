package dev.interdict.server.cli.publishing;

import dev.interdict.policy.RuleId;
import dev.interdict.policy.Stop;
import dev.interdict.server.access.Role;
import dev.interdict.server.breaker.Trips;
import dev.interdict.server.cli.setup.OpenServer;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.Output;
import dev.interdict.server.main.Parts;
import dev.interdict.server.publish.Publications;
import dev.interdict.server.publish.PublishOutcome;
import dev.interdict.server.publish.PublishedRules;
import dev.interdict.server.publish.Publisher;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
          + " are named, or of all.",
      "To let go of what the breaker holds takes the account of an author or approver."
    })
public final class ResumeCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private SigningOptions signing = new SigningOptions();
  @Mixin private Output output = new Output();

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
    var outcome =
        signing.with(console, (publisher, actor, parts) -> resume(ids, publisher, actor, parts));
    return Outcomes.print(outcome, output, console);
  }

  private PublishOutcome resume(Set<RuleId> ids, Publisher publisher, String actor, Parts parts) {
    var now = publisher.held();
    if (now.all() && !ids.isEmpty()) {
      throw new Failure(
          Exit.CONFLICT, "every rule is held, so none can be let go by itself: interdict resume");
    }
    var trips = new Trips(parts.database(), parts.audit(), parts.clock());
    var tripped = trips.held();
    if (!ids.isEmpty()) {
      tripped.retainAll(ids);
    }
    if (!tripped.isEmpty()) {
      var roles = OpenServer.account(parts, actor).roles();
      if (!roles.contains(Role.AUTHOR) && !roles.contains(Role.APPROVER)) {
        throw new Failure(
            Exit.REFUSED,
            actor + " is no author or approver, and only these let go of what the breaker holds");
      }
      // Written down first: what the signed file then still holds, it holds too long at worst.
      trips.resume(actor, tripped, note);
    }
    var rest = new HashSet<>(ids.isEmpty() ? Set.<RuleId>of() : now.rules());
    rest.removeAll(ids);
    // One that was withdrawn meanwhile needs no hold, and cannot have one.
    var publications = new Publications(parts.database(), parts.audit(), parts.clock());
    rest.retainAll(new PublishedRules(publications).now().keySet());
    return publisher.hold(
        actor, new Stop(false, rest, rest.isEmpty() ? "Nothing is held." : now.reason()));
  }
}
