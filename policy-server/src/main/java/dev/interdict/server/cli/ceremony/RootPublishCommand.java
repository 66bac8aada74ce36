package dev.interdict.server.cli.ceremony;

import dev.interdict.server.ceremony.SigningDraft.Kind;
import dev.interdict.server.cli.publishing.ServerOptions;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `interdict root publish`.
@Command(
    name = "publish",
    mixinStandardHelpOptions = true,
    description = {
      "Publishes a change of keys that enough people have signed. Workstations follow at their next"
          + " contact; none is enrolled anew."
    })
public final class RootPublishCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private Publishing publishing = new Publishing();

  public RootPublishCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    var opened = server.open(console);
    try (var _ = opened.parts()) {
      TrustPublication.run(publishing.complete(Kind.TRUST, opened.pin(), console), opened, console);
      return Exit.OK;
    }
  }
}
