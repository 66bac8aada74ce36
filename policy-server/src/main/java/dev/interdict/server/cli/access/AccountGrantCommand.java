package dev.interdict.server.cli.access;

import dev.interdict.server.access.Accounts.Granted;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.main.Parts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `account grant`.
@Command(
    name = "grant",
    mixinStandardHelpOptions = true,
    description =
        "Gives an account other roles and another scope in place of its own, and ends its"
            + " sessions. With a role more than viewer and auditor that it did not have, it gets"
            + " a new password, shown this once.")
public final class AccountGrantCommand extends OneAccount {
  @Mixin private GrantOptions grant = new GrantOptions();

  public AccountGrantCommand(Console console) {
    super(console);
  }

  @Override
  protected void run(Parts parts) {
    var roles = grant.roles();
    var scope = grant.scope();
    var password = freshPassword(console);
    var granted = parts.accounts().grant(console.user(), name, roles, scope, password);
    if (granted == Granted.NOBODY) {
      throw nobody();
    }
    console.line("Account " + name + " from now on: " + GrantOptions.said(roles, scope));
    if (granted == Granted.WITH_FRESH_PASSWORD) {
      console.field("Password", password + "   (a new one, shown this once)");
    }
  }
}
