package dev.interdict.server.cli.access;

import dev.interdict.json.Json;
import dev.interdict.server.access.ApiToken;
import dev.interdict.server.access.Role;
import dev.interdict.server.cli.setup.OnServer;
import dev.interdict.server.cli.setup.OpenServer;
import dev.interdict.server.cli.setup.SecretFile;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.Output;
import dev.interdict.server.main.Parts;
import dev.interdict.server.scope.Scope;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
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
          + " 'R&D'",
      "         interdict-server api-token create entra --owner li.na --scim --valid-for P366D"
    })
public final class ApiTokenCreateCommand extends OnServer {
  @Mixin private Output output = new Output();
  @Mixin private SecretFile file = new SecretFile();

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Purpose purpose = new Purpose();

  /// What the program may do.
  static final class Purpose {
    @ArgGroup(exclusive = false, multiplicity = "1")
    @Nullable GrantOptions grant;

    @Option(
        names = "--scim",
        required = true,
        description =
            "It is the company's directory, which tells by SCIM who has left, and does nothing"
                + " else.")
    boolean scim;

    Set<Role> roles() {
      return grant == null ? Set.of() : grant.roles();
    }

    Scope scope() {
      return grant == null ? Scope.WHOLE : grant.scope();
    }

    String said() {
      return scim ? SCIM : GrantOptions.said(roles(), scope());
    }
  }

  /// What a token for SCIM may do, in a word.
  static final String SCIM = "SCIM alone";

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
    file.refuseExisting();
    var secret = file.keep(created(parts));
    if (output.forPrograms()) {
      output.print(
          Json.object()
              .put("token", name)
              .put("purpose", (purpose.scim ? ApiToken.Purpose.SCIM : ApiToken.Purpose.API).word())
              .put("roles", Json.texts(GrantOptions.written(purpose.roles())))
              .put("scope", Json.texts(purpose.scope().named()))
              .put("secret", secret)
              .build(),
          console);
      return;
    }
    console.field("Token", name + ": " + purpose.said());
    console.field("Secret", file.said(secret, "shown this once"));
  }

  private String created(Parts parts) {
    try {
      var person = OpenServer.account(parts, owner, "--owner").name();
      var tokens = parts.apiTokens();
      var secret =
          purpose.scim
              ? tokens.createForScim(console.user(), person, name, validity)
              : tokens.create(
                  console.user(), person, name, purpose.roles(), purpose.scope(), validity);
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
