package dev.interdict.server.fleet.expected;

import dev.interdict.report.SerialNumber;
import dev.interdict.server.csv.CsvReader;
import dev.interdict.server.csv.CsvRecord;
import dev.interdict.server.fleet.HostKey;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import dev.interdict.server.wording.Sentence;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a device list into rows beside the list itself, a batch at a time, so that a file of any
/// length needs little memory and holds up nobody. Used once.
final class ListFile {
  /// A file of more lines is none.
  static final int MOST_ROWS = 2_000_000;

  private static final int BATCH = 2_000;
  private static final Duration ABANDONED = Duration.ofDays(1);

  private final Database database;
  private final SecureRandom random;
  private final Instant now;
  private final String id;
  private final List<Plan.Fault> faults = new ArrayList<>();
  private long bad;
  private long rows;

  ListFile(Database database, SecureRandom random, Instant now) {
    this.database = database;
    this.random = random;
    this.now = now;
    this.id = freshId();
  }

  String id() {
    return id;
  }

  List<Plan.Fault> faults() {
    return faults.stream().sorted(Comparator.comparingLong(Plan.Fault::line)).toList();
  }

  long bad() {
    return bad;
  }

  private String freshId() {
    var bytes = new byte[16];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /// Entries of one file lie side by side in the list's index: written at random, 200,000 of them
  /// take a minute.
  private String entryId(long line) {
    return id.substring(0, 16) + "%016x".formatted(line);
  }

  /// Reads the file; what is wrong with it is in [#faults] afterwards.
  ///
  /// @throws RefusedException if it is no device list at all
  Column.Header read(InputStream in, Charset charset) throws IOException {
    database.write(connection -> {
      Sql.update(
          connection,
          "delete from expected_row where staged_at < ?",
          now.minus(ABANDONED).toEpochMilli());
      return null;
    });
    var reader = new CsvReader(new BufferedInputStream(in, 1 << 16), charset);
    var header = header(reader.next());
    var batch = new ArrayList<Row>();
    for (var record = reader.next(); record != null; record = reader.next()) {
      row(header, record, batch);
      if (batch.size() == BATCH) {
        store(batch);
      }
      if (rows + bad > MOST_ROWS) {
        throw new RefusedException(
            Sentence.of("list.long", "the file has more than %s lines", MOST_ROWS));
      }
    }
    store(batch);
    return header;
  }

  private static Column.Header header(@Nullable CsvRecord first) {
    try {
      return switch (first) {
        case null -> throw new RefusedException(Sentence.of("list.empty", "the file is empty"));
        case CsvRecord.Bad(var line, var why) ->
            throw new RefusedException(Sentence.of("list.line", "line %s %s", line, why));
        case CsvRecord.Values(var _, var values) -> Column.header(values);
      };
    } catch (IllegalArgumentException e) {
      throw new RefusedException(
          Sentence.of("list.first-line", "the first line %s", e.getMessage()));
    }
  }

  private void row(Column.Header header, CsvRecord record, List<Row> batch) {
    switch (record) {
      case CsvRecord.Bad(var line, var why) -> fault(line, why);
      case CsvRecord.Values(var line, var values) -> {
        var columns = header.at().size() + header.ignored().size();
        if (values.size() < columns
            || values.stream().skip(columns).anyMatch(value -> !value.isBlank())) {
          fault(line, "has " + values.size() + " values, and the first line " + columns);
          return;
        }
        try {
          batch.add(Row.of(header, line, values));
          rows++;
        } catch (IllegalArgumentException e) {
          fault(line, String.valueOf(e.getMessage()));
        }
      }
    }
  }

  /// Notes a line that cannot be used.
  void fault(long line, String why) {
    bad++;
    if (faults.size() < Plan.SHOWN_FAULTS) {
      faults.add(new Plan.Fault(line, why));
    }
  }

  private void store(List<Row> batch) {
    if (batch.isEmpty()) {
      return;
    }
    var copy = List.copyOf(batch);
    database.write(connection -> {
      insert(connection, copy);
      return null;
    });
    batch.clear();
  }

  private void insert(Connection connection, List<Row> batch) throws SQLException {
    try (var insert =
        connection.prepareStatement(
            "insert into expected_row (import_id, line, staged_at, fresh_id, serial, serial_hash,"
                + " asset, host, host_key, os, department, person, manager, site, ring,"
                + " group_names, lifecycle) values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")) {
      for (var row : batch) {
        insert.setString(1, id);
        insert.setLong(2, row.line());
        insert.setLong(3, now.toEpochMilli());
        insert.setString(4, entryId(row.line()));
        var texts =
            new String[] {
              row.serial(),
              row.serial() == null ? null : SerialNumber.told(row.serial()),
              row.asset(),
              row.host(),
              row.host() == null ? null : HostKey.of(row.host()),
              row.os(),
              row.department(),
              row.person(),
              row.manager(),
              row.site(),
              row.ring(),
              row.groups(),
              row.lifecycle().word()
            };
        for (var i = 0; i < texts.length; i++) {
          if (texts[i] == null) {
            insert.setNull(5 + i, Types.VARCHAR);
          } else {
            insert.setString(5 + i, texts[i]);
          }
        }
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}
