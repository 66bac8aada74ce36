package dev.interdict.server.store;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.function.Function;
import org.flywaydb.core.api.MigrationVersion;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.ColonPrefixSqlParser;
import org.jdbi.v3.core.statement.SqlParser;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The database, the same whichever engine holds it: SQLite in a file, or PostgreSQL.
///
/// All writing goes through one connection, whose thread commits many transactions at once, each as
/// if it were the only writer, on this node and on others; reading has its own small pool and sees
/// what was committed. Thread-safe.
public final class Database implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);

  /// How often a query is asked again that lost its connection: each in the pool may be a dead one.
  private static final int ATTEMPTS = 10;

  /// Where the parameters of a statement stand is the same for each database: looked for once a
  /// process. A tests' process opens hundreds.
  private static final SqlParser PARAMETERS = new ColonPrefixSqlParser();

  private final Engine engine;
  private final HikariDataSource readers;
  private final Jdbi jdbi;
  private final GroupCommit writer;

  private Database(Engine engine, HikariDataSource readers, GroupCommit writer) {
    this.engine = engine;
    this.readers = readers;
    this.jdbi = Jdbi.create(readers);
    // One set of parameters serves several statements, of which not all need every one.
    jdbi.getConfig(SqlStatements.class).setUnusedBindingAllowed(true).setSqlParser(PARAMETERS);
    this.writer = writer;
  }

  /// Opens the database, makes it if it is a file that is not there, and brings its tables up to
  /// date.
  ///
  /// @throws StoreException if it cannot be opened, or was made by a newer version
  public static Database open(Location location) {
    return open(location, MigrationVersion.LATEST);
  }

  /// Opens a database that holds nothing yet, and gives it the tables of an earlier version, to be
  /// filled from a backup of that version.
  ///
  /// @param version as [#version] said it
  /// @throws StoreException if it cannot be opened, holds anything, or the version is not known
  ///   here
  public static Database openEmpty(Location location, String version) {
    var engine = engine(location);
    try (var connection = engine.migrating().getConnection()) {
      if (!Sql.list(connection, engine.tables(), row -> row.getString(1)).isEmpty()) {
        throw new StoreException(
            "the database " + location + " is not empty; choose one without tables", null);
      }
    } catch (SQLException e) {
      throw new StoreException(
          "cannot open the database " + location + ": " + engine.refusal(e), e);
    }
    return open(location, MigrationVersion.fromVersion(version));
  }

  /// Opens a database with the tables of exactly this program, and changes nothing of one that has
  /// others.
  ///
  /// @throws StoreException if it is not there, cannot be opened, or its tables are another
  ///   version's
  public static Database openAsItIs(Location location) {
    if (location instanceof Location.File(var path) && Files.notExists(path)) {
      throw new StoreException("there is no database " + path, null);
    }
    var engine = engine(location);
    try {
      Migrations.requireNewest(engine, location);
      return opened(engine);
    } catch (SQLException | RuntimeException e) {
      throw e instanceof StoreException known
          ? known
          : new StoreException(
              "cannot open the database " + location + ": " + engine.refusal(e), e);
    }
  }

  private static Database open(Location location, MigrationVersion version) {
    var engine = engine(location);
    try {
      Migrations.run(engine, location, version);
      return opened(engine);
    } catch (StoreException e) {
      throw e;
    } catch (SQLException | RuntimeException e) {
      throw new StoreException(
          "cannot open the database " + location + ": " + engine.refusal(e), e);
    }
  }

  private static Database opened(Engine engine) throws SQLException {
    var readers = engine.readers();
    try {
      return new Database(engine, readers, new GroupCommit(engine));
    } catch (SQLException | RuntimeException e) {
      readers.close();
      throw e;
    }
  }

  private static Engine engine(Location location) {
    return switch (location) {
      case Location.File(var path) -> new Sqlite(path);
      case Location.Postgres postgres -> new Postgres(postgres);
    };
  }

  /// The version of its tables.
  public String version() {
    return read(handle ->
        handle
            .createQuery(
                "select version from flyway_schema_history where version is not null order by"
                    + " installed_rank desc limit 1")
            .mapTo(String.class)
            .one());
  }

  /// The names of all tables that hold what it is for, in the snapshot of `handle`.
  public List<String> tables(Handle handle) {
    return handle.createQuery(engine.tables()).mapTo(String.class).stream()
        .filter(name -> !name.equals("flyway_schema_history"))
        .toList();
  }

  /// Has the engine look at all of the database, which takes its time.
  ///
  /// @return what is broken, in its words
  public List<String> faults() {
    return read(handle -> {
      try {
        return engine.faults(handle.getConnection());
      } catch (SQLException e) {
        throw StoreException.of(e);
      }
    });
  }

  /// Runs `work` and returns once its changes are on disk.
  ///
  /// @throws BusyException if too many wait already; nothing was done
  /// @throws StoreException if it failed; nothing was done
  /// @throws UnknownOutcomeException if the database was lost while it committed
  public <T extends @Nullable Object> T write(Transaction<T> work) {
    return writer.run(OnBehalf.of(work));
  }

  /// What does `work` on an item as [#write] would, together with all that waits for it at the same
  /// time.
  public <I, O extends @Nullable Object> Function<I, O> together(Together<I, O> work) {
    var lane = new Lane<>(work);
    return item -> writer.run(lane, item);
  }

  /// Whether so many transactions wait that another would most likely be turned away.
  public boolean crowded() {
    return writer.crowded();
  }

  /// How many transactions wait.
  int waiting() {
    return writer.waiting();
  }

  /// Runs a query on a connection that cannot write. It is run again if its connection was lost.
  ///
  /// @throws StoreException if it failed
  public <T extends @Nullable Object> T read(Function<Handle, T> query) {
    // One snapshot for all statements of the query: figures on one page belong together.
    return attempted(() -> jdbi.inTransaction(query::apply));
  }

  /// The first row of one statement, or null if it has none: what every request looks up, at a
  /// tenth of what [#read] costs, since it needs neither a snapshot nor anything mapped.
  ///
  /// @throws StoreException if it failed
  public <T> @Nullable T first(String sql, Sql.Row<T> row, @Nullable Object... parameters) {
    return attempted(() -> {
      try (var connection = readers.getConnection()) {
        return Sql.first(connection, sql, row, parameters);
      }
    });
  }

  /// All rows of one statement, likewise.
  ///
  /// @throws StoreException if it failed
  public <T> List<T> list(String sql, Sql.Row<T> row, @Nullable Object... parameters) {
    return attempted(() -> {
      try (var connection = readers.getConnection()) {
        return Sql.list(connection, sql, row, parameters);
      }
    });
  }

  private interface Attempt<T extends @Nullable Object> {
    T run() throws SQLException;
  }

  private <T extends @Nullable Object> T attempted(Attempt<T> query) {
    for (var attempt = 1; ; attempt++) {
      try {
        return query.run();
      } catch (SQLException | JdbiException e) {
        // A connection that cannot be had was waited for already.
        if (attempt == ATTEMPTS
            || e instanceof ConnectionException
            || e instanceof SQLTransientConnectionException
            || !isLost(e)) {
          throw new StoreException("the database failed: " + e.getMessage(), e);
        }
        LOG.atDebug().setCause(e).log("a connection was lost, the query is run again");
      }
    }
  }

  private boolean isLost(Throwable e) {
    for (var cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException known) {
        return engine.failure(known) == Engine.Failure.LOST;
      }
    }
    return false;
  }

  /// Whether servers on other machines may have it open too.
  public boolean isShared() {
    return engine.isShared();
  }

  /// Whether it plans by how many rows had which values when it last looked, which it does by
  /// itself when a good part of a table has changed.
  public boolean plansByStatistics() {
    return engine.plansByStatistics();
  }

  /// The time by the database's own clock, which all nodes share, in epoch milliseconds.
  public long now(Connection connection) throws SQLException {
    var now = Sql.first(connection, "select " + engine.now(), row -> row.getLong(1));
    if (now == null) {
      throw new SQLException("the database does not tell the time");
    }
    return now;
  }

  /// How many connections for reading are in use.
  public int readersInUse() {
    var pool = readers.getHikariPoolMXBean();
    return pool == null ? 0 : pool.getActiveConnections();
  }

  /// Finishes what was accepted, then closes.
  @Override
  public void close() {
    // The writer last: as a file's last user it folds the log back into it.
    readers.close();
    writer.close();
  }
}
