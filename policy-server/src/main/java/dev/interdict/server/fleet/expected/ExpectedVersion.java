package dev.interdict.server.fleet.expected;

import dev.interdict.server.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;

/// Tells whether the list is still the one that something was worked out from.
final class ExpectedVersion {
  private ExpectedVersion() {}

  /// The version of the list as this transaction sees it.
  static long of(Connection connection) throws SQLException {
    return Sql.list(
            connection, "select version from expected_version where id = 1", row -> row.getLong(1))
        .getFirst();
  }

  /// The list changes.
  static void next(Connection connection) throws SQLException {
    Sql.update(connection, "update expected_version set version = version + 1 where id = 1");
  }
}
