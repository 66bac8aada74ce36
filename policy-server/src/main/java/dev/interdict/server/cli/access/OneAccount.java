package dev.interdict.server.cli.access;

import dev.interdict.server.cli.setup.OnServer;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.store.Secrets;
import picocli.CommandLine.Parameters;

/// A command on one account.
abstract class OneAccount extends OnServer {
  @Parameters(paramLabel = "NAME", description = "As account list shows it.")
  protected String name = "";

  OneAccount(Console console) {
    super(console);
  }

  Failure nobody() {
    return new Failure(
        Exit.FOUND, "there is no account " + name + "; see: interdict-server account list");
  }

  /// A password that nobody has to think of.
  static String freshPassword(Console console) {
    return Secrets.fresh(console.random()).substring(0, 22);
  }
}
