package dev.interdict.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.sqlite.SQLiteConnection;
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
    try {
      var connection = new SQLiteDataSource().getConnection().unwrap(SQLiteConnection.class);
      connection.deserialize("main", Tables.EMPTY);
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

  /// A database to which all migrations were applied once: they take a hundred times as long as a
  /// copy of what they make.
  private static final class Tables {
    static final byte[] EMPTY = migrated();

    private static byte[] migrated() {
      var source = new SQLiteDataSource();
      source.setUrl("jdbc:sqlite:file:scratch-" + UUID.randomUUID() + "?mode=memory&cache=shared");
      // Its content lives as long as a connection to it.
      try (var connection = source.getConnection()) {
        Flyway.configure(Scratch.class.getClassLoader())
            .dataSource(source)
            .locations(Migrations.FOLDER)
            .load()
            .migrate();
        return connection.unwrap(SQLiteConnection.class).serialize("main");
      } catch (SQLException e) {
        throw StoreException.of(e);
      }
    }
  }
}
