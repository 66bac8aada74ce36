package dev.interdict.server.cli.access;

import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.main.Parts;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `account totp`.
@Command(
    name = "totp",
    mixinStandardHelpOptions = true,
    description = {
      "Sets a second factor up: shows what an app for codes is given, then with --code asks for"
          + " codes from now on and shows the recovery codes, once.",
      "",
      "Example: interdict-server account totp li.na",
      "Example: interdict-server account totp li.na --code 123456"
    })
public final class AccountTotpCommand extends OneAccount {
  @Option(
      names = "--code",
      paramLabel = "CODE",
      description = "What the app shows, to prove that it works.")
  private @Nullable String code;

  public AccountTotpCommand(Console console) {
    super(console);
  }

  @Override
  protected void run(Parts parts) {
    if (parts.accounts().list().stream().noneMatch(one -> one.name().equals(name))) {
      throw nobody();
    }
    if (code == null) {
      begin(parts);
    } else {
      confirm(parts, code);
    }
  }

  private void begin(Parts parts) {
    var enrolment = parts.factors().enrol(name, "Interdict");
    if (enrolment == null) {
      throw new Failure(
          Exit.CONFLICT,
          "a code is asked of " + name + " already; see: interdict-server account totp-remove");
    }
    console.field("Secret", enrolment.secret());
    console.field("For the app", enrolment.uri());
    console.line("Then: interdict-server account totp " + name + " --code CODE");
  }

  private void confirm(Parts parts, String given) {
    var recovery = parts.factors().confirm(console.user(), name, given);
    if (recovery == null) {
      throw new Failure(
          Exit.FOUND,
          "the code is wrong, was used already, or nothing waits for one; begin anew with:"
              + " interdict-server account totp "
              + name);
    }
    console.line("Recovery codes, each good once, shown this once:");
    recovery.forEach(console::line);
  }
}
