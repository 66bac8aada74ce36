package dev.interdict.server.access;

import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.scope.Scope;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import dev.interdict.server.wording.Sentence;
import dev.interdict.server.wording.SentenceException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Local accounts. Each change is audited and ends the sessions that it concerns. Thread-safe.
public final class Accounts {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

  /// The name of the break-glass account.
  public static final String BREAK_GLASS = "break-glass";

  /// What the names of accounts of an identity provider begin with.
  static final String OIDC = "oidc-";

  /// Also what the directory switched off is an administrator's from now on: it stays so when the
  /// directory takes its word back.
  static final String DISABLING =
      "update account set disabled_at = coalesce(disabled_at, ?), left_at = null where name = ? and"
          + " (disabled_at is null or left_at is not null)";

  private final Database database;
  private final Audit audit;
  private final Roster roster;
  private final InstantSource clock;
  private final Passwords passwords;

  public Accounts(Database database, Audit audit, SecureRandom random, InstantSource clock) {
    this(database, audit, new Passwords(random), clock);
  }

  Accounts(Database database, Audit audit, Passwords passwords, InstantSource clock) {
    this.database = database;
    this.audit = audit;
    this.roster = new Roster(audit, clock);
    this.clock = clock;
    this.passwords = passwords;
  }

  /// Adds an account; false if there is one of that name.
  ///
  /// @throws IllegalArgumentException if name, password or roles are not fit
  public boolean create(String actor, String name, String password, Set<Role> roles) {
    return create(actor, name, password, roles, Scope.WHOLE);
  }

  /// The same, for a person who sees a part of the fleet.
  public boolean create(String actor, String name, String password, Set<Role> roles, Scope scope) {
    checkName(name);
    Role.check(roles, scope);
    if (name.equals(BREAK_GLASS) || name.startsWith(OIDC)) {
      throw new SentenceException(
          Sentence.of(
              "account.taken",
              "the names %s and %s... are taken by accounts of other kinds",
              BREAK_GLASS,
              OIDC));
    }
    var hash = passwords.hash(password);
    return database.write(connection -> {
      var added =
          Sql.update(
              connection,
              "insert into account (name, password_hash, roles, scope, created_at) values"
                  + " (?,?,?,?,?) on conflict (name) do nothing",
              name,
              hash,
              text(roles),
              scope.written(),
              clock.millis());
      if (added == 1) {
        audit.append(connection, actor, "account.create", name, grant(roles, scope));
      }
      return added == 1;
    });
  }

  /// Sets a password and ends the account's sessions; false if there is no such account of this
  /// server's own: whom a provider vouches for signs in there and nowhere else.
  public boolean setPassword(String actor, String name, String password) {
    var hash = passwords.hash(password);
    return change(
        actor,
        name,
        "account.password",
        "update account set password_hash = ? where name = ? and kind = 'local'",
        hash);
  }

  /// What came of [#grant].
  public enum Granted {
    /// There is no such account.
    NOBODY,
    /// It signs in as before.
    AS_BEFORE,
    /// It signs in with the fresh password.
    WITH_FRESH_PASSWORD
  }

  /// Gives an account other roles and another scope, and ends its sessions. A local one that
  /// decides something from now on gets a password with that: whoever made it over the network
  /// while it only looked was shown the one it had, and would be two people.
  ///
  /// @param fresh the password that it gets in that case
  public Granted grant(String actor, String name, Set<Role> roles, Scope scope, String fresh) {
    Role.check(roles, scope);
    var hash = passwords.hash(fresh);
    return database.write(connection -> {
      var before =
          Sql.first(connection, "select * from account where name = ?", Accounts::account, name);
      if (before == null) {
        return Granted.NOBODY;
      }
      Sql.update(
          connection,
          "update account set roles = ?, scope = ? where name = ?",
          text(roles),
          scope.written(),
          name);
      Sql.update(connection, "delete from session where account = ?", name);
      audit.append(connection, actor, "account.grant", name, grant(roles, scope));
      if (before.kind() != Account.Kind.LOCAL
          || roles.stream()
              .allMatch(role -> Role.LOOKING.contains(role) || before.roles().contains(role))) {
        return Granted.AS_BEFORE;
      }
      Sql.update(connection, "update account set password_hash = ? where name = ?", hash, name);
      audit.append(connection, actor, "account.password", name, Json.object().build());
      return Granted.WITH_FRESH_PASSWORD;
    });
  }

  /// @throws IllegalArgumentException if it is no name of an account or a token
  static void checkName(String name) {
    if (!isName(name)) {
      throw new SentenceException(
          Sentence.of(
              "account.name",
              "\"%s\" is no name here: it has lower-case letters, digits, dots, dashes and"
                  + " underscores, at most 64",
              name));
    }
  }

  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  static Json.Obj grant(Set<Role> roles, Scope scope) {
    return Json.object().put("roles", text(roles)).put("scope", Json.texts(scope.named())).build();
  }

  /// Refuses sign-in from now on and ends the account's sessions; false if there is no such
  /// account, or it is disabled.
  public boolean disable(String actor, String name) {
    return change(actor, name, "account.disable", DISABLING, clock.millis());
  }

  /// Lets an account sign in again that was disabled; false if there is no such account, or it was
  /// not. Its sessions stay ended, its second factor and password are what they were.
  public boolean enable(String actor, String name) {
    return database.write(connection -> {
      var enabled =
          Sql.update(
              connection,
              "update account set disabled_at = null, left_at = null where name = ? and"
                  + " disabled_at is not null",
              name);
      if (enabled == 1) {
        audit.append(connection, actor, "account.enable", name, Json.object().build());
      }
      return enabled == 1;
    });
  }

  private boolean change(String actor, String name, String action, String sql, Object value) {
    return database.write(connection -> {
      if (Sql.update(connection, sql, value, name) == 0) {
        return false;
      }
      Sql.update(connection, "delete from session where account = ?", name);
      audit.append(connection, actor, action, name, Json.object().build());
      return true;
    });
  }

  /// The account of a person whom an identity provider vouches for, made where there is none yet,
  /// with what the provider's groups give now; other sessions end where that changed. Null, with a
  /// line in the audit log, if it is disabled, or the company's directory says that its person has
  /// left.
  public @Nullable Account vouchedFor(Vouched who, Set<Role> roles, Scope scope) {
    var name = who.account();
    return database.write(connection -> {
      var known =
          Sql.first(connection, "select * from account where name = ?", Accounts::account, name);
      if (known != null && known.kind() != Account.Kind.OIDC) {
        return null;
      }
      var person = roster.idOf(connection, who, name);
      if (known != null && !known.usable(clock.instant())
          || !roster.admits(connection, person, known)) {
        var detail =
            Json.object()
                .put("issuer", who.issuer())
                .put("display", who.display())
                .put("scim-user", person)
                .build();
        audit.append(connection, name, "session.refused", name, detail);
        return null;
      }
      Sql.update(
          connection,
          "insert into account (name, password_hash, roles, scope, created_at, kind, display,"
              + " scim_user, external_id, user_key) values (?,'',?,?,?,'oidc',?,?,?,?) on conflict"
              + " (name) do update set roles = excluded.roles, scope = excluded.scope, display ="
              + " excluded.display, scim_user = coalesce(excluded.scim_user, account.scim_user),"
              + " external_id = excluded.external_id, user_key = excluded.user_key",
          name,
          text(roles),
          scope.written(),
          clock.millis(),
          who.display(),
          person,
          who.externalId(),
          who.userKey());
      if (known == null || !known.roles().equals(roles) || !known.scope().equals(scope)) {
        Sql.update(connection, "delete from session where account = ?", name);
        var detail =
            Json.object()
                .put("issuer", who.issuer())
                .put("display", who.display())
                .put("roles", text(roles))
                .put("scope", Json.texts(scope.named()))
                .build();
        audit.append(connection, name, "account.vouched", name, detail);
      }
      return Sql.first(connection, "select * from account where name = ?", Accounts::account, name);
    });
  }

  /// All accounts by name.
  public List<Account> list() {
    return database.read(handle ->
        handle
            .createQuery("select * from account order by name")
            .map((row, _) -> account(row))
            .list());
  }

  /// How people call whoever has the account; empty where nobody said.
  public String display(String name) {
    return database.read(handle ->
        handle
            .createQuery("select display from account where name = :name")
            .bind("name", name)
            .mapTo(String.class)
            .findOne()
            .orElse(""));
  }

  /// The account of this name, or null if nobody may sign in with it now.
  @Nullable Account usable(String name) {
    return database.read(handle ->
        handle
            .createQuery("select * from account where name = :name")
            .bind("name", name)
            .map((row, _) -> account(row))
            .findOne()
            .filter(account -> account.usable(clock.instant()))
            .orElse(null));
  }

  /// The account of this name and password, or null; takes equally long either way.
  @Nullable Account authenticate(String name, String password) {
    record Stored(Account account, String hash) {}
    var stored =
        database.read(handle ->
            handle
                .createQuery("select * from account where name = :name")
                .bind("name", name)
                .map((row, _) -> new Stored(account(row), row.getString("password_hash")))
                .findOne()
                .orElse(null));
    var matches =
        stored == null || stored.hash().isEmpty()
            ? passwords.matchesNobody(password)
            : passwords.matches(password, stored.hash());
    return stored != null
            && matches
            && stored.account().kind() != Account.Kind.OIDC
            && stored.account().usable(clock.instant())
        ? stored.account()
        : null;
  }

  private static Account account(ResultSet row) throws SQLException {
    return new Account(
        row.getString("name"),
        Account.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT).replace('-', '_')),
        roles(row.getString("roles")),
        Scope.read(row.getString("scope")),
        Instant.ofEpochMilli(row.getLong("created_at")),
        Sql.nullableInstant(row, "disabled_at"),
        Sql.nullableInstant(row, "valid_until"),
        row.getString("display"),
        Sql.nullableInstant(row, "left_at"));
  }

  static String text(Set<Role> roles) {
    return new TreeSet<>(roles).stream().map(Fields::written).collect(Collectors.joining(","));
  }

  static Set<Role> roles(String text) {
    return Arrays.stream(text.split(","))
        .filter(word -> !word.isEmpty())
        .map(word -> Role.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_')))
        .collect(Collectors.toUnmodifiableSet());
  }
}
