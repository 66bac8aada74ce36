package dev.interdict.server.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// A connection that keeps what was prepared on it: preparing costs SQLite more than most of our
/// statements themselves. Used by one thread, and only for statements whose text is ours.
interface KeepsStatements {
  /// A prepared statement that nobody else uses.
  PreparedStatement take(String sql) throws SQLException;

  /// Takes one back whose results are closed. One that failed is closed instead.
  void giveBack(String sql, PreparedStatement statement) throws SQLException;

  /// `connection`, with its statements kept until it is closed.
  static Connection on(Connection connection) {
    var kept = new Kept(connection);
    return (Connection)
        Proxy.newProxyInstance(
            KeepsStatements.class.getClassLoader(),
            new Class<?>[] {Connection.class, KeepsStatements.class},
            (_, method, arguments) -> {
              try {
                var target =
                    method.getDeclaringClass() == KeepsStatements.class ? kept : connection;
                return method.invoke(target, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /// Those that nobody uses just now, the ones longest unused first.
  final class Kept implements KeepsStatements {
    private static final int MOST = 200;

    private final Connection connection;
    private final SequencedMap<String, PreparedStatement> idle = new LinkedHashMap<>();

    Kept(Connection connection) {
      this.connection = connection;
    }

    @Override
    public PreparedStatement take(String sql) throws SQLException {
      var statement = idle.remove(sql);
      return statement == null ? connection.prepareStatement(sql) : statement;
    }

    @Override
    public void giveBack(String sql, PreparedStatement statement) throws SQLException {
      // What was bound may be megabytes.
      statement.clearParameters();
      var other = idle.put(sql, statement);
      if (other != null) {
        other.close();
      }
      var eldest = idle.size() > MOST ? idle.pollFirstEntry() : null;
      if (eldest != null) {
        eldest.getValue().close();
      }
    }
  }
}
