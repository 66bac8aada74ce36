package dev.interdict.agent.cli;

import dev.interdict.agent.state.Enrolment;
import dev.interdict.agent.state.StateDirectory;
import dev.interdict.trust.DurableFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `interdict-agent replace-key`: has the guard replace this device's key at its next contact with
/// the server.
@Command(
    name = "replace-key",
    description = {
      "Has this computer sign with a new key from its next contact with the server on.",
      "It stays the same device. Keys are replaced once a year without this."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = "  sudo interdict-agent replace-key",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:asked for; the guard does it at its next contact",
      "1:not asked for; the message says why",
      "2:the command line is wrong"
    })
final class ReplaceKeyCommand implements Callable<Integer> {
  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = "The agent's own folder (default: ${DEFAULT-VALUE}).")
  private Path state = DefaultPlaces.state();

  @Option(
      names = "--lang",
      paramLabel = "LANG",
      description = "en or zh-CN (default: as the environment says).")
  private String language = "";

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    var words = Words.of(language, System.getenv());
    var folder = StateDirectory.open(state);
    var enrolment = Enrolment.load(folder);
    if (enrolment == null) {
      throw new IOException(words.say("replace-key.not-enrolled", folder.enrolment().toString()));
    }
    DurableFile.write(folder.keyWish(), new byte[0]);
    spec.commandLine()
        .getOut()
        .println(
            words.say(
                "replace-key.asked", enrolment.device().toString(), enrolment.server().toString()));
    return 0;
  }
}
