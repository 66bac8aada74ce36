package dev.interdict.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// SQLite in one file, write-ahead log, every commit synced to disk.
record Sqlite(Path file) implements Engine {
  private static final int READERS = 4;
  private static final int WRITER_CACHE_KIB = 64 << 10;
  private static final int READER_CACHE_KIB = 32 << 10;

  /// How long the log gets before its pages are folded back into the file: 32 MB. A page that
  /// reports change again and again is folded back once for all of them, and the disk synced as
  /// seldom; at the library's 1,000 pages that took a third of what the writer gets done.
  private static final int LOG_PAGES = 8_000;

  private static final int BUSY_TIMEOUT_MILLIS = 10_000;
  private static final int SAVEPOINTS = 1_000;

  @Override
  public DataSource migrating() {
    make();
    return writing();
  }

  /// A new file is its owner's alone; the log and the index that SQLite lays beside it take after
  /// it.
  private void make() {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      } catch (IOException e) {
        // It is there; or it cannot be made, which SQLite says in its words.
      }
    }
  }

  @Override
  public void check(Connection connection) {}

  @Override
  public Connection writer() throws SQLException {
    var connection = writing().getConnection();
    try (var statement = connection.createStatement()) {
      statement.execute("pragma wal_autocheckpoint = " + LOG_PAGES);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private SQLiteDataSource writing() {
    var config = new SQLiteConfig();
    // Kibibytes, where negative. The default of 2 MB reads an index anew for every few rows.
    config.setCacheSize(-WRITER_CACHE_KIB);
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    return source(config);
  }

  @Override
  public HikariDataSource readers() {
    var config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
    config.setReadOnly(true);
    config.setCacheSize(-READER_CACHE_KIB);
    var pool = new HikariConfig();
    pool.setDataSource(source(config));
    pool.setReadOnly(true);
    pool.setPoolName("store-readers");
    pool.setMaximumPoolSize(READERS);
    return new HikariDataSource(pool);
  }

  private SQLiteDataSource source(SQLiteConfig config) {
    var source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
    return source;
  }

  @Override
  public void begin(Connection connection) throws SQLException {
    // Begins the transaction, with the write lock.
    connection.setAutoCommit(false);
  }

  /// The transaction began with the write lock.
  @Override
  public void awaitTurn(Connection connection) {}

  @Override
  public boolean isShared() {
    return false;
  }

  @Override
  public boolean plansByStatistics() {
    return false;
  }

  @Override
  public int savepoints() {
    return SAVEPOINTS;
  }

  @Override
  public Failure failure(SQLException failure) {
    return Failure.ITS_OWN;
  }

  @Override
  public String tables() {
    return "select name from sqlite_master where type = 'table' and name not like 'sqlite!_%'"
        + " escape '!' order by name";
  }

  @Override
  public List<String> faults(Connection connection) throws SQLException {
    var found = Sql.list(connection, "pragma integrity_check", row -> row.getString(1));
    return found.equals(List.of("ok")) ? List.of() : found;
  }

  @Override
  public String now() {
    return "cast(unixepoch('subsec') * 1000 as integer)";
  }

  @Override
  public String refusal(Throwable failure) {
    var innermost = failure;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    var reason = String.valueOf(innermost.getMessage()).lines().findFirst();
    return reason.orElse("no reason given") + "; is its folder writable?";
  }
}
