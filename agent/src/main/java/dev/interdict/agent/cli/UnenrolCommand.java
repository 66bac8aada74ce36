package dev.interdict.agent.cli;

import dev.interdict.agent.guard.Leaving;
import dev.interdict.agent.pipe.GuardClient;
import dev.interdict.agent.pipe.NoGuardException;
import dev.interdict.agent.state.StateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `interdict-agent unenrol`: takes this device off its server. For whoever the agent's folder
/// belongs to, which is root where the agent is the machine's.
@Command(
    name = "unenrol",
    description = {
      "Takes this computer off its policy server.",
      "It says goodbye there and removes this computer's identity. What is in quarantine"
          + " and the agent's memory stay. The server reports it to the security team, and"
          + " goes on expecting the computer."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = "  sudo systemctl stop interdict-agent && sudo interdict-agent unenrol",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:enrolled no more, and the server knows; or it was not enrolled",
      "1:nothing is changed, or not all of it; the message says why",
      "2:the command line is wrong",
      "3:enrolled no more, yet the server could not be told"
    })
final class UnenrolCommand implements Callable<Integer> {
  private static final int UNTOLD = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Mixin private FolderMixin options = new FolderMixin(DefaultPlaces.state());

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    var words = options.words();
    var out = new Paper(spec.commandLine().getOut(), Paper.COLUMNS, false);
    if (!Files.exists(options.path())) {
      out.line(words.say("unenrol.not-enrolled"));
      return 0;
    }
    var folder = options.open();
    if (runs(folder)) {
      throw new IOException(words.say("unenrol.running"));
    }
    return switch (Leaving.of(folder).leave()) {
      case Leaving.Outcome.Told(var server) -> {
        out.line(words.say("unenrol.told", server.toString()));
        out.line(words.say("unenrol.kept", folder.path().toString()));
        yield 0;
      }
      case Leaving.Outcome.Untold(var server, var device, var why) -> {
        out.line(words.say("unenrol.untold", server == null ? "?" : server.toString(), why));
        out.line(words.say("unenrol.ask", device == null ? "?" : device));
        out.line(words.say("unenrol.kept", folder.path().toString()));
        yield UNTOLD;
      }
      case Leaving.Outcome.NotEnrolled _ -> {
        out.line(words.say("unenrol.not-enrolled"));
        yield 0;
      }
    };
  }

  private static boolean runs(StateDirectory folder) {
    try {
      var _ = new GuardClient(folder.socket(), PATIENCE).ask("status", null, Map.of());
      return true;
    } catch (NoGuardException e) {
      return false;
    } catch (IOException e) {
      // Something answers there.
      return true;
    }
  }
}
