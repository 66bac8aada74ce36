package dev.interdict.server.cli.access;

import dev.interdict.json.Json;
import dev.interdict.server.access.Account;
import dev.interdict.server.cli.setup.ListOnServer;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Table;
import dev.interdict.server.main.Parts;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;

/// `account list`.
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the accounts and what they may do.")
public final class AccountListCommand extends ListOnServer<Account> {
  private Set<String> withCode = Set.of();

  public AccountListCommand(Console console) {
    super(console, () -> new Table("ACCOUNT", "STATE", "CODE", "ROLES"));
  }

  @Override
  protected List<Account> all(Parts parts) {
    withCode = parts.factors().askedFor();
    return parts.accounts().list();
  }

  @Override
  protected Json json(Account one, Instant now) {
    return Json.object()
        .put("account", one.name())
        .put("state", state(one, now))
        .put("second-factor", withCode.contains(one.name()))
        .put("roles", Json.texts(GrantOptions.written(one.roles())))
        .put("scope", Json.texts(one.scope().named()))
        .put("created", one.createdAt().toString())
        .build();
  }

  @Override
  protected List<Object> line(Account one, Instant now) {
    return List.of(
        one.name(),
        state(one, now),
        withCode.contains(one.name()) ? "asked" : "-",
        GrantOptions.said(one.roles(), one.scope()));
  }

  /// The break-glass account stays in the list when its hour is over.
  private static String state(Account one, Instant now) {
    if (one.disabledAt() != null) {
      return one.leftAt() == null ? "disabled" : "left";
    }
    return one.usable(now) ? "active" : "off";
  }
}
