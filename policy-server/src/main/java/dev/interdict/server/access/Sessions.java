package dev.interdict.server.access;

import dev.interdict.json.Json;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.scope.Scope;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Secrets;
import dev.interdict.server.store.Sql;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Who is signed in. A session ends after 30 idle minutes, after 10 hours, at sign-out, and when
/// its account is disabled or gets another password; it is in the database, so any node knows it.
/// Thread-safe.
public final class Sessions {
  /// How long a session may idle.
  public static final Duration IDLE = Duration.ofMinutes(30);

  /// How long it lasts at most.
  public static final Duration LONGEST = Duration.ofHours(10);

  private static final Duration TOUCH = Duration.ofMinutes(1);
  private static final Duration WINDOW = Duration.ofMinutes(15);

  private final Database database;
  private final Accounts accounts;
  private final Audit audit;
  private final SecureRandom random;
  private final InstantSource clock;
  private final FailureLimit byAccount = new FailureLimit(10, WINDOW);
  private final FailureLimit byAddress = new FailureLimit(30, WINDOW);

  public Sessions(
      Database database, Accounts accounts, Audit audit, SecureRandom random, InstantSource clock) {
    this.database = database;
    this.accounts = accounts;
    this.audit = audit;
    this.random = random;
    this.clock = clock;
  }

  /// Signs in, with a fresh session id each time.
  ///
  /// @param address the peer's, for the limit and the audit log
  public LoginOutcome signIn(String name, String password, String address) {
    var now = clock.instant();
    var wait = byAccount.wait(name, now);
    var other = byAddress.wait(address, now);
    var longer = wait.compareTo(other) > 0 ? wait : other;
    if (longer.isPositive()) {
      return new LoginOutcome.TooMany(longer);
    }
    byAccount.attempted(name, now);
    byAddress.attempted(address, now);
    var account = accounts.authenticate(name, password);
    if (account == null) {
      return new LoginOutcome.Refused();
    }
    byAccount.succeeded(name);
    byAddress.succeeded(address);
    return open(account, address, now);
  }

  private LoginOutcome open(Account account, String address, Instant now) {
    var id = Secrets.fresh(random);
    var session =
        new Session(
            account.name(),
            Session.Kind.PERSON,
            account.roles(),
            account.scope(),
            Secrets.fresh(random),
            now.plus(LONGEST),
            now);
    database.write(connection -> {
      Sql.update(connection, "delete from session where expires_at <= ?", now.toEpochMilli());
      Sql.update(
          connection,
          "insert into session (session_hash, account, csrf, created_at, last_used, expires_at,"
              + " address, proved_at) values (?,?,?,?,?,?,?,?)",
          Secrets.hash(id),
          session.account(),
          session.csrf(),
          now.toEpochMilli(),
          now.toEpochMilli(),
          session.expiresAt().toEpochMilli(),
          address,
          now.toEpochMilli());
      var detail = Json.object().put("address", address).build();
      return audit.append(connection, account.name(), "session.open", account.name(), detail);
    });
    return new LoginOutcome.SignedIn(id, session);
  }

  /// The session of this id, or null if there is none or it ended. Counts as use.
  public @Nullable Session find(String id) {
    record Stored(Session session, Instant lastUsed) {}
    var now = clock.instant();
    var stored =
        database.read(handle ->
            handle
                .createQuery(
                    "select s.account, s.csrf, s.expires_at, s.last_used, s.proved_at,"
                        + " a.roles, a.scope from session s join account a on a.name = s.account where s.session_hash ="
                        + " :hash and s.expires_at > :now and s.last_used > :idle and"
                        + " a.disabled_at is null")
                .bind("hash", Secrets.hash(id))
                .bind("now", now.toEpochMilli())
                .bind("idle", now.minus(IDLE).toEpochMilli())
                .map((row, _) ->
                    new Stored(
                        new Session(
                            row.getString("account"),
                            Session.Kind.PERSON,
                            Accounts.roles(row.getString("roles")),
                            Scope.read(row.getString("scope")),
                            row.getString("csrf"),
                            Instant.ofEpochMilli(row.getLong("expires_at")),
                            Instant.ofEpochMilli(row.getLong("proved_at"))),
                        Instant.ofEpochMilli(row.getLong("last_used"))))
                .findOne()
                .orElse(null));
    if (stored == null) {
      return null;
    }
    if (Duration.between(stored.lastUsed(), now).compareTo(TOUCH) > 0) {
      database.write(connection ->
          Sql.update(
              connection,
              "update session set last_used = ? where session_hash = ?",
              now.toEpochMilli(),
              Secrets.hash(id)));
    }
    return stored.session();
  }

  /// Ends the session of this id, if there is one.
  public void signOut(String id) {
    database.write(connection ->
        Sql.update(connection, "delete from session where session_hash = ?", Secrets.hash(id)));
  }
}
