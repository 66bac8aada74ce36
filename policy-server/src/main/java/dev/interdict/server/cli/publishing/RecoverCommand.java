package dev.interdict.server.cli.publishing;

import dev.interdict.json.Json;
import dev.interdict.report.DeviceId;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.Output;
import dev.interdict.server.publish.PublishOutcome;
import dev.interdict.server.publish.Setback;
import dev.interdict.trust.metadata.RepositoryException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `interdict recover`: what to do after this server was restored from an old backup.
@Command(
    name = "recover",
    mixinStandardHelpOptions = true,
    description = {
      "After a restore from an old backup: shows what devices hold that is newer than here.",
      "With --publish, what is here is published under the next higher numbers, in its place, and"
          + " everything is held: rules that were withdrawn since the backup are in it again."
          + " Compare, withdraw, then let go with interdict resume --propose.",
      "What they hold is what they say, so a device that was tampered with can be the only one:",
      "then stop believing it."
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

  @Option(
      names = "--disbelieve",
      paramLabel = "DEVICE",
      description =
          "Stop believing what that device says it holds, for good; nothing else changes for it.")
  private @Nullable String disbelieved;

  public RecoverCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (disbelieved != null) {
      return disbelieve(disbelieved);
    }
    return publish ? publish() : show();
  }

  private int publish() throws IOException {
    var outcome = signing.with(console, (publisher, who, _) -> publisher.recover(who));
    var exit = Outcomes.print(outcome, output, console);
    if (outcome instanceof PublishOutcome.Done) {
      console.warn(
          "everything is held now: what was withdrawn or held since the backup is not known here."
              + " Compare the rules, then let go: interdict resume --propose");
    }
    return exit;
  }

  private int disbelieve(String device) throws IOException {
    if (publish) {
      throw new Failure(Exit.USAGE, "--disbelieve and --publish are two steps: take the first now");
    }
    var claimed = signing.look(console, (setback, who) -> setback.disbelieve(who, id(device)));
    if (!claimed) {
      throw new Failure(Exit.REFUSED, "no device " + device + " says that it holds anything newer");
    }
    return show();
  }

  private static DeviceId id(String device) {
    try {
      return new DeviceId(device);
    } catch (IllegalArgumentException e) {
      throw new Failure(Exit.USAGE, "no id of a device: " + device);
    }
  }

  private int show() throws IOException {
    var claims = signing.look(console, (setback, _) -> claims(setback));
    if (output.forPrograms()) {
      output.print(
          Json.object().put("newer", claims.stream().map(RecoverCommand::json).toList()).build(),
          console);
    } else if (claims.isEmpty()) {
      console.line("No device that is believed holds anything newer than this server.");
    } else {
      console.line("Devices say that they hold signed files that are newer than here.");
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
      console.line("If this server was never set back and one device alone says so, it does not");
      console.line("tell the truth: interdict recover --disbelieve DEVICE");
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
