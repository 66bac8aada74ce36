package dev.interdict.server.cli.access;

import dev.interdict.server.access.BreakGlass;
import dev.interdict.server.cli.setup.OpenServer;
import dev.interdict.server.cli.setup.ServerDirOption;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.Group;
import dev.interdict.server.cli.terminal.Times;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Holds the commands below `break-glass`.
@Command(
    name = "break-glass",
    mixinStandardHelpOptions = true,
    description = {
      "Switches the account on and off that is for when nobody else can sign in.",
      "It reads everything and mends accounts, and approves and publishes nothing."
    })
public final class BreakGlassCommand extends Group {

  /// `break-glass on`.
  @Command(
      name = "on",
      mixinStandardHelpOptions = true,
      description = "Switches it on for one hour. Its password is shown this once.")
  public static final class On implements Callable<Integer> {
    private final Console console;

    @Mixin private ServerDirOption folder = new ServerDirOption();

    public On(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() {
      try (var parts = OpenServer.parts(folder.ready(), console)) {
        var password = parts.breakGlass().enable(console.user());
        console.field("Account", "break-glass");
        console.field("Password", password + "   (shown this once)");
        console.field("Until", Times.minutes(console.clock().instant().plus(BreakGlass.HOUR)));
        console.warn("All that it does is in the audit log, and so is this.");
        return Exit.OK;
      }
    }
  }

  /// `break-glass off`.
  @Command(
      name = "off",
      mixinStandardHelpOptions = true,
      description = "Switches it off at once and ends its sessions.")
  public static final class Off implements Callable<Integer> {
    private final Console console;

    @Mixin private ServerDirOption folder = new ServerDirOption();

    public Off(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() {
      try (var parts = OpenServer.parts(folder.ready(), console)) {
        if (!parts.breakGlass().disable(console.user())) {
          throw new Failure(Exit.FOUND, "the break-glass account is off");
        }
        console.line("The break-glass account is off.");
        return Exit.OK;
      }
    }
  }
}
