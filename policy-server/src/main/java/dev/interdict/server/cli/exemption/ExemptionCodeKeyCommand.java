package dev.interdict.server.cli.exemption;

import dev.interdict.json.Json;
import dev.interdict.offline.CodeKey;
import dev.interdict.server.cli.publishing.Outcomes;
import dev.interdict.server.cli.setup.ServerDirOption;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.PrivateFile;
import dev.interdict.server.exemptions.CodeKeyFile;
import dev.interdict.server.exemptions.IssuedCodes;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `interdict exemption code-key`.
@Command(
    name = "code-key",
    mixinStandardHelpOptions = true,
    description = {
      "Makes the key for one-time codes where there is none, and tells devices of the one that is"
          + " here. A server that was set up before there were such codes needs it once.",
      "The key is the file codes.pem beside the server's other keys. To replace it, move that file"
          + " away first; a device takes no code of the new key before its next contact."
    },
    footer = {
      "",
      "Exit codes: 0 devices are told of the key, 2 not understood, 4 refused by the file system, 5"
          + " a key is not at hand, 6 somebody else publishes."
    })
public final class ExemptionCodeKeyCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ServerDirOption folder = new ServerDirOption();

  public ExemptionCodeKeyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    var ready = folder.ready();
    try (var open = OpenExemptions.of(ready, console)) {
      var known = CodeKeyFile.read(ready.keys());
      var key = known == null ? CodeKey.generate() : known;
      if (known == null) {
        PrivateFile.write(CodeKeyFile.in(ready.keys()), CodeKeyFile.text(key));
      }
      if (!open.codes().isTold(key)) {
        var parts = open.parts();
        parts
            .database()
            .write(connection -> {
              IssuedCodes.tell(connection, key, console.clock().instant());
              parts
                  .audit()
                  .append(
                      connection,
                      console.user(),
                      "exemption.code-key",
                      key.publicKey(),
                      Json.object().build());
              return key;
            });
      }
      var refused = open.files(ready, console).publish(console.user());
      if (refused != null) {
        throw new Failure(Outcomes.code(refused.kind()), refused.reason());
      }
      console.line("Devices learn of this key at their next contact: " + key.publicKey());
      return Exit.OK;
    }
  }
}
