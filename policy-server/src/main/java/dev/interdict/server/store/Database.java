package dev.interdict.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// The embedded database: SQLite in one file, write-ahead log, every commit synced to disk.
///
/// All writing goes through one connection, whose thread commits many transactions at once; reading
/// has its own small pool and sees what was committed. Thread-safe.
public final class Database implements AutoCloseable {
  private static final int READERS = 4;
  private static final int WRITER_CACHE_KIB = 64 << 10;
  private static final int BUSY_TIMEOUT_MILLIS = 10_000;

  private final HikariDataSource readers;
  private final Jdbi jdbi;
  private final GroupCommit writer;

  private Database(HikariDataSource readers, GroupCommit writer) {
    this.readers = readers;
    this.jdbi = Jdbi.create(readers);
    // One set of parameters serves several statements, of which not all need every one.
    jdbi.getConfig(SqlStatements.class).setUnusedBindingAllowed(true);
    this.writer = writer;
  }

  /// Opens the database in `file`, makes it if there is none, and brings its tables up to date.
  ///
  /// @throws StoreException if it cannot be opened, or was made by a newer version
  public static Database open(Path file) {
    var url = "jdbc:sqlite:" + file.toAbsolutePath();
    try {
      var writing = new SQLiteDataSource(writing());
      writing.setUrl(url);
      Flyway.configure(Database.class.getClassLoader())
          .dataSource(writing)
          .locations("classpath:dev/interdict/server/store/migration")
          .failOnMissingLocations(true)
          .load()
          .migrate();
      return new Database(readers(url), new GroupCommit(writing.getConnection()));
    } catch (SQLException | RuntimeException e) {
      throw new StoreException(
          "cannot open the database " + file + ": " + reason(e) + "; is its folder writable?", e);
    }
  }

  /// In one line: what the migrations wrap around it is a page of rules and codes.
  private static String reason(Throwable e) {
    var innermost = e;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    return String.valueOf(innermost.getMessage()).lines().findFirst().orElse("no reason given");
  }

  private static SQLiteConfig writing() {
    var config = new SQLiteConfig();
    // Kibibytes, where negative. The default of 2 MB reads an index anew for every few rows.
    config.setCacheSize(-WRITER_CACHE_KIB);
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    return config;
  }

  private static HikariDataSource readers(String url) {
    var config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
    config.setReadOnly(true);
    var source = new SQLiteDataSource(config);
    source.setUrl(url);
    var pool = new HikariConfig();
    pool.setDataSource(source);
    pool.setReadOnly(true);
    pool.setPoolName("store-readers");
    pool.setMaximumPoolSize(READERS);
    return new HikariDataSource(pool);
  }

  /// Runs `work` and returns once its changes are on disk.
  ///
  /// @throws BusyException if too many wait already; nothing was done
  /// @throws StoreException if it failed; nothing was done
  public <T extends @Nullable Object> T write(Transaction<T> work) {
    return writer.run(work);
  }

  /// Whether so many transactions wait that another would most likely be turned away.
  public boolean crowded() {
    return writer.crowded();
  }

  /// Runs a query on a connection that cannot write.
  ///
  /// @throws StoreException if it failed
  public <T extends @Nullable Object> T read(Function<Handle, T> query) {
    try {
      // One snapshot for all statements of the query: figures on one page belong together.
      return jdbi.inTransaction(query::apply);
    } catch (org.jdbi.v3.core.JdbiException e) {
      throw new StoreException("the database failed: " + e.getMessage(), e);
    }
  }

  /// Finishes what was accepted, then closes.
  @Override
  public void close() {
    // The writer last: as the file's last user it folds the log back into it.
    readers.close();
    writer.close();
  }
}
