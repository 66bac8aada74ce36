package dev.interdict.server.cli.access;

import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.main.Parts;
import picocli.CommandLine.Command;

/// `account enable`.
@Command(
    name = "enable",
    mixinStandardHelpOptions = true,
    description =
        "Lets an account sign in again that was disabled, with the password and codes it had.")
public final class AccountEnableCommand extends OneAccount {
  public AccountEnableCommand(Console console) {
    super(console);
  }

  @Override
  protected void run(Parts parts) {
    if (!parts.accounts().enable(console.user(), name)) {
      throw new Failure(Exit.FOUND, "there is no account " + name + " that is disabled");
    }
    console.line("Account " + name + " may sign in again.");
  }
}
