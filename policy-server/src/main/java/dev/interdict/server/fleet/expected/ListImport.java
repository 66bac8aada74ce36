package dev.interdict.server.fleet.expected;

import dev.interdict.json.Json;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// One file on its way into the company's list: read, planned, then applied whole or not at all.
/// Not thread-safe; two imports at once do not see each other until one is applied, and the second
/// is planned anew against what the first left.
public final class ListImport implements AutoCloseable {
  static final String MISSING = "missing-from-list";

  private static final String CONTENT = "os, department, person, ring, group_names";

  private final Database database;
  private final Audit audit;
  private final Instant now;
  private final Instant silentBefore;
  private final ListFile file;
  private final Column.Header header;
  private @Nullable Planned planned;

  private ListImport(
      Database database,
      Audit audit,
      Instant now,
      Instant silentBefore,
      ListFile file,
      Column.Header header) {
    this.database = database;
    this.audit = audit;
    this.now = now;
    this.silentBefore = silentBefore;
    this.file = file;
    this.header = header;
  }

  /// Reads a file; the list stays as it is.
  ///
  /// @param silentBefore devices last heard before this count as gone with their entry
  /// @throws RefusedException if it is no device list
  static ListImport read(
      Database database,
      Audit audit,
      SecureRandom random,
      Instant now,
      Instant silentBefore,
      InputStream in,
      Charset charset)
      throws IOException {
    var file = new ListFile(database, random, now);
    try {
      var header = file.read(in, charset);
      var repeated =
          database.write(connection -> {
            var lines = RowMatching.repeated(connection, file.id());
            for (var fault : lines) {
              RowMatching.drop(connection, file.id(), fault.line());
            }
            return lines;
          });
      var seen = new HashSet<Long>();
      repeated.stream()
          .filter(fault -> seen.add(fault.line()))
          .forEach(fault -> file.fault(fault.line(), fault.why()));
      return new ListImport(database, audit, now, silentBefore, file, header);
    } catch (IOException | RuntimeException e) {
      forget(database, file.id());
      throw e;
    }
  }

  /// What applying it would change, as the list was when this was first asked.
  public Plan plan() {
    if (planned == null) {
      // Kept only once it is committed, for the matching belongs to it.
      planned =
          database.write(connection -> {
            var version = ExpectedVersion.of(connection);
            RowMatching.match(connection, file.id());
            return new Planned(counted(connection), version);
          });
    }
    return planned.plan();
  }

  /// A plan, and the version of the list that it is about.
  private record Planned(Plan plan, long version) {}

  /// What was planned holds while the list stays as it was: matching and counting take longer than
  /// writing, and nobody else can write meanwhile.
  private Plan plan(Connection connection) throws SQLException {
    if (planned != null && planned.version() == ExpectedVersion.of(connection)) {
      return planned.plan();
    }
    RowMatching.match(connection, file.id());
    return counted(connection);
  }

  private Plan counted(Connection connection) throws SQLException {
    var rows = count(connection, "select count(*) from expected_row where import_id = ?");
    var added =
        count(
            connection,
            "select count(*) from expected_row where import_id = ? and entry_id is null and"
                + " lifecycle <> 'retired'");
    var returning = count(connection, joined("e.retired_reason = '" + MISSING + "'", "in-use"));
    var kept =
        count(
            connection,
            joined("e.retired_at is not null and e.retired_reason <> '" + MISSING + "'", null));
    var changed = count(connection, joined("e.retired_at is null and (" + differs() + ")", null));
    var matched = count(connection, joined("e.retired_at is null", null));
    var leaving = count(connection, joined(LEAVING, null));
    var missing = count(connection, "select count(*) from expected_device e where " + MISSED);
    var counting =
        Sql.list(
                connection,
                "select count(*) from expected_device where retired_at is null and in_use = 1",
                row -> row.getLong(1))
            .getFirst();
    return new Plan(
        rows,
        added,
        returning,
        changed,
        matched - changed,
        kept,
        leaving,
        missing,
        counting,
        file.faults(),
        file.bad(),
        header.ignored());
  }

  private static final String LEAVING =
      "e.retired_at is null and e.in_use = 1 and (r.lifecycle = 'retired' or (r.lifecycle = 'stock'"
          + " and e.device_id is null))";

  private static final String MISSED =
      "e.retired_at is null and e.in_use = 1 and not exists (select 1 from expected_row r where"
          + " r.import_id = ? and r.entry_id = e.entry_id)";

  private static String joined(String condition, @Nullable String lifecycle) {
    return "select count(*) from expected_row r join expected_device e on e.entry_id = r.entry_id"
        + " where r.import_id = ? and "
        + condition
        + (lifecycle == null ? "" : " and r.lifecycle = '" + lifecycle + "'");
  }

  private long count(Connection connection, String sql) throws SQLException {
    return Sql.list(connection, sql, row -> row.getLong(1), file.id()).getFirst();
  }

  /// The columns that the file has, besides those that name a device.
  private List<String> columns() {
    var columns = new ArrayList<String>();
    var named = List.of(Column.OS, Column.DEPARTMENT, Column.PERSON, Column.RING, Column.GROUPS);
    for (var i = 0; i < named.size(); i++) {
      if (header.has(named.get(i))) {
        columns.add(CONTENT.split(", ")[i]);
      }
    }
    return columns;
  }

  /// Whether a row says something else than its entry. A name that the row leaves out stays.
  private String differs() {
    var parts = new ArrayList<String>();
    for (var name : List.of("serial", "asset", "host")) {
      parts.add("(r.%1$s is not null and coalesce(e.%1$s, '') <> r.%1$s)".formatted(name));
    }
    for (var column : columns()) {
      parts.add("coalesce(e.%1$s, '') <> coalesce(r.%1$s, '')".formatted(column));
    }
    if (header.has(Column.LIFECYCLE)) {
      parts.add("r.lifecycle <> case when e.in_use = 1 then 'in-use' else 'stock' end");
    }
    return String.join(" or ", parts);
  }

  /// Applies it in one transaction.
  ///
  /// @param skipBad go on without the lines that cannot be used
  /// @param retireMissing retire entries that are not in the file
  /// @param confirmed how many entries the person knows to retire; needed above 5 %
  /// @return what changed
  /// @throws RefusedException if it must not be; nothing changed
  public Plan apply(String actor, boolean skipBad, boolean retireMissing, OptionalLong confirmed) {
    plan();
    return database.write(connection -> {
      var plan = plan(connection);
      if (plan.bad() > 0 && !skipBad) {
        throw new RefusedException(
            plan.bad()
                + " lines cannot be used, so nothing was applied; see the plan, or say"
                + " --skip-bad");
      }
      if (plan.bad() > 0 && retireMissing) {
        throw new RefusedException(
            "a line that cannot be used may be about a device that would count as missing; mend"
                + " the file before you retire what is missing");
      }
      if (plan.rows() == 0) {
        throw new RefusedException("the file names no device");
      }
      var retiring = plan.retiring(retireMissing);
      if (plan.retiresMany(retireMissing)
          && (confirmed.isEmpty() || confirmed.getAsLong() != retiring)) {
        throw new RefusedException(
            retiring
                + " of "
                + plan.counting()
                + " expected devices would leave the fleet; if that is so, say --yes-retire "
                + retiring);
      }
      if (plan.added() + plan.returning() + plan.changed() + retiring > 0) {
        change(connection, actor, plan, retireMissing);
      }
      audit.append(
          connection,
          actor,
          "fleet.import",
          file.id(),
          Json.object()
              .put("added", plan.added())
              .put("returning", plan.returning())
              .put("changed", plan.changed())
              .put("retired", retiring)
              .put("missing", plan.missing())
              .put("skipped", plan.bad())
              .build());
      return plan;
    });
  }

  private void change(Connection connection, String actor, Plan plan, boolean retireMissing)
      throws SQLException {
    ExpectedVersion.next(connection);
    var millis = now.toEpochMilli();
    var id = file.id();
    if (retireMissing) {
      Sql.update(
          connection,
          "update expected_device as e set retired_at = ?, retired_by = ?, retired_reason = '"
              + MISSING
              + "' where "
              + MISSED,
          millis,
          actor,
          id);
    }
    Sql.update(
        connection,
        "update expected_device as e set retired_at = ?, retired_by = ?, retired_reason ="
            + " 'retired in the list' from expected_row r where r.import_id = ? and r.entry_id ="
            + " e.entry_id and e.retired_at is null and r.lifecycle = 'retired'",
        millis,
        actor,
        id);
    Sql.update(
        connection,
        "update expected_device as e set retired_at = null, retired_by = null, retired_reason ="
            + " null, changed_at = ? from expected_row r where r.import_id = ? and r.entry_id ="
            + " e.entry_id and e.retired_reason = '"
            + MISSING
            + "' and r.lifecycle = 'in-use'",
        millis,
        id);
    if (plan.changed() > 0) {
      content(connection, millis);
    }
    Sql.update(
        connection,
        "insert into expected_device (entry_id, serial, serial_hash, asset, host, host_key, os,"
            + " department, person, ring, group_names, in_use, added_at, changed_at) select"
            + " fresh_id, serial, serial_hash, asset, host, host_key, os, department, person, ring,"
            + " group_names, case when lifecycle = 'stock' then 0 else 1 end, ?, ? from"
            + " expected_row where import_id = ? and entry_id is null and lifecycle <> 'retired'",
        millis,
        millis,
        id);
    Binding.settle(connection, actor, silentBefore, now);
  }

  /// What the rows say of entries that stay.
  private void content(Connection connection, long millis) throws SQLException {
    var sets = new StringBuilder();
    columns().forEach(column -> sets.append(", %1$s = r.%1$s".formatted(column)));
    if (header.has(Column.LIFECYCLE)) {
      sets.append(", in_use = case when r.lifecycle = 'stock' then 0 else 1 end");
    }
    Sql.update(
        connection,
        "update expected_device as e set serial = coalesce(r.serial, e.serial), serial_hash ="
            + " coalesce(r.serial_hash, e.serial_hash), asset = coalesce(r.asset, e.asset), host ="
            + " coalesce(r.host, e.host), host_key = coalesce(r.host_key, e.host_key), changed_at ="
            + " ?"
            + sets
            + " from expected_row r where r.import_id = ? and r.entry_id = e.entry_id and"
            + " e.retired_at is null and ("
            + differs()
            + ")",
        millis,
        file.id());
  }

  private static void forget(Database database, String id) {
    database.write(
        connection -> Sql.update(connection, "delete from expected_row where import_id = ?", id));
  }

  /// Forgets the file.
  @Override
  public void close() {
    forget(database, file.id());
  }
}
