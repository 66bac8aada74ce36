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
    return with(
        connection,
        sql,
        statement -> {
          bind(statement, parameters);
          return statement.executeUpdate();
        });
  }

  /// Runs a statement that changes rows once for each of many sets of parameters.
  public static void updateAll(
      Connection connection, String sql, List<@Nullable Object[]> parameters) throws SQLException {
    var _ =
        with(
            connection,
            sql,
            statement -> {
              for (var some : parameters) {
                bind(statement, some);
                statement.addBatch();
              }
              return statement.executeBatch();
            });
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
    return with(
        connection,
        sql,
        statement -> {
          bind(statement, parameters);
          try (var results = statement.executeQuery()) {
            var rows = new ArrayList<T>();
            while (results.next()) {
              rows.add(row.read(results));
            }
            return rows;
          }
        });
  }

  private interface Use<T> {
    T of(PreparedStatement statement) throws SQLException;
  }

  private static <T> T with(Connection connection, String sql, Use<T> use) throws SQLException {
    if (!(connection instanceof KeepsStatements keeper)) {
      try (var statement = connection.prepareStatement(sql)) {
        return use.of(statement);
      }
    }
    var statement = keeper.take(sql);
    var well = false;
    try {
      var result = use.of(statement);
      well = true;
      return result;
    } finally {
      if (well) {
        keeper.giveBack(sql, statement);
      } else {
        statement.close();
      }
    }
  }

  /// A bigint column that may be null.
  public static @Nullable Long nullableLong(ResultSet row, String column) throws SQLException {
    var value = row.getLong(column);
    return row.wasNull() ? null : value;
  }

  /// The same by the column's place, counted from 1.
  public static @Nullable Long nullableLong(ResultSet row, int column) throws SQLException {
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
