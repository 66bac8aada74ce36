package dev.interdict.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.sqlite.SQLiteDataSource;

/// Empty tables of this version in memory, for working out what rows should be. Whatever database
/// the server runs on, the statements are the same. Used by one thread.
public final class Scratch implements AutoCloseable {
  private final Connection connection;

  private Scratch(Connection connection) {
    this.connection = connection;
  }

  /// Makes them.
  public static Scratch open() {
    var source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:file:scratch-" + UUID.randomUUID() + "?mode=memory&cache=shared");
    try {
      // Its content lives as long as a connection to it.
      var connection = source.getConnection();
      Flyway.configure(Scratch.class.getClassLoader())
          .dataSource(source)
          .locations(Migrations.FOLDER)
          .load()
          .migrate();
      return new Scratch(connection);
    } catch (SQLException e) {
      throw StoreException.of(e);
    }
  }

  /// Where the tables are.
  public Connection connection() {
    return connection;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw StoreException.of(e);
    }
  }
}
