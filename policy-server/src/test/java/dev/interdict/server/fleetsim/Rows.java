package dev.interdict.server.fleetsim;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Rows of one table, inserted in batches. Used by one thread, within one transaction.
final class Rows implements AutoCloseable {
  private static final int BATCH = 500;

  private final PreparedStatement insert;
  private int waiting;

  /// @param columns of the table, comma-separated
  /// @param rest of the statement after the values
  Rows(Connection connection, String table, String columns, String rest) throws SQLException {
    var marks = "?,".repeat(columns.split(",").length);
    insert =
        connection.prepareStatement(
            "insert into "
                + table
                + " ("
                + columns
                + ") values ("
                + marks.substring(0, marks.length() - 1)
                + ")"
                + rest);
  }

  void add(@Nullable Object... values) throws SQLException {
    for (var i = 0; i < values.length; i++) {
      insert.setObject(i + 1, values[i]);
    }
    insert.addBatch();
    if (++waiting == BATCH) {
      flush();
    }
  }

  void flush() throws SQLException {
    if (waiting > 0) {
      insert.executeBatch();
      waiting = 0;
    }
  }

  @Override
  public void close() throws SQLException {
    flush();
    insert.close();
  }
}
