package dev.interdict.server.cli.access;

import dev.interdict.json.Json;
import dev.interdict.server.cli.setup.OnServer;
import dev.interdict.server.cli.setup.OpenServer;
import dev.interdict.server.cli.setup.SecretFile;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.Output;
import dev.interdict.server.main.Parts;
import java.io.IOException;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `api-token create`.
@Command(
    name = "create",
    mixinStandardHelpOptions = true,
    description = {
      "Creates a token. Its secret is shown this once; a program sends it as"
          + " \"Authorization: Bearer SECRET\".",
      "",
      "Example: interdict-server api-token create dashboard --owner li.na --role viewer --scope"
          + " 'R&D'"
    })
public final class ApiTokenCreateCommand extends OnServer {
  @Mixin private Output output = new Output();
  @Mixin private GrantOptions grant = new GrantOptions();
  @Mixin private SecretFile file = new SecretFile();

  @Parameters(paramLabel = "NAME", description = "What the program is, such as dashboard.")
  private String name = "";

  @Option(
      names = "--valid-for",
      paramLabel = "DURATION",
      defaultValue = "P90D",
      description = "How long it is good for, at most P366D (default: ${DEFAULT-VALUE}).")
  private Duration validity = Duration.ZERO;

  @Option(
      names = "--owner",
      paramLabel = "ACCOUNT",
      required = true,
      description =
          "Whose it is: whoever that is decides on nothing that the token began. Two names would"
              + " be no two people otherwise.")
  private String owner = "";

  public ApiTokenCreateCommand(Console console) {
    super(console);
  }

  @Override
  protected void run(Parts parts) throws IOException {
    var roles = grant.roles();
    var scope = grant.scope();
    file.refuseExisting();
    var secret = file.keep(created(parts));
    if (output.forPrograms()) {
      output.print(
          Json.object()
              .put("token", name)
              .put("roles", Json.texts(GrantOptions.written(roles)))
              .put("scope", Json.texts(scope.named()))
              .put("secret", secret)
              .build(),
          console);
      return;
    }
    console.field("Token", name + ": " + GrantOptions.said(roles, scope));
    console.field("Secret", file.said(secret, "shown this once"));
  }

  private String created(Parts parts) {
    try {
      var person = OpenServer.account(parts, owner, "--owner").name();
      var secret =
          parts
              .apiTokens()
              .create(console.user(), person, name, grant.roles(), grant.scope(), validity);
      if (secret == null) {
        throw new Failure(
            Exit.CONFLICT, "there is, or was, a token " + name + "; choose another name");
      }
      return secret;
    } catch (IllegalArgumentException e) {
      throw new Failure(Exit.USAGE, String.valueOf(e.getMessage()));
    }
  }
}
