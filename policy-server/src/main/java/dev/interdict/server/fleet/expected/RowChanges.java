package dev.interdict.server.fleet.expected;

import dev.interdict.server.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the rows of a file change in the company's list, once each is matched with its entry:
/// counted beforehand, and written by the same conditions, within a transaction of [ListImport].
///
/// @param silentBefore devices last heard before this count as gone with their entry
record RowChanges(ListFile file, Column.Header header, Instant now, Instant silentBefore) {
  private static final String MISSING = "missing-from-list";

  private static final String CONTENT = "os, department, person, manager, site, ring, group_names";

  private static final String LEAVING =
      "e.retired_at is null and e.in_use = 1 and (r.lifecycle = 'retired' or (r.lifecycle = 'stock'"
          + " and e.device_id is null))";

  private static final String MISSED =
      "e.retired_at is null and e.in_use = 1 and not exists (select 1 from expected_row r where"
          + " r.import_id = ? and r.entry_id = e.entry_id)";

  /// What would change, as the list is now.
  Plan count(Connection connection) throws SQLException {
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
    var named =
        List.of(
            Column.OS,
            Column.DEPARTMENT,
            Column.PERSON,
            Column.MANAGER,
            Column.SITE,
            Column.RING,
            Column.GROUPS);
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

  /// Changes what was counted.
  ///
  /// @param plan of the list as it is now
  /// @param retireMissing retire entries that are not in the file
  void write(Connection connection, String actor, Plan plan, boolean retireMissing)
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
            + " department, person, manager, site, ring, group_names, in_use, added_at, changed_at)"
            + " select fresh_id, serial, serial_hash, asset, host, host_key, os, department,"
            + " person, manager, site, ring, group_names, case when lifecycle = 'stock' then 0 else"
            + " 1 end, ?, ? from expected_row where import_id = ? and entry_id is null and"
            + " lifecycle <> 'retired'",
        millis,
        millis,
        id);
    Settling.due(connection, actor, silentBefore);
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
}
