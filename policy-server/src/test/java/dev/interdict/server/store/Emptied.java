package dev.interdict.server.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/// Databases of tests that are over, as good as new ones: to make one takes hundreds of files, and
/// to drop it a checkpoint, where to empty and fill it takes a short statement for each table. May
/// be used by several threads.
final class Emptied {
  private static final int MUCH = 3;

  private static final String ANY_ORDER = "set session_replication_role = replica";

  /// Everything about a database that stays when its rows go, from its catalogue's own rows: each
  /// name that is looked up for a person opens a table or an index.
  private static final String SHAPE =
      """
      with own as (select * from pg_class where relnamespace = 'public'::regnamespace)
      select concat_ws(' ', 'relation', relname, relkind, relacl, reloptions) from own
      union all select concat_ws(' ', 'column', relname, attname, atttypid, attnotnull, attisdropped)
      from pg_attribute join own on own.oid = attrelid
      union all select concat_ws(' ', 'index', relname, indisunique, indisvalid, indkey)
      from pg_index join own on own.oid = indexrelid
      union all select concat_ws(' ', 'constraint', relname, conname, contype, conkey, convalidated)
      from pg_constraint join own on own.oid = conrelid
      union all select concat_ws(' ', 'trigger', relname, tgname, tgenabled)
      from pg_trigger join own on own.oid = tgrelid where not tgisinternal
      union all select concat_ws(' ', 'function', proname, prosrc)
      from pg_proc where pronamespace = 'public'::regnamespace
      union all select concat_ws(' ', 'setting', setconfig)
      from pg_db_role_setting join pg_database on pg_database.oid = setdatabase
      where datname = current_database()
      order by 1
      """;

  private final PostgresServer server;
  private final List<String> shape;
  private final List<String> tables;
  private final Map<String, byte[]> rows = new LinkedHashMap<>();
  private final long size;
  private final Queue<String> names = new ConcurrentLinkedQueue<>();

  /// Of those that are as that one is.
  Emptied(PostgresServer server, String template) throws SQLException {
    this.server = server;
    try (var made = server.connect(template)) {
      shape = shape(made);
      tables =
          strings(
              made,
              "select oid::regclass::text from pg_class where relkind = 'r' and relnamespace ="
                  + " 'public'::regnamespace");
      size = size(made);
      for (var table : tables) {
        var held = rows(made, table);
        if (held.length > 0) {
          rows.put(table, held);
        }
      }
    }
  }

  /// The name of one that holds what each has from the first, which is no other test's from now on.
  /// Null where none is left.
  @Nullable String taken() {
    return names.poll();
  }

  /// The name of one that holds what that database does, which is no other test's from now on. Null
  /// where none is left, or that database has other tables.
  @Nullable String filledAs(String database) throws SQLException {
    try (var from = server.connect(database)) {
      var name = shape(from).equals(shape) ? names.poll() : null;
      if (name != null) {
        try (var to = server.connect(name)) {
          empty(to, rows.keySet());
          for (var table : tables) {
            fill(to, table, rows(from, table));
          }
        }
      }
      return name;
    }
  }

  /// Makes that database, which nobody has open, as it was at first, and keeps it for another test.
  /// False where its tables are no longer as they were made, or hold much.
  boolean isTakenBack(String name) {
    try (var connection = server.connect(name)) {
      if (size(connection) > MUCH * size || !shape(connection).equals(shape)) {
        return false;
      }
      empty(connection, tables);
      for (var held : rows.entrySet()) {
        fill(connection, held.getKey(), held.getValue());
      }
    } catch (SQLException e) {
      return false;
    }
    return names.add(name);
  }

  /// From then on this session takes rows in any order.
  private static void empty(Connection connection, Collection<String> tables) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(
          tables.stream()
              .map(table -> "delete from " + table)
              .collect(Collectors.joining("; ", ANY_ORDER + "; ", "")));
    }
  }

  private static byte[] rows(Connection connection, String table) throws SQLException {
    var rows = new ByteArrayOutputStream();
    try {
      copies(connection).copyOut("copy " + table + " to stdout", rows);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows.toByteArray();
  }

  private static void fill(Connection connection, String table, byte[] rows) throws SQLException {
    if (rows.length > 0) {
      try {
        copies(connection).copyIn("copy " + table + " from stdin", new ByteArrayInputStream(rows));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static CopyManager copies(Connection connection) throws SQLException {
    return connection.unwrap(PGConnection.class).getCopyAPI();
  }

  private static List<String> shape(Connection connection) throws SQLException {
    return strings(connection, SHAPE);
  }

  private static long size(Connection connection) throws SQLException {
    return Long.parseLong(
        strings(connection, "select pg_database_size(current_database())::text").getFirst());
  }

  private static List<String> strings(Connection connection, String sql) throws SQLException {
    return Sql.list(connection, sql, row -> String.valueOf(row.getString(1)));
  }
}
