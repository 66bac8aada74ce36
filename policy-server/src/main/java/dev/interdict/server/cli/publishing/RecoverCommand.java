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
      "After a restore from a backup: shows what devices hold that is newer than here. Until"
          + " somebody has decided by --publish or --nothing-since, a restored server publishes"
          + " nothing and only holds.",
      "With --publish, what is here is published under the next higher numbers, in its place, and"
          + " everything is held: rules that were withdrawn since the backup are in it again."
          + " Compare, withdraw, then let go with interdict resume --propose.",
      "What they hold is what they say, so a device that was tampered with can be the only one:"
          + " then stop believing it, with --disbelieve."
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

  @Option(
      names = "--nothing-since",
      description =
          "After a restore: nothing was published since the backup was made, so go on under the"
              + " next numbers. Refused while a device says otherwise.")
  private boolean nothingSince;

  public RecoverCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (disbelieved != null) {
      return disbelieve(disbelieved);
    }
    if (nothingSince) {
      return goOn();
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

  private int goOn() throws IOException {
    if (publish) {
      throw new Failure(Exit.USAGE, "--nothing-since and --publish say different things; take one");
    }
    if (!signing.look(console, (setback, _) -> heard(setback)).isEmpty()) {
      show();
      throw new Failure(Exit.CONFLICT, "devices say that something was published since the backup");
    }
    if (signing.look(console, (setback, _) -> setback.isUnheard())) {
      throw new Failure(
          Exit.CONFLICT,
          "no workstation was in contact since the restore, so none could say otherwise: let some"
              + " be first (interdict fleet status). A server that only moves is restored with:"
              + " interdict-server restore --nothing-since");
    }
    var done =
        signing.look(
            console,
            (setback, who) -> restored(setback) && setback.disbelieve(who, Setback.BACKUP));
    if (!done) {
      throw new Failure(
          Exit.REFUSED, "this server was not restored, or somebody decided about it already");
    }
    console.line("What is published next goes by the next numbers.");
    return Exit.OK;
  }

  private static DeviceId id(String device) {
    try {
      return new DeviceId(device);
    } catch (IllegalArgumentException e) {
      throw new Failure(Exit.USAGE, "no id of a device: " + device);
    }
  }

  private int show() throws IOException {
    var restored = signing.look(console, (setback, _) -> restored(setback));
    var claims = signing.look(console, (setback, _) -> heard(setback));
    if (output.forPrograms()) {
      output.print(
          Json.object()
              .put("restored", restored)
              .put("newer", claims.stream().map(RecoverCommand::json).toList())
              .build(),
          console);
    } else if (restored && claims.isEmpty()) {
      console.line(
          "This server was restored from a backup, and so far no device says that it holds");
      console.line(
          "anything newer. Wait until workstations were in contact: interdict fleet status");
      console.line("If nothing was published since the backup: interdict recover --nothing-since");
      console.line(
          "If nobody knows, publish what is here under much higher numbers, with all held,");
      console.line("and what is missing anew: interdict recover --publish");
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
    return claims.isEmpty() && !restored ? Exit.OK : Exit.CONFLICT;
  }

  private static boolean restored(Setback setback) {
    try {
      return setback.isRestored();
    } catch (RepositoryException e) {
      throw unreadable(e);
    }
  }

  private static Failure unreadable(RepositoryException e) {
    return new Failure(Exit.TRUST, "the signed repository cannot be read: " + e.getMessage());
  }

  private static List<Setback.Claim> heard(Setback setback) {
    try {
      return setback.heard();
    } catch (RepositoryException e) {
      throw unreadable(e);
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
