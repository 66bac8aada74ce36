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
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who is signed in. A session ends after 30 idle minutes, after 10 hours, with the hour of a
/// break-glass account, at sign-out, and when its account is disabled, or gets another password or
/// other roles; it is in the database, so any node knows it. Thread-safe.
public final class Sessions {
  /// How long a session may idle.
  public static final Duration IDLE = Duration.ofMinutes(30);

  /// How long it lasts at most.
  public static final Duration LONGEST = Duration.ofHours(10);

  /// By how much two clocks may differ. What was written later than that was written by a clock
  /// that was ahead, and holds for nothing: it would hold until the right one gets there.
  static final Duration AHEAD = Duration.ofMinutes(5);

  private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
  private static final Duration TOUCH = Duration.ofMinutes(1);

  private final Database database;
  private final Accounts accounts;
  private final Audit audit;
  private final SecureRandom random;
  private final InstantSource clock;
  private final Attempts attempts;
  private final SecondFactors factors;

  public Sessions(
      Database database,
      Accounts accounts,
      SecondFactors factors,
      Audit audit,
      SecureRandom random,
      InstantSource clock) {
    this.database = database;
    this.accounts = accounts;
    this.factors = factors;
    this.audit = audit;
    this.random = random;
    this.clock = clock;
    this.attempts = new Attempts(database);
  }

  /// Signs in, with a fresh session id each time.
  ///
  /// @param code of the second factor; not looked at where the account has none
  /// @param address the client's, for the limits and the audit log
  /// @param browser the secret of its [Browser], if it has one
  public LoginOutcome signIn(
      String name,
      String password,
      @Nullable String code,
      String address,
      @Nullable String browser) {
    var now = clock.instant();
    var network = Address.counted(address);
    var counted = Accounts.isName(name) ? name : "?";
    var known =
        browser != null && attempts.isKnown(counted, Attempts.browser(browser), now)
            ? browser
            : null;
    var place = known == null ? network : Attempts.browser(known);
    var wait = attempts.begin(counted, place, now);
    if (wait.isPositive()) {
      return new LoginOutcome.TooMany(wait);
    }
    var account = accounts.authenticate(name, password);
    // Nobody learns whether the password was right without the code.
    if (account == null
        || factors.isAskedFor(name) && !isRightCode(name, code, known != null, now)) {
      tell(name, address, "a sign-in was refused");
      return new LoginOutcome.Refused();
    }
    attempts.succeeded(counted, place, now);
    attempts.remember(counted, network, now);
    var secret = known == null ? Secrets.fresh(random) : known;
    attempts.remember(counted, Attempts.browser(secret), now);
    var opened = open(account, address, now, now);
    return new LoginOutcome.SignedIn(opened.id(), opened.session(), secret);
  }

  /// Says in the log that a credential was wrong: as often as [Attempts] lets somebody try. The
  /// name stands there only where an account has it, since people type passwords into that field.
  private void tell(String name, String address, String what) {
    var known = accounts.usable(name) != null;
    LOG.atWarn()
        .addKeyValue("account", known ? name : "?")
        .addKeyValue("address", address)
        .log(what);
  }

  /// Codes have a million values, so after a right password they are counted over all addresses:
  /// whoever comes so far can keep the account's owner out for a while, and is told to the log. A
  /// known browser has few attempts whatever it gives, and whoever has only the password has no
  /// such browser, so there the owner always gets in.
  private boolean isRightCode(String name, @Nullable String code, boolean known, Instant now) {
    if (code == null || known) {
      return code != null && factors.spend(name, code);
    }
    var anywhere = "code:" + name;
    if (attempts.begin(name, anywhere, now).isPositive()) {
      LOG.atError()
          .addKeyValue("account", name)
          .log("somebody has the password and tries codes; give the account another password");
      return false;
    }
    if (!factors.spend(name, code)) {
      return false;
    }
    attempts.succeeded(name, anywhere, now);
    return true;
  }

  /// Takes a password or a code once more, for a step that matters; the session goes on under a
  /// fresh id.
  ///
  /// @param given a code where the account has a second factor, or its password
  /// @param address the client's, for the log
  public LoginOutcome prove(String id, Session session, String given, String address) {
    var now = clock.instant();
    var place = Attempts.session(id);
    var name = session.account();
    var wait = attempts.begin(name, place, now);
    if (wait.isPositive()) {
      return new LoginOutcome.TooMany(wait);
    }
    if (!factors.spend(name, given) && accounts.authenticate(name, given) == null) {
      tell(name, address, "somebody signed in gave a wrong password or code");
      return new LoginOutcome.Refused();
    }
    attempts.succeeded(name, place, now);
    var fresh = Secrets.fresh(random);
    var renewed =
        database.write(connection ->
            Sql.update(
                connection,
                "update session set session_hash = ?, proved_at = ?, last_used = ? where"
                    + " session_hash = ?",
                Secrets.hash(fresh),
                now.toEpochMilli(),
                now.toEpochMilli(),
                Secrets.hash(id)));
    var found = renewed == 1 ? find(fresh) : null;
    return found == null
        ? new LoginOutcome.Refused()
        : new LoginOutcome.SignedIn(fresh, found, null);
  }

  /// Opens a session for somebody for whom an identity provider vouched.
  ///
  /// @param provedAt when the person last gave a credential there
  public LoginOutcome.SignedIn open(Account account, String address, Instant provedAt) {
    return open(account, address, clock.instant(), provedAt);
  }

  private LoginOutcome.SignedIn open(
      Account account, String address, Instant now, Instant provedAt) {
    var id = Secrets.fresh(random);
    if (account.kind() == Account.Kind.BREAK_GLASS) {
      LOG.atError().addKeyValue("address", address).log("somebody uses the break-glass account");
    }
    var session =
        new Session(
            account.name(),
            account.kind() == Account.Kind.BREAK_GLASS
                ? Session.Kind.BREAK_GLASS
                : Session.Kind.PERSON,
            account.roles(),
            account.scope(),
            Secrets.fresh(random),
            end(account, now),
            provedAt,
            account.display());
    database.write(connection -> {
      Sql.update(
          connection,
          "delete from session where expires_at <= ? or created_at > ?",
          now.toEpochMilli(),
          now.plus(AHEAD).toEpochMilli());
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
          provedAt.toEpochMilli());
      if (account.kind() == Account.Kind.BREAK_GLASS) {
        BreakGlass.tell(connection, now, account.name(), "used");
      }
      var detail = Json.object().put("address", address).build();
      return audit.append(connection, account.name(), "session.open", account.name(), detail);
    });
    return new LoginOutcome.SignedIn(id, session, null);
  }

  /// Not later than the account's own, or its person would be told a time that does not hold.
  private static Instant end(Account account, Instant now) {
    var longest = now.plus(LONGEST);
    var ofAccount = account.validUntil();
    return ofAccount != null && ofAccount.isBefore(longest) ? ofAccount : longest;
  }

  /// The session of this id, or null if there is none or it ended. Counts as use.
  public @Nullable Session find(String id) {
    record Stored(Session session, Instant lastUsed) {}
    var now = clock.instant();
    var stored =
        database.read(handle ->
            handle
                .createQuery(
                    "select s.account, s.csrf, s.expires_at, s.last_used, s.proved_at, a.kind,"
                        + " a.roles, a.scope, a.display from session s join account a on a.name ="
                        + " s.account where s.session_hash = :hash and s.expires_at > :now and"
                        + " s.last_used > :idle and s.created_at <= :ahead and s.last_used <="
                        + " :ahead and s.proved_at <= :ahead and a.disabled_at is null and"
                        + " (a.valid_until is null or a.valid_until > :now and a.valid_until <="
                        + " :glass)")
                .bind("hash", Secrets.hash(id))
                .bind("now", now.toEpochMilli())
                .bind("idle", now.minus(IDLE).toEpochMilli())
                .bind("ahead", now.plus(AHEAD).toEpochMilli())
                .bind("glass", now.plus(BreakGlass.HOUR).plus(AHEAD).toEpochMilli())
                .map((row, _) ->
                    new Stored(
                        new Session(
                            row.getString("account"),
                            kind(row.getString("kind")),
                            Accounts.roles(row.getString("roles")),
                            Scope.read(row.getString("scope")),
                            row.getString("csrf"),
                            Instant.ofEpochMilli(row.getLong("expires_at")),
                            Instant.ofEpochMilli(row.getLong("proved_at")),
                            row.getString("display")),
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

  /// A session as its person sees it.
  ///
  /// @param current whether it is the one that asks
  /// @param address from which it was opened
  public record Opened(
      boolean current, Instant opened, Instant lastUsed, Instant expires, String address) {}

  /// The sessions of whoever has this one, the one used last first.
  public List<Opened> beside(Session session) {
    var now = clock.instant();
    return database.read(handle ->
        handle
            .createQuery(
                "select * from session where account = :account and expires_at > :now and last_used"
                    + " > :idle order by last_used desc, created_at desc")
            .bind("account", session.account())
            .bind("now", now.toEpochMilli())
            .bind("idle", now.minus(IDLE).toEpochMilli())
            .map((row, _) ->
                new Opened(
                    row.getString("csrf").equals(session.csrf()),
                    Instant.ofEpochMilli(row.getLong("created_at")),
                    Instant.ofEpochMilli(row.getLong("last_used")),
                    Instant.ofEpochMilli(row.getLong("expires_at")),
                    row.getString("address")))
            .list());
  }

  /// Ends all sessions of an account but this one; how many there were.
  public int endOthers(Session session) {
    return database.write(connection -> {
      var ended =
          Sql.update(
              connection,
              "delete from session where account = ? and csrf <> ?",
              session.account(),
              session.csrf());
      if (ended > 0) {
        var detail = Json.object().put("sessions", ended).build();
        audit.append(
            connection, session.account(), "session.end-others", session.account(), detail);
      }
      return ended;
    });
  }

  private static Session.Kind kind(String ofAccount) {
    return ofAccount.equals(Accounts.BREAK_GLASS) ? Session.Kind.BREAK_GLASS : Session.Kind.PERSON;
  }

  /// Ends the session of this id, if there is one.
  public void signOut(String id) {
    database.write(connection ->
        Sql.update(connection, "delete from session where session_hash = ?", Secrets.hash(id)));
  }
}
