package dev.interdict.server.cli.access;

import dev.interdict.json.Json;
import dev.interdict.server.access.ApiToken;
import dev.interdict.server.cli.setup.OpenServer;
import dev.interdict.server.cli.setup.ServerDirOption;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.Group;
import dev.interdict.server.cli.terminal.Output;
import dev.interdict.server.cli.terminal.PrivateFile;
import dev.interdict.server.cli.terminal.Times;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Holds the commands below `api-token`.
@Command(
    name = "api-token",
    mixinStandardHelpOptions = true,
    description = "Creates, lists and revokes the tokens of programs that ask the API.")
public final class ApiTokenCommand extends Group {

  /// `api-token create`.
  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      description = {
        "Creates a token. Its secret is shown this once; a program sends it as"
            + " \"Authorization: Bearer SECRET\".",
        "",
        "Example: interdict-server api-token create dashboard --role viewer --scope R&D"
      })
  public static final class Create implements Callable<Integer> {
    private final Console console;

    @Mixin private ServerDirOption folder = new ServerDirOption();
    @Mixin private Output output = new Output();
    @Mixin private GrantOptions grant = new GrantOptions();

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

    @Option(
        names = "--file",
        paramLabel = "FILE",
        description = "Write the secret into a new file of yours alone, rather than show it.")
    private @Nullable Path file;

    public Create(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() throws IOException {
      var roles = grant.roles();
      var scope = grant.scope();
      try (var parts = OpenServer.parts(folder.ready(), console)) {
        if (file != null) {
          PrivateFile.refuseExisting(file);
        }
        var person = OpenServer.account(parts, owner).name();
        var secret = parts.apiTokens().create(person, name, roles, scope, validity);
        if (secret == null) {
          throw new Failure(
              Exit.CONFLICT, "there is, or was, a token " + name + "; choose another name");
        }
        if (file != null) {
          PrivateFile.write(file, secret + "\n");
        }
        if (output.json()) {
          console.json(
              Json.object()
                  .put("token", name)
                  .put("roles", Json.texts(GrantOptions.written(roles)))
                  .put("scope", Json.texts(scope.named()))
                  .put("secret", file == null ? secret : null)
                  .build());
          return Exit.OK;
        }
        console.field("Token", name + ": " + GrantOptions.said(roles, scope));
        console.field("Secret", file == null ? secret + "   (shown this once)" : "in " + file);
        return Exit.OK;
      } catch (IllegalArgumentException e) {
        throw new Failure(Exit.USAGE, String.valueOf(e.getMessage()));
      }
    }
  }

  /// `api-token list`.
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the tokens; their secrets are not kept.")
  public static final class Listing implements Callable<Integer> {
    private final Console console;

    @Mixin private ServerDirOption folder = new ServerDirOption();
    @Mixin private Output output = new Output();

    public Listing(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() {
      try (var parts = OpenServer.parts(folder.ready(), console)) {
        var now = console.clock().instant();
        var tokens = parts.apiTokens().list();
        if (output.json()) {
          console.json(new Json.Arr(tokens.stream().map(token -> json(token, now)).toList()));
          return Exit.OK;
        }
        var row = "%-20s  %-7s  %-20s  %-20s  %s";
        console.line(console.bold(row.formatted("TOKEN", "STATE", "UNTIL", "LAST USED", "MAY")));
        for (var token : tokens) {
          var used = token.lastUsed();
          console.line(
              row.formatted(
                  token.name(),
                  state(token, now),
                  Times.minutes(token.expiresAt()),
                  used == null ? "never" : Times.minutes(used),
                  GrantOptions.said(token.roles(), token.scope())));
        }
        return Exit.OK;
      }
    }

    private static Json json(ApiToken token, Instant now) {
      var used = token.lastUsed();
      return Json.object()
          .put("token", token.name())
          .put("state", state(token, now))
          .put("roles", Json.texts(GrantOptions.written(token.roles())))
          .put("scope", Json.texts(token.scope().named()))
          .put("created", token.createdAt().toString())
          .put("created-by", token.createdBy())
          .put("expires", token.expiresAt().toString())
          .put("last-used", used == null ? null : used.toString())
          .build();
    }

    private static String state(ApiToken token, Instant now) {
      return token.usable(now) ? "usable" : token.revokedAt() != null ? "revoked" : "expired";
    }
  }

  /// `api-token revoke`.
  @Command(name = "revoke", mixinStandardHelpOptions = true, description = "Ends a token at once.")
  public static final class Revoke implements Callable<Integer> {
    private final Console console;

    @Mixin private ServerDirOption folder = new ServerDirOption();

    @Parameters(paramLabel = "NAME", description = "As api-token list shows it.")
    private String name = "";

    public Revoke(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() {
      try (var parts = OpenServer.parts(folder.ready(), console)) {
        if (!parts.apiTokens().revoke(console.user(), name)) {
          throw new Failure(
              Exit.FOUND, "no token " + name + " is in use; see: interdict-server api-token list");
        }
        console.line("Token " + name + " lets nobody in from now on.");
        return Exit.OK;
      }
    }
  }
}
