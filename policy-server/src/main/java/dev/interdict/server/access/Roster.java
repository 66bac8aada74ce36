package dev.interdict.server.access;

import dev.interdict.json.Json;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where people of the company's directory (`scim_user`) and accounts meet: whoever has left signs
/// in no more. It takes access away and gives back what it took, and no more than that: roles, a
/// password, a token or a new account come from nothing here. Everything happens in the caller's
/// transaction. Thread-safe.
public final class Roster {
  private static final Logger LOG = LoggerFactory.getLogger(Roster.class);

  private final Audit audit;
  private final InstantSource clock;

  public Roster(Audit audit, InstantSource clock) {
    this.audit = audit;
    this.clock = clock;
  }

  /// What the directory calls an account's person.
  ///
  /// @param externalId null where it has no id of its own
  public record Called(String id, String key, @Nullable String externalId) {}

  private record Entry(String id, @Nullable String externalId) {}

  /// Who of the directory somebody is that a provider vouches for; null for nobody. An id of the
  /// directory decides, then whom the account was found to be before, then the name; one who is
  /// there comes before one of the same name who is gone.
  @Nullable String idOf(Connection connection, Vouched who, String account) throws SQLException {
    var found =
        Sql.list(
            connection,
            "select user_id, external_id from scim_user where external_id = ? or user_key = ?"
                + " order by case when removed_at is null then 0 else 1 end, changed_at desc",
            row -> new Entry(row.getString("user_id"), row.getString("external_id")),
            who.externalId(),
            who.userKey());
    for (var entry : found) {
      if (who.externalId().equals(entry.externalId())) {
        return entry.id();
      }
    }
    var before = linked(connection, account);
    return before != null ? before : found.isEmpty() ? null : found.getFirst().id();
  }

  /// Whether somebody whom the directory calls `id` may sign in, and if not, ends what the account
  /// has. An account that is known to be theirs is judged by its own state: with the directory out
  /// of order, `account enable` on the server's machine lets somebody in again.
  ///
  /// @param known the account if there is one, which is not disabled
  boolean admits(Connection connection, @Nullable String id, @Nullable Account known)
      throws SQLException {
    // The row is written, so that whoever switches this person off meanwhile waits, and then finds
    // the account that is about to be made.
    if (id == null
        || Sql.update(
                connection,
                "update scim_user set signed_in_at = ? where user_id = ? and active = 1 and"
                    + " removed_at is null",
                clock.millis(),
                id)
            == 1) {
      return true;
    }
    if (known == null) {
      return false;
    }
    if (id.equals(linked(connection, known.name()))
        || AccountDesk.isLast(connection, known.name())) {
      return true;
    }
    Sql.update(connection, "update account set scim_user = ? where name = ?", id, known.name());
    shut(connection, known.name(), known.name(), id);
    return false;
  }

  private static @Nullable String linked(Connection connection, String account)
      throws SQLException {
    return Sql.first(
        connection,
        "select scim_user from account where name = ? and scim_user is not null",
        row -> row.getString(1),
        account);
  }

  /// Finds the accounts of somebody whom the directory tells of: those of a provider by its id,
  /// also where they met another user by the name before, else by the name, and a local one of
  /// exactly that name. Of whoever last signed in before the server knew of directories there is no
  /// more than what people read, which is a provider's name for them where it has one.
  public void join(Connection connection, Called who) throws SQLException {
    Sql.update(
        connection,
        "update account set scim_user = ? where kind = 'oidc' and external_id = ? or scim_user is"
            + " null and (kind = 'oidc' and (user_key = ? or user_key is null and lower(display) ="
            + " ?) or kind = 'local' and name = ?)",
        who.id(),
        who.externalId(),
        who.key(),
        who.key(),
        who.key());
  }

  /// Gives the accounts of somebody who was deleted to the same person, who is told of anew.
  public void inherit(Connection connection, String gone, String id) throws SQLException {
    Sql.update(connection, "update account set scim_user = ? where scim_user = ?", id, gone);
  }

  /// Ends the access of somebody who has left: sessions, tokens of the API, and sign-in.
  ///
  /// @param actor who says so
  /// @throws LastAdministratorException if nobody else administers; the caller's transaction has to
  ///   end with it, so that nothing of it is done
  public void dismiss(Connection connection, String actor, Called who) throws SQLException {
    join(connection, who);
    for (var account :
        Sql.list(
            connection,
            "select name from account where scim_user = ? order by name",
            row -> row.getString(1),
            who.id())) {
      if (AccountDesk.isLast(connection, account)) {
        throw new LastAdministratorException(account);
      }
      shut(connection, actor, account, who.id());
    }
  }

  /// Lets somebody sign in again whose accounts were ended because they had left. Those that an
  /// administrator disabled stay so, also by an older server, which leaves `left_at` as it is; and
  /// no session or token comes back.
  public void readmit(Connection connection, String actor, Called who) throws SQLException {
    join(connection, who);
    for (var account :
        Sql.list(
            connection,
            "select name from account where scim_user = ? and left_at = disabled_at order by name",
            row -> row.getString(1),
            who.id())) {
      Sql.update(
          connection,
          "update account set disabled_at = null, left_at = null where name = ?",
          account);
      Sql.update(connection, "delete from session where account = ?", account);
      audit.append(connection, actor, "account.enable", account, because(who.id()));
    }
  }

  private void shut(Connection connection, String actor, String account, String id)
      throws SQLException {
    var now = clock.millis();
    var shut =
        Sql.update(
            connection,
            "update account set disabled_at = ?, left_at = ? where name = ? and disabled_at is"
                + " null",
            now,
            now,
            account);
    Sql.update(connection, "delete from session where account = ?", account);
    if (shut == 1) {
      audit.append(connection, actor, "account.disable", account, because(id));
    }
    for (var token : tokens(connection, account, ApiToken.Purpose.API)) {
      Sql.update(connection, "update api_token set revoked_at = ? where name = ?", now, token);
      audit.append(connection, actor, "api-token.revoke", token, because(id));
    }
    // Without it nobody would hear of the next one who leaves, and it opens nothing else.
    for (var token : tokens(connection, account, ApiToken.Purpose.SCIM)) {
      LOG.atWarn()
          .addKeyValue("token", token)
          .addKeyValue("owner", account)
          .log("the owner of a token for SCIM has left; make another one and revoke it");
    }
  }

  private static List<String> tokens(Connection connection, String owner, ApiToken.Purpose purpose)
      throws SQLException {
    return Sql.list(
        connection,
        "select name from api_token where created_by = ? and revoked_at is null and purpose = ?"
            + " order by name",
        row -> row.getString(1),
        owner,
        purpose.word());
  }

  private static Json.Obj because(String id) {
    return Json.object().put("by", "scim").put("scim-user", id).build();
  }
}
