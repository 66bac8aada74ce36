package dev.interdict.server.cli.ceremony;

import dev.interdict.server.ceremony.SigningDraft.Kind;
import dev.interdict.server.ceremony.SigningDraftFile;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// What `blocklist diff` and `root diff` do.
final class Diffing {
  @Mixin private TrustOptions trust = new TrustOptions();

  @Parameters(paramLabel = "FILE", description = "The draft.")
  private Path file = Path.of("");

  int run(Kind kind, Console console) throws IOException {
    var memory = trust.memory();
    var draft = SigningDraftFile.read(file);
    var inspected = TrustOptions.inspect(draft, kind, memory.trustRoot(), console);
    new DraftView(inspected, console).print();
    var objection = memory.objection(inspected);
    if (objection != null) {
      console.line(console.yellow("! " + objection));
      return Exit.FOUND;
    }
    return Exit.OK;
  }
}
