package dev.interdict.server.cli.access;

import dev.interdict.server.cli.setup.OnServer;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.main.Parts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `api-token revoke`.
@Command(name = "revoke", mixinStandardHelpOptions = true, description = "Ends a token at once.")
public final class ApiTokenRevokeCommand extends OnServer {
  @Parameters(paramLabel = "NAME", description = "As api-token list shows it.")
  private String name = "";

  public ApiTokenRevokeCommand(Console console) {
    super(console);
  }

  @Override
  protected void run(Parts parts) {
    if (!parts.apiTokens().revoke(console.user(), name)) {
      throw new Failure(
          Exit.FOUND, "no token " + name + " is in use; see: interdict-server api-token list");
    }
    console.line("Token " + name + " lets nobody in from now on.");
  }
}
