package dev.interdict.server.scim;

import dev.interdict.json.Json;
import dev.interdict.server.access.LastAdministratorException;
import dev.interdict.server.access.Roster;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import dev.interdict.server.store.Transaction;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The people of the company's directory, as it tells of them. Each change is audited in its
/// transaction, and so is what it ends. Thread-safe.
public final class Directory {
  /// Where it tells of them.
  public static final String PATH = Scim.BASE;

  /// More than the largest fleet has people; a stolen token fills no disk.
  private static final int MOST = 1_000_000;

  private static final Duration COUNTED_EVERY = Duration.ofMinutes(1);

  private static final String HERE = "select * from scim_user where removed_at is null";

  private final Database database;
  private final Audit audit;
  private final Roster roster;
  private final InstantSource clock;
  private volatile @Nullable Count counted;

  private record Count(long users, Instant at) {}

  public Directory(Database database, Audit audit, InstantSource clock) {
    this.database = database;
    this.audit = audit;
    this.roster = new Roster(audit, clock);
    this.clock = clock;
  }

  /// How many people there are.
  ///
  /// @param off how many of them may not sign in
  /// @param deleted how many more the directory deleted, and are kept out alike
  public record Standing(long people, long off, long deleted) {}

  public Standing standing() {
    return database.read(handle ->
        handle
            .createQuery(
                "select coalesce(sum(case when removed_at is null then 1 else 0 end), 0) people,"
                    + " coalesce(sum(case when removed_at is null and active = 0 then 1 else 0"
                    + " end), 0) off_ones, coalesce(sum(case when removed_at is null then 0 else 1"
                    + " end), 0) gone from scim_user")
            .map((row, _) ->
                new Standing(row.getLong("people"), row.getLong("off_ones"), row.getLong("gone")))
            .one());
  }

  @Nullable ScimUser find(String id) {
    return database.read(handle ->
        handle
            .createQuery(HERE + " and user_id = :id")
            .bind("id", id)
            .map((row, _) -> user(row))
            .findOne()
            .orElse(null));
  }

  /// Whom a filter names: one or nobody, since it asks for what is unique.
  List<ScimUser> find(Filter filter) {
    var sql =
        switch (filter.attribute()) {
          case USER_NAME -> HERE + " and user_key = :value";
          case EXTERNAL_ID -> HERE + " and external_id = :value";
          case ID -> HERE + " and user_id = :value";
        };
    var value =
        filter.attribute() == Filter.Attribute.USER_NAME
            ? ScimUser.key(filter.value())
            : filter.value();
    return database.read(
        handle -> handle.createQuery(sql).bind("value", value).map((row, _) -> user(row)).list());
  }

  /// How many users there are that are not deleted.
  long people() {
    return count("select count(*) from scim_user where removed_at is null");
  }

  /// Some of all, the oldest first.
  ///
  /// @param start the first one's number, from 1
  List<ScimUser> page(long start, int count) {
    return database.read(handle ->
        handle
            .createQuery(HERE + " order by created_at, user_id limit :count offset :from")
            .bind("count", count)
            .bind("from", start - 1)
            .map((row, _) -> user(row))
            .list());
  }

  /// Takes somebody up; the same one as before, as the directory's own id says, where it had
  /// deleted them.
  ScimUser create(String actor, Said said) {
    var name = said.userName();
    if (name == null) {
      throw ScimError.bad("invalidValue", "userName is missing");
    }
    checkRoom();
    var now = now();
    var user =
        new ScimUser(UUID.randomUUID().toString(), name, null, true, now, now).with(said, now);
    return write(
        actor,
        user.id(),
        connection -> {
          checkFree(connection, user);
          Sql.update(
              connection,
              "insert into scim_user (user_id, user_name, user_key, external_id, active,"
                  + " created_at, changed_at) values (?,?,?,?,?,?,?)",
              user.id(),
              user.userName(),
              ScimUser.key(user.userName()),
              user.externalId(),
              user.active() ? 1 : 0,
              now.toEpochMilli(),
              now.toEpochMilli());
          inherit(connection, user);
          tell(connection, actor, "scim-user.create", user);
          settle(connection, actor, user, true);
          return user;
        });
  }

  /// Changes what was said; null if there is no such user.
  @Nullable ScimUser change(String actor, String id, Said said) {
    return write(
        actor,
        id,
        connection -> {
          var before = locked(connection, id);
          if (before == null) {
            return null;
          }
          var user = before.with(said, now());
          if (!user.equals(before)) {
            checkFree(connection, user);
            Sql.update(
                connection,
                "update scim_user set user_name = ?, user_key = ?, external_id = ?, active = ?,"
                    + " changed_at = ? where user_id = ?",
                user.userName(),
                ScimUser.key(user.userName()),
                user.externalId(),
                user.active() ? 1 : 0,
                user.changed().toEpochMilli(),
                id);
            inherit(connection, user);
            tell(connection, actor, "scim-user.change", user);
          }
          var found = !Objects.equals(user.externalId(), before.externalId());
          settle(connection, actor, user, found || said.active() != null);
          return user;
        });
  }

  /// Deletes somebody, who is kept out from then on; false if there is no such user.
  boolean remove(String actor, String id) {
    return write(
        actor,
        id,
        connection -> {
          var user = locked(connection, id);
          if (user == null) {
            return false;
          }
          Sql.update(
              connection,
              "update scim_user set removed_at = ?, active = 0 where user_id = ?",
              clock.millis(),
              id);
          tell(connection, actor, "scim-user.delete", user);
          roster.dismiss(connection, actor, user.called());
          return true;
        });
  }

  /// Takes over the accounts of the same person, whom the directory deleted.
  private void inherit(Connection connection, ScimUser user) throws SQLException {
    for (var gone :
        Sql.list(
            connection,
            "select user_id from scim_user where external_id = ? and removed_at is not null",
            row -> row.getString(1),
            user.externalId())) {
      roster.inherit(connection, gone, user.id());
      Sql.update(connection, "delete from scim_user where user_id = ?", gone);
    }
  }

  /// @param said whether it was said that the user is active or not, or by which id: an account
  ///   that was let in again on the server's machine stays so until then
  private void settle(Connection connection, String actor, ScimUser user, boolean said)
      throws SQLException {
    if (!said) {
      roster.join(connection, user.called());
    } else if (user.active()) {
      roster.readmit(connection, actor, user.called());
    } else {
      roster.dismiss(connection, actor, user.called());
    }
  }

  /// A refusal for the last administrator's sake is in the audit log too: somebody has left who
  /// still signs in.
  private <T extends @Nullable Object> T write(String actor, String id, Transaction<T> work) {
    try {
      return database.write(work);
    } catch (LastAdministratorException e) {
      var why = String.valueOf(e.getMessage());
      database.write(connection ->
          audit.append(
              connection, actor, "scim-user.refused", id, Json.object().put("why", why).build()));
      throw ScimError.refused(
          403,
          "nothing was changed, since "
              + why
              + ": make another administrator first, then send this again");
    }
  }

  private void checkFree(Connection connection, ScimUser user) throws SQLException {
    if (isThere(
        connection,
        "select user_id from scim_user where user_key = ? and removed_at is null and user_id <> ?",
        ScimUser.key(user.userName()),
        user.id())) {
      throw ScimError.taken("userName");
    }
    if (isThere(
        connection,
        "select user_id from scim_user where external_id = ? and removed_at is null and user_id <>"
            + " ?",
        user.externalId(),
        user.id())) {
      throw ScimError.taken("externalId");
    }
  }

  /// Counted once in a while, and by no transaction that others wait for: it takes as long as there
  /// are users.
  private void checkRoom() {
    var now = clock.instant();
    var last = counted;
    if (last == null || last.at().plus(COUNTED_EVERY).isBefore(now) || last.at().isAfter(now)) {
      last = new Count(count("select count(*) from scim_user"), now);
      counted = last;
    }
    if (last.users() >= MOST) {
      throw ScimError.refused(
          403,
          "as many users are held as can be, "
              + MOST
              + " with those that were deleted; others are changed and deleted as ever");
    }
  }

  private long count(String sql) {
    return database.read(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }

  private static boolean isThere(Connection connection, String sql, @Nullable Object... parameters)
      throws SQLException {
    return Sql.first(connection, sql, row -> row.getString(1), parameters) != null;
  }

  /// Two that change the same user come one after the other.
  private static @Nullable ScimUser locked(Connection connection, String id) throws SQLException {
    Sql.update(connection, "update scim_user set active = active where user_id = ?", id);
    return Sql.first(connection, HERE + " and user_id = ?", Directory::user, id);
  }

  private void tell(Connection connection, String actor, String action, ScimUser user)
      throws SQLException {
    var detail =
        Json.object()
            .put("scim-user", user.id())
            .put("external-id", user.externalId())
            .put("active", user.active() ? Json.Bool.TRUE : Json.Bool.FALSE)
            .build();
    audit.append(connection, actor, action, user.userName(), detail);
  }

  /// To the millisecond, as it is kept: an answer and the next one say the same.
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private static ScimUser user(ResultSet row) throws SQLException {
    return new ScimUser(
        row.getString("user_id"),
        row.getString("user_name"),
        row.getString("external_id"),
        row.getInt("active") == 1,
        Instant.ofEpochMilli(row.getLong("created_at")),
        Instant.ofEpochMilli(row.getLong("changed_at")));
  }
}
