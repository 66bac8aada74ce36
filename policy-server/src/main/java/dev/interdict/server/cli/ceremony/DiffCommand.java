package dev.interdict.server.cli.ceremony;

import dev.interdict.server.ceremony.SigningDraft.Kind;
import dev.interdict.server.ceremony.SigningDraftFile;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `interdict blocklist diff` and `interdict root diff`.
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description = "Verifies a draft and prints what it would change. Signs nothing.")
public final class DiffCommand implements Callable<Integer> {
  private final Kind kind;
  private final Console console;

  @Mixin private TrustOptions trust = new TrustOptions();

  @Parameters(paramLabel = "FILE", description = "The draft.")
  private Path file = Path.of("");

  public DiffCommand(Kind kind, Console console) {
    this.kind = kind;
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
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
