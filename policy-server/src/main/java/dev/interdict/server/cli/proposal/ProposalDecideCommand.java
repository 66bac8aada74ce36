package dev.interdict.server.cli.proposal;

import dev.interdict.server.cli.setup.Acting;
import dev.interdict.server.cli.setup.OpenServer;
import dev.interdict.server.cli.setup.ServerDirOption;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.Output;
import dev.interdict.server.proposal.Proposals;
import dev.interdict.server.review.Person;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `interdict proposal agree` and `refuse`.
public abstract sealed class ProposalDecideCommand implements Callable<Integer> {
  private final Console console;
  private final boolean agrees;

  @Mixin private ServerDirOption folder = new ServerDirOption();
  @Mixin private Output output = new Output();

  @Parameters(paramLabel = "PROPOSAL", description = "As interdict proposal list shows it.")
  private long number;

  @Option(
      names = "--actor",
      paramLabel = "NAME",
      description = "The account of who does this (default: your login name).")
  private @Nullable String actor;

  @Option(names = "--note", paramLabel = "TEXT", description = "For the record.")
  private @Nullable String note;

  private ProposalDecideCommand(Console console, boolean agrees) {
    this.console = console;
    this.agrees = agrees;
  }

  @Override
  public Integer call() {
    try (var parts = OpenServer.parts(folder.ready(), console)) {
      var proposals = new Proposals(parts.database(), parts.audit(), parts.clock());
      var account = Acting.onFleet(parts, actor == null ? console.user() : actor);
      var seen =
          proposals
              .find(number)
              .orElseThrow(() -> new Failure(Exit.FOUND, "there is no proposal " + number));
      var by = new Person(account.name(), account.roles());
      return ProposalView.print(proposals.decide(by, seen, agrees, note), output, console);
    }
  }

  /// `interdict proposal agree`.
  @Command(
      name = "agree",
      mixinStandardHelpOptions = true,
      description =
          "Agrees to what somebody else proposed (role approver). It counts once, against what was"
              + " in force when it was proposed: to let go for a day, a ceiling for 14 days.")
  public static final class Agree extends ProposalDecideCommand {
    public Agree(Console console) {
      super(console, true);
    }
  }

  /// `interdict proposal refuse`.
  @Command(
      name = "refuse",
      mixinStandardHelpOptions = true,
      description = "Refuses what is proposed (role approver); it does not come into force.")
  public static final class Refuse extends ProposalDecideCommand {
    public Refuse(Console console) {
      super(console, false);
    }
  }
}
