package dev.interdict.server.cli.fleet;

import dev.interdict.server.cli.setup.OpenServer;
import dev.interdict.server.cli.setup.ServerDirOption;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.fleet.expected.Erasure;
import dev.interdict.server.main.Parts;
import dev.interdict.server.review.SampleHosts;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What `fleet retire`, `fleet return` and `fleet erase` have in common: one workstation, and why.
public abstract class FleetStandingCommand implements Callable<Integer> {
  private final Console console;
  private final String done;

  @Mixin private ServerDirOption folder = new ServerDirOption();

  @Parameters(paramLabel = "DEVICE", description = "A serial, an asset tag, a host name, or an id.")
  private String name = "";

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Why, for whoever asks later.")
  private String reason = "";

  FleetStandingCommand(Console console, String done) {
    this.console = console;
    this.done = done;
  }

  /// Does it; returns the id of what was named.
  abstract String change(Parts parts, String actor, String named, String why);

  @Override
  public Integer call() {
    if (reason.isBlank() || reason.length() > 500) {
      throw new Failure(Exit.USAGE, "a reason is one to 500 characters");
    }
    try (var parts = OpenServer.parts(folder.ready(), console)) {
      var id = change(parts, console.user(), name, reason.strip());
      console.line(id + " " + done);
      return Exit.OK;
    }
  }

  /// `interdict fleet retire`.
  @Command(
      name = "retire",
      mixinStandardHelpOptions = true,
      description = "Takes a workstation out of the fleet: it counts nowhere, and is kept.")
  public static final class Retire extends FleetStandingCommand {
    public Retire(Console console) {
      super(console, "counts no more.");
    }

    @Override
    String change(Parts parts, String actor, String named, String why) {
      return parts.expected().retire(actor, named, why);
    }
  }

  /// `interdict fleet return`.
  @Command(
      name = "return",
      mixinStandardHelpOptions = true,
      description = "Takes a retired or refused workstation back into the fleet.")
  public static final class Return extends FleetStandingCommand {
    public Return(Console console) {
      super(console, "counts again.");
    }

    @Override
    String change(Parts parts, String actor, String named, String why) {
      return parts.expected().restore(actor, named, why);
    }
  }

  /// `interdict fleet erase`.
  @Command(
      name = "erase",
      mixinStandardHelpOptions = true,
      description = {
        "Erases for good what is kept of a retired, refused or superseded workstation.",
        "",
        "What it reported, findings, notices, what people wrote beside it, and its entry of the"
            + " company's list. The audit log stays, with a line more; so do backups, until you"
            + " delete them."
      })
  public static final class Erase extends FleetStandingCommand {
    public Erase(Console console) {
      super(console, "is erased.");
    }

    @Override
    String change(Parts parts, String actor, String named, String why) {
      return new Erasure(parts.database(), parts.audit(), SampleHosts::forget, parts.clock())
          .erase(actor, named, why)
          .named();
    }
  }
}
