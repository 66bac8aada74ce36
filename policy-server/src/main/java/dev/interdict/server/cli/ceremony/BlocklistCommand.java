package dev.interdict.server.cli.ceremony;

import dev.interdict.server.ceremony.SigningDraft.Kind;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Group;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Holds the commands below `blocklist`.
@Command(
    name = "blocklist",
    mixinStandardHelpOptions = true,
    description = {
      "Changes the blocklist where several people sign it: draft on the server, sign on machines"
          + " without network, publish on the server."
    })
public final class BlocklistCommand extends Group {

  /// `blocklist diff`.
  @Command(
      name = "diff",
      mixinStandardHelpOptions = true,
      description = "Verifies a draft and prints what it would change. Signs nothing.")
  public static final class Diff implements Callable<Integer> {
    private final Console console;

    @Mixin private Diffing diffing = new Diffing();

    public Diff(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() throws IOException {
      return diffing.run(Kind.BLOCKLIST, console);
    }
  }

  /// `blocklist sign`.
  @Command(
      name = "sign",
      mixinStandardHelpOptions = true,
      description = {
        "Verifies a draft, prints what it would change, asks for your key's passphrase and adds"
            + " your signature.",
        "Needs no network and no server."
      })
  public static final class Sign implements Callable<Integer> {
    private final Console console;

    @Mixin private Signing signing = new Signing();

    public Sign(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() throws IOException {
      return signing.run(Kind.BLOCKLIST, console);
    }
  }
}
