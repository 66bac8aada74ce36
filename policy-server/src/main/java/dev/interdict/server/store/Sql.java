package dev.interdict.server.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Plain JDBC for transactions, with bound parameters only. A parameter is a String, Long, Integer
/// or null.
public final class Sql {
  private Sql() {}

  /// Reads one row.
  @FunctionalInterface
  public interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /// Runs a statement that changes rows; returns how many.
  public static int update(Connection connection, String sql, @Nullable Object... parameters)
      throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      bind(statement, parameters);
      return statement.executeUpdate();
    }
  }

  /// The first row of a query, or null if it has none.
  public static <T> @Nullable T first(
      Connection connection, String sql, Row<T> row, @Nullable Object... parameters)
      throws SQLException {
    var rows = list(connection, sql, row, parameters);
    return rows.isEmpty() ? null : rows.getFirst();
  }

  /// All rows of a query.
  public static <T> List<T> list(
      Connection connection, String sql, Row<T> row, @Nullable Object... parameters)
      throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      bind(statement, parameters);
      try (var results = statement.executeQuery()) {
        var rows = new ArrayList<T>();
        while (results.next()) {
          rows.add(row.read(results));
        }
        return rows;
      }
    }
  }

  /// A bigint column that may be null.
  public static @Nullable Long nullableLong(ResultSet row, String column) throws SQLException {
    var value = row.getLong(column);
    return row.wasNull() ? null : value;
  }

  private static void bind(PreparedStatement statement, @Nullable Object[] parameters)
      throws SQLException {
    for (var i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
  }

  /// An instant in epoch milliseconds, or null.
  public static @Nullable Instant nullableInstant(ResultSet row, String column)
      throws SQLException {
    var millis = nullableLong(row, column);
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }
}
