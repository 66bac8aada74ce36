package dev.interdict.server.cli.access;

import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.main.Parts;
import picocli.CommandLine.Command;

/// `account disable`.
@Command(
    name = "disable",
    mixinStandardHelpOptions = true,
    description = "Refuses an account's sign-in and decisions from now on, and ends its sessions.")
public final class AccountDisableCommand extends OneAccount {
  public AccountDisableCommand(Console console) {
    super(console);
  }

  @Override
  protected void run(Parts parts) {
    if (!parts.accounts().disable(console.user(), name)) {
      if (parts.accounts().list().stream().noneMatch(each -> each.name().equals(name))) {
        throw nobody();
      }
      console.line("Account " + name + " is disabled already.");
      return;
    }
    console.line("Account " + name + " is disabled from now on.");
  }
}
