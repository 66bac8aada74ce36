package dev.interdict.server.cli.access;

import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.main.Parts;
import picocli.CommandLine.Command;

/// `account password`.
@Command(
    name = "password",
    mixinStandardHelpOptions = true,
    description = "Gives an account a new password, shown this once, and ends its sessions.")
public final class AccountPasswordCommand extends OneAccount {
  public AccountPasswordCommand(Console console) {
    super(console);
  }

  @Override
  protected void run(Parts parts) {
    var password = freshPassword(console);
    if (!parts.accounts().setPassword(console.user(), name, password)) {
      throw nobody();
    }
    console.field("Password", password + "   (shown this once)");
  }
}
