package dev.interdict.server.access;

import dev.interdict.json.Json;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sealing;
import dev.interdict.server.store.Secrets;
import dev.interdict.server.store.Sql;
import dev.interdict.server.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Second factors: codes of an app ([Totp]), and recovery codes for a lost phone. Each code is good
/// once. Thread-safe.
public final class SecondFactors {
  private static final Logger LOG = LoggerFactory.getLogger(SecondFactors.class);

  /// How many codes stand in for a lost phone.
  public static final int RECOVERY_CODES = 10;

  private static final int RECOVERY_LENGTH = 16;

  /// How many steps a phone's clock may be off, either way.
  private static final int TOLERANCE = 1;

  /// How many steps ahead of now, an hour's, a code may have been used up. One that was used later
  /// than that was used while the clock was ahead, and would keep its owner out until then.
  private static final int AHEAD = 120;

  private final Database database;
  private final Audit audit;
  private final Sealing sealing;
  private final SecureRandom random;
  private final InstantSource clock;

  public SecondFactors(
      Database database, Audit audit, Sealing sealing, SecureRandom random, InstantSource clock) {
    this.database = database;
    this.audit = audit;
    this.sealing = sealing;
    this.random = random;
    this.clock = clock;
  }

  private record Stored(String sealed, @Nullable Instant confirmedAt) {}

  /// What an app is given, once.
  ///
  /// @param secret in base32, to be typed
  /// @param uri the same as `otpauth:`
  public record Enrolment(String secret, String uri) {}

  /// Begins anew; nothing is asked for until [#confirm] shows that the app works.
  ///
  /// @return null while a confirmed one is in force, which has to be removed first
  public @Nullable Enrolment enrol(String account, String issuer) {
    var secret = new byte[Totp.SECRET_BYTES];
    random.nextBytes(secret);
    String sealed;
    try {
      sealed = sealing.seal(secret, account);
    } catch (Sealing.BrokenException e) {
      throw new StoreException("no second factor can be kept: " + e.getMessage(), e);
    }
    var begun =
        database.write(connection -> {
          var stored = stored(connection, account);
          return stored != null && stored.confirmedAt() != null
              ? 0
              : Sql.update(
                  connection,
                  "insert into account_totp (account, sealed, last_step) values (?,?,0) on conflict"
                      + " (account) do update set sealed = excluded.sealed, last_step ="
                      + " excluded.last_step",
                  account,
                  sealed);
        });
    return begun == 0
        ? null
        : new Enrolment(Totp.base32(secret), Totp.uri(issuer, account, secret));
  }

  /// Asks for codes from now on.
  ///
  /// @param actor who does it: the person, or somebody at the server's own machine
  /// @return recovery codes, which nobody can show again; null if the code is wrong
  public @Nullable List<String> confirm(String actor, String account, String code) {
    var fresh = new ArrayList<String>();
    for (var i = 0; i < RECOVERY_CODES; i++) {
      fresh.add(
          Secrets.fresh(random)
              .replaceAll("[-_]", "x")
              .substring(0, RECOVERY_LENGTH)
              .toLowerCase(Locale.ROOT));
    }
    var confirmed =
        database.write(connection -> {
          var stored = stored(connection, account);
          if (stored == null
              || stored.confirmedAt() != null
              || !spend(connection, account, stored, code)) {
            return false;
          }
          Sql.update(
              connection,
              "update account_totp set confirmed_at = ? where account = ?",
              clock.millis(),
              account);
          Sql.update(connection, "delete from recovery_code where account = ?", account);
          for (var each : fresh) {
            Sql.update(
                connection,
                "insert into recovery_code (account, code_hash) values (?,?)",
                account,
                Secrets.hash(account + ":" + each));
          }
          audit.append(connection, actor, "account.totp", account, Json.object().build());
          return true;
        });
    return confirmed ? List.copyOf(fresh) : null;
  }

  /// Stops asking; false if nothing was asked for.
  public boolean remove(String actor, String account) {
    return database.write(connection -> {
      Sql.update(connection, "delete from recovery_code where account = ?", account);
      var removed = Sql.update(connection, "delete from account_totp where account = ?", account);
      if (removed == 1) {
        Sql.update(connection, "delete from session where account = ?", account);
        audit.append(connection, actor, "account.totp-remove", account, Json.object().build());
      }
      return removed == 1;
    });
  }

  /// Whether signing in takes a code.
  public boolean isAskedFor(String account) {
    return database.read(handle ->
        handle
            .createQuery(
                "select account from account_totp where account = :account and confirmed_at is not"
                    + " null")
            .bind("account", account)
            .mapTo(String.class)
            .findOne()
            .isPresent());
  }

  /// The accounts of which signing in takes a code.
  public Set<String> askedFor() {
    return Set.copyOf(
        database.read(handle ->
            handle
                .createQuery("select account from account_totp where confirmed_at is not null")
                .mapTo(String.class)
                .list()));
  }

  /// Uses a code up: one of the app, or a recovery code. False if it is wrong, or was used before.
  boolean spend(String account, String code) {
    return database.write(connection -> {
      var stored = stored(connection, account);
      return stored != null
          && stored.confirmedAt() != null
          && (spend(connection, account, stored, code) || recover(connection, account, code));
    });
  }

  private boolean spend(Connection connection, String account, Stored stored, String code)
      throws SQLException {
    var given = code.replace(" ", "").getBytes(StandardCharsets.UTF_8);
    byte[] secret;
    try {
      secret = sealing.open(stored.sealed(), account);
    } catch (Sealing.BrokenException e) {
      LOG.atError().setCause(e).log("nobody can sign in with a code of this account");
      return false;
    }
    var now = Totp.step(clock.instant());
    for (var step = now - TOLERANCE; step <= now + TOLERANCE; step++) {
      var right = Totp.code(secret, step, Totp.DIGITS).getBytes(StandardCharsets.UTF_8);
      if (MessageDigest.isEqual(right, given)) {
        // Of two that come with one code, at whatever server, one changes the row.
        return Sql.update(
                connection,
                "update account_totp set last_step = ? where account = ? and (last_step < ? or"
                    + " last_step > ?)",
                step,
                account,
                step,
                now + AHEAD)
            == 1;
      }
    }
    return false;
  }

  private boolean recover(Connection connection, String account, String code) throws SQLException {
    var hash = Secrets.hash(account + ":" + code.replaceAll("[ -]", "").toLowerCase(Locale.ROOT));
    var used =
        Sql.update(
            connection,
            "update recovery_code set used_at = ? where account = ? and code_hash = ? and used_at"
                + " is null",
            clock.millis(),
            account,
            hash);
    if (used == 1) {
      audit.append(connection, account, "account.recovery-code", account, Json.object().build());
    }
    return used == 1;
  }

  private static @Nullable Stored stored(Connection connection, String account)
      throws SQLException {
    return Sql.first(
        connection,
        "select sealed, confirmed_at from account_totp where account = ?",
        row -> new Stored(row.getString("sealed"), Sql.nullableInstant(row, "confirmed_at")),
        account);
  }
}
