package dev.interdict.server.access;

import dev.interdict.json.Json;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.scope.Scope;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Set;

/// What an administrator changes of others' accounts over the network, where nobody may take the
/// last administrator away: the way back would be on the server's machine alone. Each change is
/// audited and ends the sessions that it concerns. Thread-safe.
public final class AccountDesk {
  private final Database database;
  private final Audit audit;
  private final InstantSource clock;

  public AccountDesk(Database database, Audit audit, InstantSource clock) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
  }

  /// Gives an account other roles and another scope, and ends its sessions, as somebody else does
  /// it who saw it as `seen`; false if it is not that any more, or the last that administers would
  /// not.
  public boolean narrow(String actor, Account seen, Set<Role> roles, Scope scope) {
    Role.check(roles, scope);
    return database.write(connection -> {
      if (!roles.contains(Role.ADMINISTRATOR) && isLast(connection, seen.name())) {
        return false;
      }
      var changed =
          Sql.update(
              connection,
              "update account set roles = ?, scope = ? where name = ? and roles = ?",
              Accounts.text(roles),
              scope.written(),
              seen.name(),
              Accounts.text(seen.roles()));
      if (changed == 1) {
        Sql.update(connection, "delete from session where account = ?", seen.name());
        audit.append(connection, actor, "account.grant", seen.name(), Accounts.grant(roles, scope));
      }
      return changed == 1;
    });
  }

  /// Disables an account, unless it is disabled, or nobody else administers: then false.
  public boolean shut(String actor, String name) {
    return database.write(connection -> {
      if (isLast(connection, name)
          || Sql.update(connection, Accounts.DISABLING, clock.millis(), name) == 0) {
        return false;
      }
      Sql.update(connection, "delete from session where account = ?", name);
      audit.append(connection, actor, "account.disable", name, Json.object().build());
      return true;
    });
  }

  /// Whether nobody but `name` administers. Two who take that from each other at the same moment
  /// meet at these rows, and one of them is told.
  static boolean isLast(Connection connection, String name) throws SQLException {
    Sql.update(
        connection,
        "update account set roles = roles where disabled_at is null and valid_until is null and"
            + " roles like '%administrator%'");
    var others =
        Sql.first(
            connection,
            "select count(*) from account where disabled_at is null and valid_until is null and"
                + " roles like '%administrator%' and name <> ?",
            row -> row.getLong(1),
            name);
    var administers =
        Sql.first(
            connection,
            "select count(*) from account where disabled_at is null and roles like"
                + " '%administrator%' and name = ?",
            row -> row.getLong(1),
            name);
    return others != null && others == 0 && administers != null && administers > 0;
  }
}
