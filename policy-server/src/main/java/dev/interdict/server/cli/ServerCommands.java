package dev.interdict.server.cli;

import dev.interdict.server.cli.access.AccountCommand;
import dev.interdict.server.cli.access.AccountCreateCommand;
import dev.interdict.server.cli.access.AccountDisableCommand;
import dev.interdict.server.cli.access.AccountEnableCommand;
import dev.interdict.server.cli.access.AccountGrantCommand;
import dev.interdict.server.cli.access.AccountListCommand;
import dev.interdict.server.cli.access.AccountPasswordCommand;
import dev.interdict.server.cli.access.AccountTotpCommand;
import dev.interdict.server.cli.access.AccountTotpRemoveCommand;
import dev.interdict.server.cli.access.ApiTokenCommand;
import dev.interdict.server.cli.access.ApiTokenCreateCommand;
import dev.interdict.server.cli.access.ApiTokenListCommand;
import dev.interdict.server.cli.access.ApiTokenRevokeCommand;
import dev.interdict.server.cli.access.BreakGlassCommand;
import dev.interdict.server.cli.backup.BackupCommand;
import dev.interdict.server.cli.backup.CheckCommand;
import dev.interdict.server.cli.backup.RestoreCommand;
import dev.interdict.server.cli.certificate.CertificateCommand;
import dev.interdict.server.cli.completion.CompletionCommand;
import dev.interdict.server.cli.doctor.DoctorCommand;
import dev.interdict.server.cli.enrolment.TokenCommand;
import dev.interdict.server.cli.enrolment.TokenCreateCommand;
import dev.interdict.server.cli.enrolment.TokenListCommand;
import dev.interdict.server.cli.enrolment.TokenRevokeCommand;
import dev.interdict.server.cli.export.ExportLinesCommand;
import dev.interdict.server.cli.outlet.MailCommand;
import dev.interdict.server.cli.outlet.SyslogCommand;
import dev.interdict.server.cli.setup.HealthCommand;
import dev.interdict.server.cli.setup.InitCommand;
import dev.interdict.server.cli.setup.MigrateCommand;
import dev.interdict.server.cli.setup.RebuildCommand;
import dev.interdict.server.cli.setup.RunCommand;
import dev.interdict.server.cli.support.SupportBundleCommand;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.webhook.WebhookAddCommand;
import dev.interdict.server.cli.webhook.WebhookCommand;
import dev.interdict.server.cli.webhook.WebhookListCommand;
import dev.interdict.server.cli.webhook.WebhookRemoveCommand;
import dev.interdict.server.cli.webhook.WebhookReplayCommand;
import dev.interdict.server.cli.webhook.WebhookTestCommand;
import java.util.List;

/// The commands of `interdict-server`, in the order of its help.
final class ServerCommands {
  private ServerCommands() {}

  static Commands of(Console console) {
    return new Commands()
        .alone("init", () -> new InitCommand(console))
        .alone("run", () -> new RunCommand(console))
        .alone("health", () -> new HealthCommand(console))
        .alone("migrate", () -> new MigrateCommand(console))
        .alone("backup", () -> new BackupCommand(console))
        .alone("restore", () -> new RestoreCommand(console))
        .alone("check", () -> new CheckCommand(console))
        .alone("doctor", () -> new DoctorCommand(console))
        .alone("support-bundle", () -> new SupportBundleCommand(console))
        .alone("rebuild", () -> new RebuildCommand(console))
        .group(
            "token",
            TokenCommand::new,
            () ->
                List.of(
                    new TokenCreateCommand(console),
                    new TokenListCommand(console),
                    new TokenRevokeCommand(console)))
        .group(
            "account",
            AccountCommand::new,
            () ->
                List.of(
                    new AccountCreateCommand(console),
                    new AccountListCommand(console),
                    new AccountGrantCommand(console),
                    new AccountPasswordCommand(console),
                    new AccountTotpCommand(console),
                    new AccountTotpRemoveCommand(console),
                    new AccountDisableCommand(console),
                    new AccountEnableCommand(console)))
        .group(
            "api-token",
            ApiTokenCommand::new,
            () ->
                List.of(
                    new ApiTokenCreateCommand(console),
                    new ApiTokenListCommand(console),
                    new ApiTokenRevokeCommand(console)))
        .group(
            "break-glass",
            BreakGlassCommand::new,
            () -> List.of(new BreakGlassCommand.On(console), new BreakGlassCommand.Off(console)))
        .group(
            "webhook",
            WebhookCommand::new,
            () ->
                List.of(
                    new WebhookAddCommand(console),
                    new WebhookListCommand(console),
                    new WebhookTestCommand(console),
                    new WebhookReplayCommand(console),
                    new WebhookRemoveCommand(console)))
        .group("mail", MailCommand::new, () -> List.of(new MailCommand.Test(console)))
        .group("syslog", SyslogCommand::new, () -> List.of(new SyslogCommand.Test(console)))
        .group(
            "certificate",
            CertificateCommand::new,
            () ->
                List.of(
                    new CertificateCommand.New(console),
                    new CertificateCommand.Renew(console),
                    new CertificateCommand.Show(console)))
        .alone("export", () -> new ExportLinesCommand(console))
        .alone("completion", () -> new CompletionCommand(console));
  }
}
