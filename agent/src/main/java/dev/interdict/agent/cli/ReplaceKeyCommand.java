package dev.interdict.agent.cli;

import dev.interdict.agent.state.Enrolment;
import dev.interdict.trust.DurableFile;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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
  @Mixin private FolderMixin options = new FolderMixin(DefaultPlaces.state());

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    var words = options.words();
    var folder = options.open();
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
