package dev.interdict.server.cli.enrolment;

import dev.interdict.server.cli.setup.OnServer;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.main.Parts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `token revoke`.
@Command(
    name = "revoke",
    mixinStandardHelpOptions = true,
    description = "Ends a token at once. Workstations that it admitted stay enrolled.")
public final class TokenRevokeCommand extends OnServer {
  @Parameters(paramLabel = "ID", description = "The token's id, as token list shows it.")
  private String id = "";

  public TokenRevokeCommand(Console console) {
    super(console);
  }

  @Override
  protected void run(Parts parts) {
    if (!parts.tokens().revoke(console.user(), id)) {
      throw new Failure(
          Exit.FOUND, "there is no token " + id + " to revoke; see: interdict-server token list");
    }
    console.line("Token " + id + " admits nobody from now on.");
  }
}
