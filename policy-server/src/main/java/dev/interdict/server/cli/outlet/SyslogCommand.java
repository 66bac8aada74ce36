package dev.interdict.server.cli.outlet;

import dev.interdict.server.cli.setup.OpenServer;
import dev.interdict.server.cli.setup.ServerDirOption;
import dev.interdict.server.cli.setup.Settings;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.Group;
import dev.interdict.server.events.Links;
import dev.interdict.server.outbound.Outbound;
import dev.interdict.server.syslog.SyslogDesk;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Holds the commands below `syslog`.
@Command(
    name = "syslog",
    mixinStandardHelpOptions = true,
    description = "Tries the collector that syslog in server.yaml names.")
public final class SyslogCommand extends Group {

  /// `syslog test`.
  @Command(
      name = "test",
      mixinStandardHelpOptions = true,
      description = {
        "Sends the collector one message of the kind test, now and from here, and says how it"
            + " went. Syslog has no receipts: look in the collector for the id that is shown."
      },
      footer = {"", "Exit codes: 0 it was taken, 1 it was not, 2 not understood."})
  public static final class Test implements Callable<Integer> {
    private final Console console;

    @Mixin private ServerDirOption folder = new ServerDirOption();

    public Test(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() throws IOException {
      var ready = folder.ready();
      var settings = Settings.read(ready);
      var outbound = settings.outbound();
      var reader = Outbound.collector(outbound, new Links(outbound.console()));
      if (reader == null) {
        throw new Failure(
            Exit.USAGE,
            "syslog is not set up: write syslog into server.yaml; see docs/integrations.md");
      }
      try (var parts = OpenServer.parts(ready, settings.database(), console)) {
        var desk =
            new SyslogDesk(
                parts.database(), parts.audit(), reader, console.clock(), console.random());
        var outcome = desk.test(console.user());
        if (!outcome.taken()) {
          throw new Failure(Exit.FOUND, "not taken by " + reader.place() + ": " + outcome.error());
        }
        console.line(
            reader.place()
                + " closed the connection after it, as one does that took it; there it has"
                + " externalId="
                + outcome.id());
      }
      return Exit.OK;
    }
  }
}
