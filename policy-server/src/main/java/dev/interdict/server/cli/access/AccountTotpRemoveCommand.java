package dev.interdict.server.cli.access;

import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.main.Parts;
import picocli.CommandLine.Command;

/// `account totp-remove`.
@Command(
    name = "totp-remove",
    mixinStandardHelpOptions = true,
    description = {
      "Asks an account for no codes any more, for a lost phone without recovery codes, and ends"
          + " its sessions. Its person sets a new one up after signing in."
    })
public final class AccountTotpRemoveCommand extends OneAccount {
  public AccountTotpRemoveCommand(Console console) {
    super(console);
  }

  @Override
  protected void run(Parts parts) {
    if (!parts.factors().remove(console.user(), name)) {
      throw new Failure(Exit.FOUND, "no code is asked of an account " + name);
    }
    console.line("Account " + name + " signs in with its password alone from now on.");
  }
}
