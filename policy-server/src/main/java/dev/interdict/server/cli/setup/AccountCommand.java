package dev.interdict.server.cli.setup;

import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.server.access.Account;
import dev.interdict.server.access.Role;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.Group;
import dev.interdict.server.cli.terminal.Output;
import dev.interdict.server.store.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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

    @Option(
        names = "--role",
        paramLabel = "ROLE",
        required = true,
        description = {
          "What it may do; repeat it for several: viewer (read), helpdesk (the first step of"
              + " exemptions), author (write rules), approver (approve rules; the second step of"
              + " exemptions), auditor (read all), administrator (accounts and tokens)."
        })
    private List<String> roles = List.of();

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
      var wanted = roles();
      var password =
          passwordFile == null
              ? Secrets.fresh(console.random()).substring(0, 22)
              : Files.readString(passwordFile).strip();
      try (var parts = OpenServer.parts(folder.ready(), console)) {
        if (!parts.accounts().create(console.user(), name, password, wanted)) {
          throw new Failure(Exit.CONFLICT, "there is an account " + name + " already");
        }
      } catch (IllegalArgumentException e) {
        throw new Failure(Exit.USAGE, String.valueOf(e.getMessage()));
      }
      if (output.json()) {
        console.json(
            Json.object()
                .put("account", name)
                .put("roles", Json.texts(written(wanted)))
                .put("password", passwordFile == null ? password : null)
                .build());
        return Exit.OK;
      }
      console.field("Account", name + ": " + String.join(", ", written(wanted)));
      console.field(
          "Password",
          passwordFile == null ? password + "   (shown this once)" : "from " + passwordFile);
      return Exit.OK;
    }

    private Set<Role> roles() {
      var wanted = EnumSet.noneOf(Role.class);
      for (var text : roles) {
        try {
          wanted.add(Role.valueOf(text.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
          throw new Failure(
              Exit.USAGE,
              "there is no role \""
                  + text
                  + "\"; write one of "
                  + Arrays.stream(Role.values())
                      .map(Fields::written)
                      .collect(Collectors.joining(", ")));
        }
      }
      return wanted;
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
              row.formatted(one.name(), state(one), String.join(", ", written(one.roles()))));
        }
        return Exit.OK;
      }
    }

    private static Json json(Account one) {
      return Json.object()
          .put("account", one.name())
          .put("state", state(one))
          .put("roles", Json.texts(written(one.roles())))
          .put("created", one.createdAt().toString())
          .build();
    }

    private static String state(Account one) {
      return one.disabledAt() == null ? "active" : "disabled";
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
          throw new Failure(
              Exit.FOUND, "there is no account " + name + "; see: interdict-server account list");
        }
        console.line("Account " + name + " is disabled from now on.");
        return Exit.OK;
      }
    }
  }

  private static List<String> written(Set<Role> roles) {
    var written = new ArrayList<String>();
    new TreeSet<>(roles).forEach(role -> written.add(Fields.written(role)));
    return written;
  }
}
