package dev.interdict.server.access;

import dev.interdict.json.Json;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.events.EventKind;
import dev.interdict.server.events.Events;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Secrets;
import dev.interdict.server.store.Sql;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The account for when nobody else can sign in: off, until somebody on the server's own machine
/// switches it on for an hour. It mends accounts and reads everything, and approves and publishes
/// nothing. That it is switched on, and each use of it, is in the audit log and an event, so that
/// other systems are told; a use is among the errors of the server's log too. Thread-safe.
public final class BreakGlass {
  /// How long it stays on.
  public static final Duration HOUR = Duration.ofHours(1);

  static final Set<Role> ROLES = Set.of(Role.VIEWER, Role.AUDITOR, Role.ADMINISTRATOR);

  private static final Logger LOG = LoggerFactory.getLogger(BreakGlass.class);

  private final Database database;
  private final Audit audit;
  private final SecureRandom random;
  private final InstantSource clock;
  private final Passwords passwords;

  public BreakGlass(Database database, Audit audit, SecureRandom random, InstantSource clock) {
    this.database = database;
    this.audit = audit;
    this.random = random;
    this.clock = clock;
    this.passwords = new Passwords(random);
  }

  /// Switches it on for [#HOUR]; a password that it had is worth nothing any more.
  ///
  /// @return its password, which nobody can show again
  public String enable(String actor) {
    var password = Secrets.fresh(random);
    var hash = passwords.hash(password);
    var until = clock.instant().plus(HOUR);
    database.write(connection -> {
      Sql.update(connection, "delete from session where account = ?", Accounts.BREAK_GLASS);
      Sql.update(
          connection,
          "insert into account (name, password_hash, roles, created_at, kind, valid_until) values"
              + " (?,?,?,?,?,?) on conflict (name) do update set password_hash ="
              + " excluded.password_hash, roles = excluded.roles, valid_until ="
              + " excluded.valid_until, scope = '', disabled_at = null",
          Accounts.BREAK_GLASS,
          hash,
          Accounts.text(ROLES),
          clock.millis(),
          "break-glass",
          until.toEpochMilli());
      // Whatever somebody did to it meanwhile, it lets in who has this password.
      Sql.update(connection, "delete from account_totp where account = ?", Accounts.BREAK_GLASS);
      Sql.update(connection, "delete from recovery_code where account = ?", Accounts.BREAK_GLASS);
      tell(connection, clock.instant(), actor, "switched-on");
      var detail = Json.object().put("until", until.toString()).build();
      return audit.append(connection, actor, "break-glass.on", Accounts.BREAK_GLASS, detail);
    });
    LOG.atError().addKeyValue("until", until).log("the break-glass account was switched on");
    return password;
  }

  /// Tells other systems. Whoever switches it on does so beside the server, whose log has nothing
  /// of that.
  static void tell(Connection connection, Instant at, String actor, String what)
      throws SQLException {
    var detail = Json.object().put("what", what).build();
    Events.add(connection, EventKind.ACCOUNT_BREAK_GLASS, at, actor, detail);
  }

  /// Switches it off and ends its sessions; false if it was off.
  public boolean disable(String actor) {
    return database.write(connection -> {
      Sql.update(connection, "delete from session where account = ?", Accounts.BREAK_GLASS);
      var off =
          Sql.update(
              connection,
              "update account set valid_until = 0, password_hash = '' where name = ? and"
                  + " valid_until > ?",
              Accounts.BREAK_GLASS,
              clock.millis());
      if (off == 1) {
        var nothing = Json.object().build();
        audit.append(connection, actor, "break-glass.off", Accounts.BREAK_GLASS, nothing);
      }
      return off == 1;
    });
  }

  /// Until when it is on; null while it is off.
  public @Nullable Instant enabledUntil() {
    return database.read(handle ->
        handle
            .createQuery(
                "select valid_until from account where name = :name and valid_until > :now and"
                    + " valid_until <= :latest")
            .bind("name", Accounts.BREAK_GLASS)
            .bind("now", clock.millis())
            .bind("latest", clock.instant().plus(HOUR).plus(Sessions.AHEAD).toEpochMilli())
            .map((row, _) -> Instant.ofEpochMilli(row.getLong("valid_until")))
            .findOne()
            .orElse(null));
  }
}
