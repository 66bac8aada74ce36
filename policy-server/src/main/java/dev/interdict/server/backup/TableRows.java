package dev.interdict.server.backup;

import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import dev.interdict.server.store.Database;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// The rows of one table as lines of JSON, compressed: the names of its columns, then a row a line,
/// each a list of texts, whole numbers and nulls.
final class TableRows {
  private static final int FETCH = 500;
  private static final int LONGEST_LINE = 64 << 20;
  private static final JsonLimits LIMITS =
      new JsonLimits(LONGEST_LINE, 2, LONGEST_LINE, 1_000, false);
  private static final Pattern COLUMN = Pattern.compile("[a-z][a-z0-9_]{0,62}");

  private TableRows() {}

  /// Writes all rows that `connection` sees; returns how many.
  static long write(Connection connection, String table, OutputStream to)
      throws SQLException, IOException {
    try (var out = new GZIPOutputStream(to);
        var statement = connection.createStatement()) {
      statement.setFetchSize(FETCH);
      try (var rows = statement.executeQuery("select * from " + table)) {
        var columns = new ArrayList<Json>();
        for (var i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          columns.add(new Json.Text(rows.getMetaData().getColumnName(i)));
        }
        line(out, columns);
        var count = 0L;
        for (; rows.next(); count++) {
          var values = new ArrayList<Json>();
          for (var i = 1; i <= columns.size(); i++) {
            values.add(json(rows.getObject(i)));
          }
          line(out, values);
        }
        return count;
      }
    }
  }

  private static void line(OutputStream out, List<Json> values) throws IOException {
    out.write(JsonWriter.line(new Json.Arr(values)).getBytes(StandardCharsets.UTF_8));
    out.write('\n');
  }

  private static Json json(@Nullable Object value) throws SQLException {
    return switch (value) {
      case null -> Json.Null.NULL;
      case String text -> new Json.Text(text);
      case Long number -> new Json.Int(number);
      case Integer number -> new Json.Int(number);
      default -> throw new SQLException("a value of a kind that no table has: " + value.getClass());
    };
  }

  /// Puts the rows in place of what the table holds; returns how many.
  static long read(Database database, String table, InputStream from) throws IOException {
    try (var in = new BufferedInputStream(new GZIPInputStream(from))) {
      var head = row(in);
      if (head == null) {
        throw new IOException("the rows of " + table + " have no names of columns");
      }
      var sql = insert(table, head);
      database.write(connection -> {
        try (var statement = connection.createStatement()) {
          return statement.executeUpdate("delete from " + table);
        }
      });
      var count = 0L;
      for (var rows = rows(in); !rows.isEmpty(); rows = rows(in)) {
        var some = rows;
        database.write(connection -> insert(connection, sql, some, head.size()));
        count += rows.size();
      }
      return count;
    }
  }

  static String insert(String table, List<Json> head) throws IOException {
    var columns = new ArrayList<String>();
    for (var each : head) {
      if (!(each instanceof Json.Text(var name)) || !COLUMN.matcher(name).matches()) {
        throw new IOException("the rows of " + table + " have a column without a name");
      }
      columns.add(name);
    }
    return "insert into "
        + table
        + " ("
        + String.join(",", columns)
        + ") values ("
        + String.join(",", Collections.nCopies(columns.size(), "?"))
        + ")";
  }

  private static int insert(Connection connection, String sql, List<List<Json>> rows, int columns)
      throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      for (var row : rows) {
        if (row.size() != columns) {
          throw new SQLException("a row has " + row.size() + " values for " + columns + " columns");
        }
        for (var i = 0; i < columns; i++) {
          statement.setObject(i + 1, value(row.get(i)));
        }
        statement.addBatch();
      }
      statement.executeBatch();
    }
    return rows.size();
  }

  private static @Nullable Object value(Json value) throws SQLException {
    return switch (value) {
      case Json.Null _ -> null;
      case Json.Text(var text) -> text;
      case Json.Int(var number) -> number;
      default -> throw new SQLException("a value of a kind that no table has");
    };
  }

  static List<List<Json>> rows(InputStream in) throws IOException {
    var rows = new ArrayList<List<Json>>();
    while (rows.size() < FETCH) {
      var row = row(in);
      if (row == null) {
        break;
      }
      rows.add(row);
    }
    return rows;
  }

  static @Nullable List<Json> row(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    int read;
    while ((read = in.read()) >= 0 && read != '\n') {
      if (line.size() >= LONGEST_LINE) {
        throw new IOException("a row is longer than " + LONGEST_LINE + " bytes");
      }
      line.write(read);
    }
    if (read < 0 && line.size() == 0) {
      return null;
    }
    try {
      if (JsonReader.read(line.toByteArray(), LIMITS) instanceof Json.Arr(var values)) {
        return values;
      }
      throw new IOException("a row is no list");
    } catch (JsonException e) {
      throw new IOException("a row cannot be read: " + e.getMessage(), e);
    }
  }
}
