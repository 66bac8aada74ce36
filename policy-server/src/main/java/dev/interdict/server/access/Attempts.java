package dev.interdict.server.access;

import dev.interdict.server.store.Database;
import dev.interdict.server.store.Secrets;
import dev.interdict.server.store.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Counts attempts to sign in, in the database, so that all servers on it count together. Whoever
/// guesses uses up the attempts of the own place: nobody can lock an account for somebody else. A
/// place is an address, or what is known of old and counts apart from the address behind which it
/// is: a [Browser] in which that account signed in, or a session of it.
///
/// Only the strangers are slowed down, once there were many attempts at one account from anywhere:
/// a place from which that account signed in before goes on as ever. What was written by a clock
/// that was ahead counts for nothing. Thread-safe.
final class Attempts {
  /// Of one account from one place.
  static final int OF_PAIR = 10;

  /// From one address, whatever accounts.
  static final int OF_ADDRESS = 30;

  /// Of one account from anywhere, before strangers have one attempt for each address.
  static final int OF_ACCOUNT = 50;

  static final Duration WINDOW = Duration.ofMinutes(15);
  private static final String SESSION = "session:";

  /// One row, whatever was tried before.
  private static final String STANDING =
      """
      select
        (select window_start from sign_in_attempt where account = ? and address = ?),
        (select failures from sign_in_attempt where account = ? and address = ?),
        (select succeeded_at from sign_in_attempt where account = ? and address = ?),
        (select coalesce(sum(failures), 0) from sign_in_attempt
          where account = ? and window_start > ? and window_start <= ?),
        (select coalesce(sum(failures), 0) from sign_in_attempt
          where address = ? and window_start > ? and window_start <= ?)
      """;

  private final Database database;

  Attempts(Database database) {
    this.database = database;
  }

  /// The place that a browser is.
  static String browser(String secret) {
    return "browser:" + Secrets.hash(secret);
  }

  /// The place that a session is.
  static String session(String id) {
    return SESSION + Secrets.hash(id);
  }

  /// How somebody stands who would try once more.
  ///
  /// @param start of the window that counts now; null without one
  /// @param known whether the account signed in from there lately
  private record Standing(
      @Nullable Instant start, long failures, boolean known, long ofAccount, long ofPlace) {
    /// How long nothing may be tried.
    Duration wait(Instant now) {
      var slowed = !known && failures > 0 && ofAccount >= OF_ACCOUNT;
      return failures >= OF_PAIR || slowed || ofPlace >= OF_ADDRESS
          ? Duration.between(now, (start == null ? now : start).plus(WINDOW))
          : Duration.ZERO;
    }
  }

  private static Object[] asked(String account, String place, Instant now) {
    var since = now.minus(WINDOW).toEpochMilli();
    var until = now.plus(WINDOW).toEpochMilli();
    return new Object[] {
      account, place, account, place, account, place, account, since, until, place, since, until
    };
  }

  private static Sql.Row<Standing> standing(String place, Instant now) {
    return row -> {
      var start = instant(row, 1);
      var current =
          start != null && start.isAfter(now.minus(WINDOW)) && !start.isAfter(now.plus(WINDOW));
      var succeeded = instant(row, 3);
      var known =
          place.startsWith(SESSION)
              || succeeded != null
                  && succeeded.isAfter(now.minus(Browser.KNOWN))
                  && !succeeded.isAfter(now.plus(WINDOW));
      return new Standing(
          current ? start : null,
          current ? row.getLong(2) : 0,
          known,
          row.getLong(4),
          row.getLong(5));
    };
  }

  private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    var millis = Sql.nullableLong(row, column);
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }

  /// Whether the account signed in from that place lately.
  boolean isKnown(String account, String place, Instant now) {
    var standing = database.first(STANDING, standing(place, now), asked(account, place, now));
    return standing != null && standing.known();
  }

  /// Counts an attempt before it is judged, so that attempts made at once count too.
  ///
  /// @return zero if it may be made, else for how long not; then nothing is written
  Duration begin(String account, String place, Instant now) {
    var asked = asked(account, place, now);
    // Whoever is sent away takes no turn of those who write.
    var before = database.first(STANDING, standing(place, now), asked);
    if (before != null && before.wait(now).isPositive()) {
      return before.wait(now);
    }
    return database.write(connection -> {
      var standing = Sql.first(connection, STANDING, standing(place, now), asked);
      if (standing == null || standing.wait(now).isPositive()) {
        return standing == null ? WINDOW : standing.wait(now);
      }
      Sql.update(
          connection,
          "delete from sign_in_attempt where window_start > ? or window_start <= ? and"
              + " (succeeded_at is null or succeeded_at <= ?)",
          now.plus(WINDOW).toEpochMilli(),
          now.minus(WINDOW).toEpochMilli(),
          now.minus(Browser.KNOWN).toEpochMilli());
      Sql.update(
          connection,
          "insert into sign_in_attempt (account, address, window_start, failures) values (?,?,?,?)"
              + " on conflict (account, address) do update set window_start ="
              + " excluded.window_start, failures = excluded.failures",
          account,
          place,
          (standing.start() == null ? now : standing.start()).toEpochMilli(),
          standing.failures() + 1);
      return Duration.ZERO;
    });
  }

  /// Takes back one [#begin]: the attempt was right. Earlier failures stay, or a guesser could wipe
  /// them by signing in as himself.
  void succeeded(String account, String place, Instant now) {
    database.write(connection ->
        Sql.update(
            connection,
            "update sign_in_attempt set succeeded_at = ?, failures = case when failures > 0 then"
                + " failures - 1 else 0 end where account = ? and address = ?",
            now.toEpochMilli(),
            account,
            place));
  }

  /// Knows a place from now on: the account signed in from there.
  void remember(String account, String place, Instant now) {
    database.write(connection ->
        Sql.update(
            connection,
            "insert into sign_in_attempt (account, address, window_start, failures, succeeded_at)"
                + " values (?,?,?,0,?) on conflict (account, address) do update set succeeded_at ="
                + " excluded.succeeded_at",
            account,
            place,
            now.toEpochMilli(),
            now.toEpochMilli()));
  }
}
