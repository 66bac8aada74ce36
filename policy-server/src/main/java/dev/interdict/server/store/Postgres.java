package dev.interdict.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.interdict.server.keys.PassphraseFile;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// PostgreSQL, or an engine that speaks its protocol.
///
/// Writers take turns on one row, so that what a transaction read is still so when it writes,
/// whichever node it runs on. A node that stalls or dies loses its turn: the database ends the
/// session of whoever holds the row and says nothing.
record Postgres(Location.Postgres location) implements Engine {
  private static final Logger LOG = LoggerFactory.getLogger(Postgres.class);
  private static final int READERS = 8;

  /// Savepoints up to which PostgreSQL keeps all of them in memory that it shares: with more, every
  /// snapshot of every reader becomes dear.
  private static final int SAVEPOINTS = 60;

  private static final int CONNECT_SECONDS = 5;

  /// After this a database that says nothing more is taken for gone.
  private static final int SILENCE_SECONDS = 60;

  private static final String TURN = "update store_writer set turns = turns + 1 where id = 1";

  private static final String WRITING =
      "set idle_in_transaction_session_timeout = 10000; set lock_timeout = 15000;"
          + " set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5;"
          + " set tcp_keepalives_count = 3";

  /// A page goes by an index to a few rows that are in memory or on a disk without a head; to begin
  /// workers or a compiler for them takes longer.
  private static final String READING =
      "set idle_in_transaction_session_timeout = 60000; set statement_timeout = 30000;"
          + " select set_config(name, case name when 'jit' then 'off' when 'random_page_cost' then"
          + " '1.1' else '0' end, false) from pg_settings where name in ('jit', 'random_page_cost',"
          + " 'max_parallel_workers_per_gather')";

  /// Orders of text that never change under an index: by bytes.
  private static final Set<String> COLLATIONS = Set.of("C", "POSIX", "C.UTF-8", "C.utf8");

  @Override
  public DataSource migrating() {
    return source(0);
  }

  @Override
  public void check(Connection connection) throws SQLException {
    var encoding = setting(connection, "server_encoding");
    if (!"UTF8".equals(encoding)) {
      throw new StoreException(unfit("it stores text as " + encoding), null);
    }
    var collation =
        Sql.first(
            connection,
            // Servers before 15 know no provider. With ICU's, what stands in datcollate orders
            // nothing.
            "select case when coalesce(to_jsonb(d) ->> 'datlocprovider', 'c') = 'i' then 'ICU' else"
                + " datcollate end from pg_database d where datname = current_database()",
            row -> row.getString(1));
    if (collation == null || !COLLATIONS.contains(collation)) {
      throw new StoreException(unfit("it orders text by " + collation), null);
    }
    if ("off".equals(setting(connection, "fsync"))) {
      LOG.atWarn().log("the database runs with fsync off: a power cut loses reports");
    }
  }

  private String unfit(String why) {
    return ("the database %s cannot be used: %s, which may change with the system's libraries and"
            + " break indexes; make it with: createdb --template=template0 --encoding=UTF8"
            + " --locale=C %s")
        .formatted(location, why, location.url().database());
  }

  private static String setting(Connection connection, String name) throws SQLException {
    var value =
        Sql.first(connection, "select current_setting(?, true)", row -> row.getString(1), name);
    return value == null ? "unknown" : value;
  }

  @Override
  public Connection writer() throws SQLException {
    var connection = source(SILENCE_SECONDS).getConnection();
    try (var statement = connection.createStatement()) {
      statement.execute(WRITING);
      if ("off".equals(setting(connection, "synchronous_commit"))) {
        // Else an answer would be given before it is durable.
        statement.execute("set synchronous_commit = on");
      }
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public HikariDataSource readers() {
    var pool = new HikariConfig();
    pool.setDataSource(source(SILENCE_SECONDS));
    pool.setReadOnly(true);
    pool.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
    pool.setConnectionInitSql(READING);
    pool.setConnectionTimeout(CONNECT_SECONDS * 1_000L);
    pool.setPoolName("store-readers");
    pool.setMaximumPoolSize(READERS);
    pool.setMinimumIdle(1);
    return new HikariDataSource(pool);
  }

  @Override
  public void begin(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    if (Sql.update(connection, TURN) != 1) {
      throw new SQLException("the row on which writers take turns is missing: store_writer 1");
    }
  }

  /// Before the migration that makes the row no server knew of turns.
  @Override
  public void awaitTurn(Connection connection) throws SQLException {
    var known =
        Sql.first(
            connection, "select to_regclass('store_writer') is not null", row -> row.getBoolean(1));
    if (Boolean.TRUE.equals(known)) {
      Sql.update(connection, TURN);
    }
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public boolean plansByStatistics() {
    return true;
  }

  @Override
  public int savepoints() {
    return SAVEPOINTS;
  }

  @Override
  public Failure failure(SQLException failure) {
    var state = String.valueOf(failure.getSQLState());
    return switch (state) {
      case "40001", "40P01" -> Failure.AGAIN;
      // Ended by an admin, by a crash of another session, or for having said nothing.
      case "57P01", "57P02", "57P03", "57P05", "25P03" -> Failure.LOST;
      // Another node has changed a table under a statement that was prepared here.
      case "0A000" ->
          String.valueOf(failure.getMessage()).contains("cached plan")
              ? Failure.LOST
              : Failure.ITS_OWN;
      default -> state.startsWith("08") ? Failure.LOST : Failure.ITS_OWN;
    };
  }

  @Override
  public String tables() {
    return "select table_name as name from information_schema.tables where table_schema ="
        + " current_schema() and table_type = 'BASE TABLE' order by table_name";
  }

  /// It checks its pages as it reads them, where they have checksums, and tells its own log.
  @Override
  public List<String> faults(Connection connection) {
    return List.of();
  }

  @Override
  public String now() {
    return "cast(extract(epoch from clock_timestamp()) * 1000 as bigint)";
  }

  @Override
  public String refusal(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException known && known.getSQLState() != null) {
        return refusal(known);
      }
    }
    return firstLine(failure);
  }

  private String refusal(SQLException failure) {
    return switch (failure.getSQLState()) {
      case "28P01", "28000" ->
          "it refuses the user "
              + location.user()
              + " with the password from "
              + location.passwordFile()
              + ": "
              + firstLine(failure);
      case "3D000" ->
          "there is no such database; make it with: createdb --template=template0"
              + " --encoding=UTF8 --locale=C "
              + location.url().database();
      case "08001", "08006", "08004" ->
          "it cannot be reached: "
              + firstLine(failure)
              + "; is it running, and is the address right?";
      case "42501" ->
          "the user "
              + location.user()
              + " may not make tables there; make it the database's owner: "
              + firstLine(failure);
      default -> firstLine(failure);
    };
  }

  private static String firstLine(Throwable failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("no reason given");
  }

  private DataSource source(int silenceSeconds) {
    var source = new Source(location);
    source.setUrl(location.url().written());
    source.setApplicationName("interdict");
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setSocketTimeout(silenceSeconds);
    source.setTcpKeepAlive(true);
    // Many rows in one statement, where many are inserted at once.
    source.setReWriteBatchedInserts(true);
    // It would repeat values in messages that end up in a log.
    source.setLogServerErrorDetail(false);
    return source;
  }

  /// Opens connections, with the password as it stands in its file at that moment.
  private static final class Source extends PGSimpleDataSource {
    private static final long serialVersionUID = 1;
    private final transient Location.Postgres location;

    Source(Location.Postgres location) {
      this.location = location;
    }

    @Override
    public Connection getConnection() throws SQLException {
      return getConnection(location.user(), password());
    }

    private @Nullable String password() throws SQLException {
      var file = location.passwordFile();
      if (file == null) {
        return null;
      }
      try {
        return new String(PassphraseFile.read(file));
      } catch (IOException e) {
        throw new SQLException("its password cannot be read: " + e.getMessage(), e);
      }
    }
  }
}
