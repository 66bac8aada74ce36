package dev.interdict.server.cli;

import dev.interdict.identity.Printable;
import dev.interdict.server.ceremony.SigningDraft.Kind;
import dev.interdict.server.cli.access.AccountCommand;
import dev.interdict.server.cli.access.ApiTokenCommand;
import dev.interdict.server.cli.access.AuditCommand;
import dev.interdict.server.cli.access.BreakGlassCommand;
import dev.interdict.server.cli.apply.ApplyCommand;
import dev.interdict.server.cli.backup.BackupCommand;
import dev.interdict.server.cli.backup.CheckCommand;
import dev.interdict.server.cli.backup.RestoreCommand;
import dev.interdict.server.cli.ceremony.BlocklistCommand;
import dev.interdict.server.cli.ceremony.BlocklistDraftCommand;
import dev.interdict.server.cli.ceremony.BlocklistPublishCommand;
import dev.interdict.server.cli.ceremony.DiffCommand;
import dev.interdict.server.cli.ceremony.KeyRevokeCommand;
import dev.interdict.server.cli.ceremony.KeyRotateCommand;
import dev.interdict.server.cli.ceremony.RootCommand;
import dev.interdict.server.cli.ceremony.RootNewCommand;
import dev.interdict.server.cli.ceremony.RootPublishCommand;
import dev.interdict.server.cli.ceremony.SignCommand;
import dev.interdict.server.cli.certificate.CertificateCommand;
import dev.interdict.server.cli.completion.CompletionCommand;
import dev.interdict.server.cli.exemption.ExemptionCodeCommand;
import dev.interdict.server.cli.exemption.ExemptionCodeKeyCommand;
import dev.interdict.server.cli.exemption.ExemptionCommand;
import dev.interdict.server.cli.exemption.ExemptionEndCommand;
import dev.interdict.server.cli.exemption.ExemptionGrantCommand;
import dev.interdict.server.cli.exemption.ExemptionListCommand;
import dev.interdict.server.cli.exemption.ExemptionRefuseCommand;
import dev.interdict.server.cli.exemption.ExemptionRequestsCommand;
import dev.interdict.server.cli.exemption.ExemptionShowCommand;
import dev.interdict.server.cli.export.ExportLinesCommand;
import dev.interdict.server.cli.failure.FailuresCommand;
import dev.interdict.server.cli.failure.FailuresDeedCommand;
import dev.interdict.server.cli.failure.FailuresListCommand;
import dev.interdict.server.cli.failure.FailuresShowCommand;
import dev.interdict.server.cli.fleet.EnrolCommand;
import dev.interdict.server.cli.fleet.FleetBindCommand;
import dev.interdict.server.cli.fleet.FleetCommand;
import dev.interdict.server.cli.fleet.FleetImportCommand;
import dev.interdict.server.cli.fleet.FleetStandingCommand;
import dev.interdict.server.cli.fleet.FleetStatusCommand;
import dev.interdict.server.cli.fleet.FleetUnmatchedCommand;
import dev.interdict.server.cli.importing.ImportCommand;
import dev.interdict.server.cli.keys.KeyCommand;
import dev.interdict.server.cli.keys.KeyListCommand;
import dev.interdict.server.cli.keys.KeyNewCommand;
import dev.interdict.server.cli.keys.KeyShowCommand;
import dev.interdict.server.cli.proposal.ProposalCommand;
import dev.interdict.server.cli.proposal.ProposalDecideCommand;
import dev.interdict.server.cli.proposal.ProposalListCommand;
import dev.interdict.server.cli.publishing.BreakerCommand;
import dev.interdict.server.cli.publishing.HistoryCommand;
import dev.interdict.server.cli.publishing.PauseCommand;
import dev.interdict.server.cli.publishing.PublishCommand;
import dev.interdict.server.cli.publishing.RecoverCommand;
import dev.interdict.server.cli.publishing.ResumeCommand;
import dev.interdict.server.cli.publishing.RollbackCommand;
import dev.interdict.server.cli.publishing.WithdrawCommand;
import dev.interdict.server.cli.remote.AuditListCommand;
import dev.interdict.server.cli.remote.DeviceCommand;
import dev.interdict.server.cli.remote.ExportCommand;
import dev.interdict.server.cli.remote.LoginCommand;
import dev.interdict.server.cli.remote.StatusCommand;
import dev.interdict.server.cli.review.DraftApproveCommand;
import dev.interdict.server.cli.review.DraftCommand;
import dev.interdict.server.cli.review.DraftDiscardCommand;
import dev.interdict.server.cli.review.DraftEditCommand;
import dev.interdict.server.cli.review.DraftLintCommand;
import dev.interdict.server.cli.review.DraftListCommand;
import dev.interdict.server.cli.review.DraftNewCommand;
import dev.interdict.server.cli.review.DraftObserveCommand;
import dev.interdict.server.cli.review.DraftPreviewCommand;
import dev.interdict.server.cli.review.DraftPublishCommand;
import dev.interdict.server.cli.review.DraftRejectCommand;
import dev.interdict.server.cli.review.DraftShowCommand;
import dev.interdict.server.cli.review.DraftSubmitCommand;
import dev.interdict.server.cli.risk.RiskCommand;
import dev.interdict.server.cli.risk.RiskListCommand;
import dev.interdict.server.cli.risk.RiskPutCommand;
import dev.interdict.server.cli.risk.RiskShowCommand;
import dev.interdict.server.cli.rule.RuleCommand;
import dev.interdict.server.cli.rule.RuleExplainCommand;
import dev.interdict.server.cli.rule.RuleLintCommand;
import dev.interdict.server.cli.rule.RuleNewCommand;
import dev.interdict.server.cli.rule.RuleShowCommand;
import dev.interdict.server.cli.rule.RuleTestCommand;
import dev.interdict.server.cli.setup.InitCommand;
import dev.interdict.server.cli.setup.RebuildCommand;
import dev.interdict.server.cli.setup.RunCommand;
import dev.interdict.server.cli.setup.TokenCommand;
import dev.interdict.server.cli.simulate.SimulateCommand;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Disk;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.webhook.WebhookAddCommand;
import dev.interdict.server.cli.webhook.WebhookCommand;
import dev.interdict.server.cli.webhook.WebhookListCommand;
import dev.interdict.server.cli.webhook.WebhookRemoveCommand;
import dev.interdict.server.cli.webhook.WebhookReplayCommand;
import dev.interdict.server.cli.webhook.WebhookTestCommand;
import dev.interdict.server.fleet.expected.RefusedException;
import dev.interdict.server.publish.ImplausibleTimeException;
import dev.interdict.server.publish.MissingKeyException;
import dev.interdict.server.store.StoreException;
import dev.interdict.server.store.UnknownOutcomeException;
import dev.interdict.trust.keys.SigningException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Help;

/// Puts the commands together and turns whatever goes wrong into one line and an exit code.
final class Programs {
  private Programs() {}

  /// The program `interdict-server`.
  static int server(Console console, String... arguments) {
    var token =
        command(new TokenCommand())
            .addSubcommand(new TokenCommand.Create(console))
            .addSubcommand(new TokenCommand.Listing(console))
            .addSubcommand(new TokenCommand.Revoke(console));
    var account =
        command(new AccountCommand())
            .addSubcommand(new AccountCommand.Create(console))
            .addSubcommand(new AccountCommand.Listing(console))
            .addSubcommand(new AccountCommand.Grant(console))
            .addSubcommand(new AccountCommand.Password(console))
            .addSubcommand(new AccountCommand.Totp(console))
            .addSubcommand(new AccountCommand.TotpRemove(console))
            .addSubcommand(new AccountCommand.Disable(console));
    var apiToken =
        command(new ApiTokenCommand())
            .addSubcommand(new ApiTokenCommand.Create(console))
            .addSubcommand(new ApiTokenCommand.Listing(console))
            .addSubcommand(new ApiTokenCommand.Revoke(console));
    var breakGlass =
        command(new BreakGlassCommand())
            .addSubcommand(new BreakGlassCommand.On(console))
            .addSubcommand(new BreakGlassCommand.Off(console));
    var webhook =
        command(new WebhookCommand())
            .addSubcommand(new WebhookAddCommand(console))
            .addSubcommand(new WebhookListCommand(console))
            .addSubcommand(new WebhookTestCommand(console))
            .addSubcommand(new WebhookReplayCommand(console))
            .addSubcommand(new WebhookRemoveCommand(console));
    var certificate =
        command(new CertificateCommand())
            .addSubcommand(new CertificateCommand.New(console))
            .addSubcommand(new CertificateCommand.Renew(console))
            .addSubcommand(new CertificateCommand.Show(console));
    var program =
        command(new ServerProgram())
            .addSubcommand(new InitCommand(console))
            .addSubcommand(new RunCommand(console))
            .addSubcommand(new BackupCommand(console))
            .addSubcommand(new RestoreCommand(console))
            .addSubcommand(new CheckCommand(console))
            .addSubcommand(new RebuildCommand(console))
            .addSubcommand(token)
            .addSubcommand(account)
            .addSubcommand(apiToken)
            .addSubcommand(breakGlass)
            .addSubcommand(webhook)
            .addSubcommand(certificate)
            .addSubcommand(new ExportLinesCommand(console));
    return run(program, console, arguments);
  }

  /// The program `interdict`.
  static int admin(Console console, String... arguments) {
    var rule =
        command(new RuleCommand())
            .addSubcommand(new RuleNewCommand(console))
            .addSubcommand(new RuleLintCommand(console))
            .addSubcommand(new RuleTestCommand(console))
            .addSubcommand(new RuleShowCommand(console))
            .addSubcommand(new RuleExplainCommand(console));
    var key =
        command(new KeyCommand())
            .addSubcommand(new KeyNewCommand(console))
            .addSubcommand(new KeyListCommand(console))
            .addSubcommand(new KeyShowCommand(console))
            .addSubcommand(new KeyRotateCommand(console))
            .addSubcommand(new KeyRevokeCommand(console));
    var root =
        command(new RootCommand())
            .addSubcommand(new RootCommand.Show(console))
            .addSubcommand(new RootNewCommand(console))
            .addSubcommand(new DiffCommand(Kind.TRUST, console))
            .addSubcommand(new SignCommand(Kind.TRUST, console))
            .addSubcommand(new RootPublishCommand(console));
    var blocklist =
        command(new BlocklistCommand())
            .addSubcommand(new BlocklistDraftCommand(console))
            .addSubcommand(new DiffCommand(Kind.BLOCKLIST, console))
            .addSubcommand(new SignCommand(Kind.BLOCKLIST, console))
            .addSubcommand(new BlocklistPublishCommand(console));
    var fleet =
        command(new FleetCommand())
            .addSubcommand(new FleetImportCommand(console))
            .addSubcommand(new FleetStatusCommand(console))
            .addSubcommand(new FleetUnmatchedCommand(console))
            .addSubcommand(new FleetBindCommand(console))
            .addSubcommand(new FleetStandingCommand.Retire(console))
            .addSubcommand(new FleetStandingCommand.Return(console));
    var enrol =
        command(new EnrolCommand())
            .addSubcommand(new EnrolCommand.Queue(console))
            .addSubcommand(new EnrolCommand.Approve(console))
            .addSubcommand(new EnrolCommand.Refuse(console));
    var draft =
        command(new DraftCommand())
            .addSubcommand(new DraftNewCommand(console))
            .addSubcommand(new DraftListCommand(console))
            .addSubcommand(new DraftShowCommand(console))
            .addSubcommand(new DraftEditCommand(console))
            .addSubcommand(new DraftLintCommand(console))
            .addSubcommand(new DraftObserveCommand(console))
            .addSubcommand(new DraftPreviewCommand(console))
            .addSubcommand(new DraftSubmitCommand(console))
            .addSubcommand(new DraftApproveCommand(console))
            .addSubcommand(new DraftRejectCommand(console))
            .addSubcommand(new DraftPublishCommand(console))
            .addSubcommand(new DraftDiscardCommand(console));
    var exemption =
        command(new ExemptionCommand())
            .addSubcommand(new ExemptionRequestsCommand(console))
            .addSubcommand(new ExemptionListCommand(console))
            .addSubcommand(new ExemptionShowCommand(console))
            .addSubcommand(new ExemptionGrantCommand(console))
            .addSubcommand(new ExemptionRefuseCommand(console))
            .addSubcommand(new ExemptionEndCommand(console))
            .addSubcommand(new ExemptionCodeCommand(console))
            .addSubcommand(new ExemptionCodeKeyCommand(console));
    var risk =
        command(new RiskCommand())
            .addSubcommand(new RiskListCommand(console))
            .addSubcommand(new RiskShowCommand(console))
            .addSubcommand(new RiskPutCommand(console));
    var proposal =
        command(new ProposalCommand())
            .addSubcommand(new ProposalListCommand(console))
            .addSubcommand(new ProposalDecideCommand.Agree(console))
            .addSubcommand(new ProposalDecideCommand.Refuse(console));
    var audit =
        command(new AuditCommand())
            .addSubcommand(new AuditCommand.Verify(console))
            .addSubcommand(new AuditCommand.Tail(console))
            .addSubcommand(new AuditListCommand(console));
    var failures =
        command(new FailuresCommand())
            .addSubcommand(new FailuresListCommand(console))
            .addSubcommand(new FailuresShowCommand(console))
            .addSubcommand(new FailuresDeedCommand.Assign(console))
            .addSubcommand(new FailuresDeedCommand.Comment(console))
            .addSubcommand(new FailuresDeedCommand.Resolve(console))
            .addSubcommand(new FailuresDeedCommand.Reopen(console));
    var program =
        command(new AdminProgram())
            .addSubcommand(rule)
            .addSubcommand(new SimulateCommand(console))
            .addSubcommand(draft)
            .addSubcommand(proposal)
            .addSubcommand(blocklist)
            .addSubcommand(new PublishCommand(console))
            .addSubcommand(new WithdrawCommand(console))
            .addSubcommand(new RecoverCommand(console))
            .addSubcommand(new RollbackCommand(console))
            .addSubcommand(new PauseCommand(console))
            .addSubcommand(new ResumeCommand(console))
            .addSubcommand(new BreakerCommand(console))
            .addSubcommand(new HistoryCommand(console))
            .addSubcommand(fleet)
            .addSubcommand(enrol)
            .addSubcommand(exemption)
            .addSubcommand(risk)
            .addSubcommand(audit)
            .addSubcommand(failures)
            .addSubcommand(new ApplyCommand(console))
            .addSubcommand(ImportCommand.with(console))
            .addSubcommand(new LoginCommand(console))
            .addSubcommand(new StatusCommand(console))
            .addSubcommand(
                command(new DeviceCommand())
                    .addSubcommand(new DeviceCommand.Listing(console))
                    .addSubcommand(new DeviceCommand.Show(console)))
            .addSubcommand(new ExportCommand(console))
            .addSubcommand(new CompletionCommand(console))
            .addSubcommand(key)
            .addSubcommand(root);
    return run(program, console, arguments);
  }

  private static CommandLine command(Object command) {
    return new CommandLine(command);
  }

  private static int run(CommandLine program, Console console, String... arguments) {
    complete(program, program.getCommandSpec().usageMessage().footer());
    program.registerConverter(Duration.class, Programs::duration);
    var ansi = console.color() ? Help.Ansi.ON : Help.Ansi.OFF;
    program
        .setOut(console.out())
        .setErr(console.err())
        .setColorScheme(Help.defaultColorScheme(ansi))
        .setUsageHelpWidth(100)
        .setUsageHelpAutoWidth(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((e, _) -> misused(console, e))
        .setExecutionExceptionHandler((e, command, _) -> failed(console, command, e));
    return program.execute(arguments);
  }

  /// Every command knows the version, however deep it stands, and says what its exit codes mean:
  /// the program's, where it has no words of its own for them.
  private static void complete(CommandLine command, String... exitCodes) {
    var version = Programs.class.getPackage().getImplementationVersion();
    var spec = command.getCommandSpec();
    spec.version("Interdict " + (version == null ? "(not packaged)" : version));
    var usage = spec.usageMessage();
    if (usage.footer().length == 0 && usage.exitCodeList().isEmpty()) {
      usage.footer(exitCodes);
    }
    command.getSubcommands().values().forEach(sub -> complete(sub, exitCodes));
  }

  private static Duration duration(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeException e) {
      throw new CommandLine.TypeConversionException(
          "\"" + text + "\" is no duration; write days as P30D, hours as PT8H");
    }
  }

  private static int misused(Console console, CommandLine.ParameterException e) {
    var command = e.getCommandLine();
    var message = words(e);
    console.warn(name(command) + ": " + message + "; see " + name(command) + " --help");
    return Exit.USAGE;
  }

  private static String words(CommandLine.ParameterException e) {
    if (e instanceof CommandLine.UnmatchedArgumentException unmatched) {
      var near = unmatched.getSuggestions();
      return "\""
          + unmatched.getUnmatched().getFirst()
          + "\" is not known here"
          + (near.isEmpty() ? "" : ", did you mean " + near.getFirst() + "?");
    }
    return String.valueOf(e.getMessage())
        .lines()
        .findFirst()
        .orElse("not understood")
        .replace("is not a long", "is no whole number")
        .replace("is not an int", "is no whole number");
  }

  private static int failed(Console console, CommandLine command, Exception e) throws Exception {
    var failure =
        switch (e) {
          case Failure known -> known;
          case UncheckedIOException wrapped when wrapped.getCause() != null ->
              Disk.failure(wrapped.getCause());
          case IOException plain -> Disk.failure(plain);
          case MissingKeyException missing ->
              new Failure(Exit.TRUST, String.valueOf(missing.getMessage()));
          case ImplausibleTimeException clock ->
              new Failure(Exit.REFUSED, String.valueOf(clock.getMessage()));
          case RefusedException refused ->
              new Failure(Exit.REFUSED, String.valueOf(refused.getMessage()));
          case SigningException signing ->
              new Failure(Exit.TRUST, String.valueOf(signing.getMessage()));
          case UnknownOutcomeException unknown ->
              new Failure(Exit.FOUND, String.valueOf(unknown.getMessage()));
          case StoreException store -> new Failure(Exit.FOUND, String.valueOf(store.getMessage()));
          default -> throw e;
        };
    console.warn(name(command) + ": " + Printable.of(String.valueOf(failure.getMessage())));
    return failure.code();
  }

  private static String name(CommandLine command) {
    return command.getCommandSpec().qualifiedName();
  }
}
