package dev.interdict.server.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/// What differs between the databases; everything else is the same on both.
sealed interface Engine permits Sqlite, Postgres {
  /// What a failure means for the transactions that were under way.
  enum Failure {
    /// One statement was wrong; whatever else is in the batch may go on.
    ITS_OWN,
    /// The database undid everything, in order that it is done again.
    AGAIN,
    /// The connection is gone, and with it what was not committed.
    LOST
  }

  /// For the migrations, which may take long.
  DataSource migrating() throws SQLException;

  /// Looks at the database before anything is done in it.
  ///
  /// @throws StoreException if it is not fit to be used, in one line
  void check(Connection connection) throws SQLException;

  /// A connection to write on.
  Connection writer() throws SQLException;

  /// Connections to read on, each of which shows one snapshot to all statements of a transaction.
  HikariDataSource readers();

  /// Begins a transaction as the only writer of all, on this node and on others; waits until it is.
  void begin(Connection connection) throws SQLException;

  /// Waits, in the transaction of a migration, until no other writer is under way; keeps others
  /// waiting until it ends.
  void awaitTurn(Connection connection) throws SQLException;

  /// Whether several machines can have it open.
  boolean isShared();

  /// Whether it plans by how many rows had which values when it last looked.
  boolean plansByStatistics();

  /// How many savepoints a transaction may have.
  int savepoints();

  /// What a failure means.
  Failure failure(SQLException failure);

  /// A query for the names of all tables.
  String tables();

  /// Looks at every page and index, where the engine can.
  ///
  /// @return what is broken, in the engine's words
  List<String> faults(Connection connection) throws SQLException;

  /// The database's own clock as SQL, in epoch milliseconds: the one clock that all nodes share.
  String now();

  /// Why it cannot be opened, in one line.
  String refusal(Throwable failure);
}
