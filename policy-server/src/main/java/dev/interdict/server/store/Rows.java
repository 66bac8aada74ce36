package dev.interdict.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Whole rows of a table, as they are compared and copied; whole numbers are Longs. The name of a
/// table or a column is a constant of the program, never anything that came from outside.
public final class Rows {
  private Rows() {}

  /// The rows of a query by the values of their key, joined with slashes.
  public static TreeMap<String, SequencedMap<String, @Nullable Object>> read(
      Connection connection, List<String> key, String sql, @Nullable Object... parameters)
      throws SQLException {
    var rows = new TreeMap<String, SequencedMap<String, @Nullable Object>>();
    Sql.list(
        connection,
        sql,
        row -> {
          var columns = row.getMetaData();
          var values = new LinkedHashMap<String, @Nullable Object>();
          for (var i = 1; i <= columns.getColumnCount(); i++) {
            var value = row.getObject(i);
            values.put(
                columns.getColumnName(i),
                value instanceof Number n ? Long.valueOf(n.longValue()) : value);
          }
          var name = new ArrayList<String>();
          key.forEach(column -> name.add(String.valueOf(values.get(column))));
          return rows.put(String.join("/", name), values);
        },
        parameters);
    return rows;
  }

  /// Adds a row.
  public static void insert(
      Connection connection, String table, SequencedMap<String, @Nullable Object> row)
      throws SQLException {
    Sql.update(
        connection,
        "insert into "
            + table
            + " ("
            + String.join(", ", row.keySet())
            + ") values ("
            + String.join(", ", row.keySet().stream().map(_ -> "?").toList())
            + ")",
        row.values().toArray());
  }
}
