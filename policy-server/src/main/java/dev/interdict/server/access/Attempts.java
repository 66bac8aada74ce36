package dev.interdict.server.access;

import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Counts attempts to sign in, in the database, so that all servers on it count together. Whoever
/// guesses uses up the attempts of the own address: nobody can lock an account for somebody else.
/// Only the strangers are slowed down, once there were many attempts at one account from anywhere:
/// an address from which that account signed in before goes on as ever. Thread-safe.
final class Attempts {
  /// Of one account from one address.
  static final int OF_PAIR = 10;

  /// From one address, whatever accounts.
  static final int OF_ADDRESS = 30;

  /// Of one account from anywhere, before strangers have one attempt for each address.
  static final int OF_ACCOUNT = 50;

  static final Duration WINDOW = Duration.ofMinutes(15);
  private static final Duration KNOWN = Duration.ofDays(30);

  private final Database database;

  Attempts(Database database) {
    this.database = database;
  }

  private record Row(Instant start, long failures, @Nullable Instant succeeded) {}

  /// Counts an attempt before it is judged, so that attempts made at once count too.
  ///
  /// @return zero if it may be made, else for how long not; then it is not counted
  Duration begin(String account, String address, Instant now) {
    return database.write(connection -> {
      var since = now.minus(WINDOW).toEpochMilli();
      Sql.update(
          connection,
          "delete from sign_in_attempt where window_start <= ? and (succeeded_at is null or"
              + " succeeded_at <= ?)",
          since,
          now.minus(KNOWN).toEpochMilli());
      var row = row(connection, account, address);
      var current = row != null && row.start().toEpochMilli() > since ? row : null;
      var failures = current == null ? 0 : current.failures();
      var known = row != null && row.succeeded() != null;
      var slowed =
          !known && failures > 0 && failures(connection, "account", account, since) >= OF_ACCOUNT;
      if (failures >= OF_PAIR
          || slowed
          || failures(connection, "address", address, since) >= OF_ADDRESS) {
        var start = current == null ? now : current.start();
        return Duration.between(now, start.plus(WINDOW));
      }
      put(connection, account, address, current == null ? now : current.start(), failures + 1);
      return Duration.ZERO;
    });
  }

  /// Takes back one [#begin]: the attempt was right. Earlier failures stay, or a guesser could wipe
  /// them by signing in as himself.
  void succeeded(String account, String address, Instant now) {
    database.write(connection -> {
      var row = row(connection, account, address);
      if (row != null) {
        put(connection, account, address, row.start(), Math.max(0, row.failures() - 1));
        Sql.update(
            connection,
            "update sign_in_attempt set succeeded_at = ? where account = ? and address = ?",
            now.toEpochMilli(),
            account,
            address);
      }
      return row != null;
    });
  }

  private static @Nullable Row row(Connection connection, String account, String address)
      throws SQLException {
    return Sql.first(
        connection,
        "select window_start, failures, succeeded_at from sign_in_attempt where account = ? and"
            + " address = ?",
        row ->
            new Row(
                Instant.ofEpochMilli(row.getLong(1)),
                row.getLong(2),
                Sql.nullableInstant(row, "succeeded_at")),
        account,
        address);
  }

  private static long failures(Connection connection, String column, String value, long since)
      throws SQLException {
    var sum =
        Sql.first(
            connection,
            "select coalesce(sum(failures), 0) from sign_in_attempt where "
                + column
                + " = ? and window_start > ?",
            row -> row.getLong(1),
            value,
            since);
    return sum == null ? 0 : sum;
  }

  private static void put(
      Connection connection, String account, String address, Instant start, long failures)
      throws SQLException {
    Sql.update(
        connection,
        "insert into sign_in_attempt (account, address, window_start, failures) values (?,?,?,?) on"
            + " conflict (account, address) do update set window_start = excluded.window_start,"
            + " failures = excluded.failures",
        account,
        address,
        start.toEpochMilli(),
        failures);
  }
}
