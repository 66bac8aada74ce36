package dev.interdict.server.cli;

import dev.interdict.server.ceremony.SigningDraft.Kind;
import dev.interdict.server.cli.access.AuditCommand;
import dev.interdict.server.cli.apply.ApplyCommand;
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
import dev.interdict.server.cli.ceremony.TakeBackCommand;
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
import dev.interdict.server.cli.operations.Deeds;
import dev.interdict.server.cli.operations.QueueCommand;
import dev.interdict.server.cli.operations.ReportCommand;
import dev.interdict.server.cli.operations.RingCommand;
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
import dev.interdict.server.cli.remote.ReportPackCommand;
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
import dev.interdict.server.cli.simulate.SimulateCommand;
import dev.interdict.server.cli.terminal.Console;
import java.util.List;

/// The commands of `interdict`, in the order of its help.
final class AdminCommands {
  private AdminCommands() {}

  static Commands of(Console console) {
    return new Commands()
        .group(
            "rule",
            RuleCommand::new,
            () ->
                List.of(
                    new RuleNewCommand(console),
                    new RuleLintCommand(console),
                    new RuleTestCommand(console),
                    new RuleShowCommand(console),
                    new RuleExplainCommand(console)))
        .alone("simulate", () -> new SimulateCommand(console))
        .group(
            "draft",
            DraftCommand::new,
            () ->
                List.of(
                    new DraftNewCommand(console),
                    new DraftListCommand(console),
                    new DraftShowCommand(console),
                    new DraftEditCommand(console),
                    new DraftLintCommand(console),
                    new DraftObserveCommand(console),
                    new DraftPreviewCommand(console),
                    new DraftSubmitCommand(console),
                    new DraftApproveCommand(console),
                    new DraftRejectCommand(console),
                    new DraftPublishCommand(console),
                    new DraftDiscardCommand(console)))
        .group(
            "proposal",
            ProposalCommand::new,
            () ->
                List.of(
                    new ProposalListCommand(console),
                    new ProposalDecideCommand.Agree(console),
                    new ProposalDecideCommand.Refuse(console)))
        .group(
            "blocklist",
            BlocklistCommand::new,
            () ->
                List.of(
                    new BlocklistDraftCommand(console),
                    new DiffCommand(Kind.BLOCKLIST, console),
                    new SignCommand(Kind.BLOCKLIST, console),
                    new BlocklistPublishCommand(console),
                    new TakeBackCommand(Kind.BLOCKLIST, console)))
        .alone("publish", () -> new PublishCommand(console))
        .alone("withdraw", () -> new WithdrawCommand(console))
        .alone("recover", () -> new RecoverCommand(console))
        .alone("rollback", () -> new RollbackCommand(console))
        .alone("pause", () -> new PauseCommand(console))
        .alone("resume", () -> new ResumeCommand(console))
        .alone("breaker", () -> new BreakerCommand(console))
        .alone("history", () -> new HistoryCommand(console))
        .group(
            "fleet",
            FleetCommand::new,
            () ->
                List.of(
                    new FleetImportCommand(console),
                    new FleetStatusCommand(console),
                    new FleetUnmatchedCommand(console),
                    new FleetBindCommand(console),
                    new FleetStandingCommand.Retire(console),
                    new FleetStandingCommand.Return(console),
                    new FleetStandingCommand.Erase(console)))
        .group(
            "enrol",
            EnrolCommand::new,
            () ->
                List.of(
                    new EnrolCommand.Queue(console),
                    new EnrolCommand.Approve(console),
                    new EnrolCommand.Refuse(console),
                    OverApi.tokens(console)))
        .group(
            "exemption",
            ExemptionCommand::new,
            () ->
                List.of(
                    new ExemptionRequestsCommand(console),
                    new ExemptionListCommand(console),
                    new ExemptionShowCommand(console),
                    new ExemptionGrantCommand(console),
                    new ExemptionRefuseCommand(console),
                    new ExemptionEndCommand(console),
                    new ExemptionCodeCommand(console),
                    new ExemptionCodeKeyCommand(console)))
        .group(
            "risk",
            RiskCommand::new,
            () ->
                List.of(
                    new RiskListCommand(console),
                    new RiskShowCommand(console),
                    new RiskPutCommand(console)))
        .group(
            "audit",
            AuditCommand::new,
            () ->
                List.of(
                    new AuditCommand.Verify(console),
                    new AuditCommand.Tail(console),
                    new AuditListCommand(console)))
        .group(
            "failures",
            FailuresCommand::new,
            () ->
                List.of(
                    new FailuresListCommand(console),
                    new FailuresShowCommand(console),
                    new FailuresDeedCommand.Assign(console),
                    new FailuresDeedCommand.Comment(console),
                    new FailuresDeedCommand.Resolve(console),
                    new FailuresDeedCommand.Reopen(console)))
        .alone("apply", () -> new ApplyCommand(console))
        .group("queue", QueueCommand::new, () -> Deeds.below("queue", console))
        .group("ring", RingCommand::new, () -> Deeds.below("ring", console))
        .ready("import", () -> ImportCommand.with(console))
        .alone("login", () -> new LoginCommand(console))
        .alone("status", () -> new StatusCommand(console))
        .group(
            "device",
            DeviceCommand::new,
            () ->
                List.of(
                    new DeviceCommand.Listing(console),
                    new DeviceCommand.Show(console),
                    Deeds.of("device", "rescan", console),
                    Deeds.of("device", "retire", console),
                    Deeds.of("device", "retire-agreed", console),
                    Deeds.of("device", "return", console),
                    Deeds.of("device", "erase", console)))
        .alone("export", () -> new ExportCommand(console))
        .group(
            "report",
            ReportCommand::new,
            () ->
                List.of(
                    new ReportPackCommand(console),
                    OverApi.below(new ReportCommand.Views(), "views", console),
                    OverApi.below(new ReportCommand.Schedule(), "schedule", console)))
        .alone("completion", () -> new CompletionCommand(console))
        .group(
            "key",
            KeyCommand::new,
            () ->
                List.of(
                    new KeyNewCommand(console),
                    new KeyListCommand(console),
                    new KeyShowCommand(console),
                    new KeyRotateCommand(console),
                    new KeyRevokeCommand(console)))
        .group(
            "root",
            RootCommand::new,
            () ->
                List.of(
                    new RootCommand.Show(console),
                    new RootNewCommand(console),
                    new DiffCommand(Kind.TRUST, console),
                    new SignCommand(Kind.TRUST, console),
                    new RootPublishCommand(console),
                    new TakeBackCommand(Kind.TRUST, console)));
  }
}
