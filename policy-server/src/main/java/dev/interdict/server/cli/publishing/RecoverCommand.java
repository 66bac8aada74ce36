package dev.interdict.server.cli.publishing;

import dev.interdict.json.Json;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.Output;
import dev.interdict.server.publish.Setback;
import dev.interdict.trust.metadata.RepositoryException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `interdict recover`: what to do after this server was restored from an old backup.
@Command(
    name = "recover",
    mixinStandardHelpOptions = true,
    description = {
      "After a restore from an old backup: shows what devices hold that is newer than here.",
      "With --publish, what is here is published under the next higher numbers, in its place."
    })
public final class RecoverCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private SigningOptions signing = new SigningOptions();
  @Mixin private Output output = new Output();

  @Option(
      names = "--publish",
      description =
          "Publish what is here in place of what devices hold. Rules, exemptions and holds since"
              + " the backup are lost by it: compare first.")
  private boolean publish;

  public RecoverCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    return publish
        ? Outcomes.print(
            signing.with(console, (publisher, who) -> publisher.recover(who)), output, console)
        : show();
  }

  private int show() throws IOException {
    var claims = signing.look(console, RecoverCommand::claims);
    if (output.json()) {
      console.json(
          Json.object().put("newer", claims.stream().map(RecoverCommand::json).toList()).build());
    } else if (claims.isEmpty()) {
      console.line("No device holds anything newer than this server.");
    } else {
      console.line("Devices hold signed files that are newer than here. They go on by them.");
      for (var claim : claims) {
        console.line(
            "  %s: %d here, %d on %d %s, such as %s"
                .formatted(
                    claim.role(),
                    claim.here(),
                    claim.held(),
                    claim.devices(),
                    claim.devices() == 1 ? "device" : "devices",
                    claim.example()));
      }
      console.line(
          "Restore a newer backup if there is one. Otherwise publish what is here under the");
      console.line("next higher numbers, then what is missing anew: interdict recover --publish");
    }
    return claims.isEmpty() ? Exit.OK : Exit.CONFLICT;
  }

  private static List<Setback.Claim> claims(Setback setback) {
    try {
      return setback.claims();
    } catch (RepositoryException e) {
      throw new Failure(Exit.TRUST, "the signed repository cannot be read: " + e.getMessage());
    }
  }

  private static Json json(Setback.Claim claim) {
    return Json.object()
        .put("role", claim.role())
        .put("here", claim.here())
        .put("held", claim.held())
        .put("devices", claim.devices())
        .put("example", claim.example())
        .build();
  }
}
