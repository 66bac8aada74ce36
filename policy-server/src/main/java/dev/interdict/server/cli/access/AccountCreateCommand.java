package dev.interdict.server.cli.access;

import dev.interdict.json.Json;
import dev.interdict.server.cli.setup.OnServer;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.Output;
import dev.interdict.server.main.Parts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `account create`.
@Command(
    name = "create",
    mixinStandardHelpOptions = true,
    description = "Creates an account. Its password is shown this once.")
public final class AccountCreateCommand extends OnServer {
  @Mixin private Output output = new Output();

  @Parameters(
      paramLabel = "NAME",
      description = "Lower-case letters, digits, dots, dashes and underscores, such as li.na.")
  private String name = "";

  @Mixin private GrantOptions grant = new GrantOptions();

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "Take its password from a file. Otherwise one is made and shown once.")
  private @Nullable Path passwordFile;

  public AccountCreateCommand(Console console) {
    super(console);
  }

  @Override
  protected void run(Parts parts) throws IOException {
    var roles = grant.roles();
    var scope = grant.scope();
    var password =
        passwordFile == null
            ? OneAccount.freshPassword(console)
            : Files.readString(passwordFile).strip();
    try {
      if (!parts.accounts().create(console.user(), name, password, roles, scope)) {
        throw new Failure(Exit.CONFLICT, "there is an account " + name + " already");
      }
    } catch (IllegalArgumentException e) {
      throw new Failure(Exit.USAGE, String.valueOf(e.getMessage()));
    }
    if (output.forPrograms()) {
      output.print(
          Json.object()
              .put("account", name)
              .put("roles", Json.texts(GrantOptions.written(roles)))
              .put("scope", Json.texts(scope.named()))
              .put("password", passwordFile == null ? password : null)
              .build(),
          console);
      return;
    }
    console.field("Account", name + ": " + GrantOptions.said(roles, scope));
    console.field(
        "Password",
        passwordFile == null ? password + "   (shown this once)" : "from " + passwordFile);
  }
}
