package dev.interdict.server.cli.access;

import dev.interdict.json.Json;
import dev.interdict.server.access.Account;
import dev.interdict.server.access.Accounts.Granted;
import dev.interdict.server.cli.setup.OpenServer;
import dev.interdict.server.cli.setup.ServerDirOption;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.Group;
import dev.interdict.server.cli.terminal.Output;
import dev.interdict.server.store.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Holds the commands below `account`.
@Command(
    name = "account",
    mixinStandardHelpOptions = true,
    description = "Creates, lists and disables the accounts of the people who run this server.")
public final class AccountCommand extends Group {

  /// `account create`.
  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      description = "Creates an account. Its password is shown this once.")
  public static final class Create implements Callable<Integer> {
    private final Console console;

    @Mixin private ServerDirOption folder = new ServerDirOption();
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

    public Create(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() throws IOException {
      var wanted = grant.roles();
      var scope = grant.scope();
      var password = passwordFile == null ? fresh(console) : Files.readString(passwordFile).strip();
      try (var parts = OpenServer.parts(folder.ready(), console)) {
        if (!parts.accounts().create(console.user(), name, password, wanted, scope)) {
          throw new Failure(Exit.CONFLICT, "there is an account " + name + " already");
        }
      } catch (IllegalArgumentException e) {
        throw new Failure(Exit.USAGE, String.valueOf(e.getMessage()));
      }
      if (output.json()) {
        console.json(
            Json.object()
                .put("account", name)
                .put("roles", Json.texts(GrantOptions.written(wanted)))
                .put("scope", Json.texts(scope.named()))
                .put("password", passwordFile == null ? password : null)
                .build());
        return Exit.OK;
      }
      console.field("Account", name + ": " + GrantOptions.said(wanted, scope));
      console.field(
          "Password",
          passwordFile == null ? password + "   (shown this once)" : "from " + passwordFile);
      return Exit.OK;
    }
  }

  /// `account list`.
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the accounts and what they may do.")
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
        var accounts = parts.accounts().list();
        if (output.json()) {
          console.json(new Json.Arr(accounts.stream().map(Listing::json).toList()));
          return Exit.OK;
        }
        var row = "%-20s  %-8s  %s";
        console.line(console.bold(row.formatted("ACCOUNT", "STATE", "ROLES")));
        for (var one : accounts) {
          console.line(
              row.formatted(one.name(), state(one), GrantOptions.said(one.roles(), one.scope())));
        }
        return Exit.OK;
      }
    }

    private static Json json(Account one) {
      return Json.object()
          .put("account", one.name())
          .put("state", state(one))
          .put("roles", Json.texts(GrantOptions.written(one.roles())))
          .put("scope", Json.texts(one.scope().named()))
          .put("created", one.createdAt().toString())
          .build();
    }

    private static String state(Account one) {
      return one.disabledAt() == null ? "active" : "disabled";
    }
  }

  /// `account grant`.
  @Command(
      name = "grant",
      mixinStandardHelpOptions = true,
      description =
          "Gives an account other roles and another scope in place of its own, and ends its"
              + " sessions. With a role more than viewer and auditor that it did not have, it gets"
              + " a new password, shown this once.")
  public static final class Grant implements Callable<Integer> {
    private final Console console;

    @Mixin private ServerDirOption folder = new ServerDirOption();
    @Mixin private GrantOptions grant = new GrantOptions();

    @Parameters(paramLabel = "NAME", description = "As account list shows it.")
    private String name = "";

    public Grant(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() {
      var roles = grant.roles();
      var scope = grant.scope();
      try (var parts = OpenServer.parts(folder.ready(), console)) {
        var password = fresh(console);
        var granted = parts.accounts().grant(console.user(), name, roles, scope, password);
        if (granted == Granted.NOBODY) {
          throw nobody(name);
        }
        console.line("Account " + name + " from now on: " + GrantOptions.said(roles, scope));
        if (granted == Granted.WITH_FRESH_PASSWORD) {
          console.field("Password", password + "   (a new one, shown this once)");
        }
        return Exit.OK;
      }
    }
  }

  /// `account password`.
  @Command(
      name = "password",
      mixinStandardHelpOptions = true,
      description = "Gives an account a new password, shown this once, and ends its sessions.")
  public static final class Password implements Callable<Integer> {
    private final Console console;

    @Mixin private ServerDirOption folder = new ServerDirOption();

    @Parameters(paramLabel = "NAME", description = "As account list shows it.")
    private String name = "";

    public Password(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() {
      var password = fresh(console);
      try (var parts = OpenServer.parts(folder.ready(), console)) {
        if (!parts.accounts().setPassword(console.user(), name, password)) {
          throw nobody(name);
        }
        console.field("Password", password + "   (shown this once)");
        return Exit.OK;
      }
    }
  }

  /// `account disable`.
  @Command(
      name = "disable",
      mixinStandardHelpOptions = true,
      description =
          "Refuses an account's sign-in and decisions from now on, and ends its sessions.")
  public static final class Disable implements Callable<Integer> {
    private final Console console;

    @Mixin private ServerDirOption folder = new ServerDirOption();

    @Parameters(paramLabel = "NAME", description = "As account list shows it.")
    private String name = "";

    public Disable(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() {
      try (var parts = OpenServer.parts(folder.ready(), console)) {
        if (!parts.accounts().disable(console.user(), name)) {
          throw nobody(name);
        }
        console.line("Account " + name + " is disabled from now on.");
        return Exit.OK;
      }
    }
  }

  /// `account enable`.
  @Command(
      name = "enable",
      mixinStandardHelpOptions = true,
      description =
          "Lets an account sign in again that was disabled, with the password and codes it had.")
  public static final class Enable implements Callable<Integer> {
    private final Console console;

    @Mixin private ServerDirOption folder = new ServerDirOption();

    @Parameters(paramLabel = "NAME", description = "As account list shows it.")
    private String name = "";

    public Enable(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() {
      try (var parts = OpenServer.parts(folder.ready(), console)) {
        if (!parts.accounts().enable(console.user(), name)) {
          throw new Failure(Exit.FOUND, "there is no account " + name + " that is disabled");
        }
        console.line("Account " + name + " may sign in again.");
        return Exit.OK;
      }
    }
  }

  /// `account totp-remove`.
  @Command(
      name = "totp-remove",
      mixinStandardHelpOptions = true,
      description = {
        "Asks an account for no codes any more, for a lost phone without recovery codes, and ends"
            + " its sessions. Its person sets a new one up after signing in."
      })
  public static final class TotpRemove implements Callable<Integer> {
    private final Console console;

    @Mixin private ServerDirOption folder = new ServerDirOption();

    @Parameters(paramLabel = "NAME", description = "As account list shows it.")
    private String name = "";

    public TotpRemove(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() {
      try (var parts = OpenServer.parts(folder.ready(), console)) {
        if (!parts.factors().remove(console.user(), name)) {
          throw new Failure(Exit.FOUND, "no code is asked of an account " + name);
        }
        console.line("Account " + name + " signs in with its password alone from now on.");
        return Exit.OK;
      }
    }
  }

  /// `account totp`.
  @Command(
      name = "totp",
      mixinStandardHelpOptions = true,
      description = {
        "Sets a second factor up: shows what an app for codes is given, then with --code asks for"
            + " codes from now on and shows the recovery codes, once.",
        "",
        "Example: interdict-server account totp li.na",
        "Example: interdict-server account totp li.na --code 123456"
      })
  public static final class Totp implements Callable<Integer> {
    private final Console console;

    @Mixin private ServerDirOption folder = new ServerDirOption();

    @Parameters(paramLabel = "NAME", description = "As account list shows it.")
    private String name = "";

    @Option(
        names = "--code",
        paramLabel = "CODE",
        description = "What the app shows, to prove that it works.")
    private @Nullable String code;

    public Totp(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() {
      try (var parts = OpenServer.parts(folder.ready(), console)) {
        if (parts.accounts().list().stream().noneMatch(one -> one.name().equals(name))) {
          throw nobody(name);
        }
        if (code != null) {
          var recovery = parts.factors().confirm(name, code);
          if (recovery == null) {
            throw new Failure(Exit.FOUND, "the code is wrong, or nothing waits for one");
          }
          console.line("Recovery codes, each good once, shown this once:");
          recovery.forEach(console::line);
          return Exit.OK;
        }
        var enrolment = parts.factors().enrol(name, "Interdict");
        if (enrolment == null) {
          throw new Failure(
              Exit.CONFLICT,
              "a code is asked of " + name + " already; see: interdict-server account totp-remove");
        }
        console.field("Secret", enrolment.secret());
        console.field("For the app", enrolment.uri());
        console.line("Then: interdict-server account totp " + name + " --code CODE");
        return Exit.OK;
      }
    }
  }

  private static String fresh(Console console) {
    return Secrets.fresh(console.random()).substring(0, 22);
  }

  static Failure nobody(String name) {
    return new Failure(
        Exit.FOUND, "there is no account " + name + "; see: interdict-server account list");
  }
}
