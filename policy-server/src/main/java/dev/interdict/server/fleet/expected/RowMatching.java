package dev.interdict.server.fleet.expected;

import dev.interdict.server.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Finds the entry that each row of a file is about: by its serial; else by its asset tag; a row
/// with nothing but a host name by that. Where two entries would do, none does.
final class RowMatching {
  private RowMatching() {}

  /// Rows that say the same thing twice, each with why; the first of them stays.
  static List<Plan.Fault> repeated(Connection connection, String id) throws SQLException {
    var faults = new TreeMap<Long, String>();
    repeated(connection, id, "serial", "", faults);
    repeated(connection, id, "asset", "", faults);
    repeated(connection, id, "host_key", " and serial is null and asset is null", faults);
    return faults.entrySet().stream()
        .map(fault -> new Plan.Fault(fault.getKey(), fault.getValue()))
        .toList();
  }

  private static void repeated(
      Connection connection, String id, String column, String only, Map<Long, String> faults)
      throws SQLException {
    // The first with that name may be one that has a serial as well.
    Sql.list(
            connection,
            "select line, name, first from (select line, serial, asset, %1$s as name, min(line) over"
                    .formatted(column)
                + " (partition by %1$s) as first from expected_row where import_id = ? and %1$s is"
                    .formatted(column)
                + " not null) named where line > first"
                + only,
            row ->
                new Plan.Fault(
                    row.getLong(1),
                    "has the "
                        + (column.equals("asset")
                            ? "asset-tag"
                            : column.equals("serial") ? "serial" : "hostname")
                        + " \""
                        + row.getString(2)
                        + "\" of line "
                        + row.getLong(3)
                        + (only.isEmpty() ? "" : ", and nothing else to tell them apart")),
            id)
        .forEach(fault -> faults.putIfAbsent(fault.line(), fault.why()));
  }

  static void drop(Connection connection, String id, long line) throws SQLException {
    Sql.update(connection, "delete from expected_row where import_id = ? and line = ?", id, line);
  }

  /// Matches anew, against the list as it is now.
  static void match(Connection connection, String id) throws SQLException {
    Sql.update(
        connection,
        "update expected_row set entry_id = null where import_id = ? and entry_id is not null",
        id);
    Sql.update(
        connection,
        "update expected_row set entry_id = (select e.entry_id from expected_device e where"
            + " e.serial = expected_row.serial) where import_id = ? and serial in (select serial"
            + " from expected_device)",
        id);
    weaker(
        connection,
        id,
        "asset in (select asset from expected_device)",
        "e.asset = expected_row.asset and (e.serial is null or expected_row.serial is null)");
    weaker(
        connection,
        id,
        "host_key <> '' and host_key in (select host_key from expected_device)",
        "e.host_key = expected_row.host_key and (e.serial is null or expected_row.serial is null)"
            + " and (e.asset is null or expected_row.asset is null)");
  }

  /// Takes an entry only if it is the only one, and no other row has it.
  private static void weaker(Connection connection, String id, String rows, String entries)
      throws SQLException {
    Sql.update(
        connection,
        "update expected_row set entry_id = (select case when count(*) = 1 then min(e.entry_id) end"
            + " from expected_device e where "
            + entries
            + " and not exists (select 1 from expected_row o where o.import_id = ? and o.entry_id ="
            + " e.entry_id)) where import_id = ? and entry_id is null and "
            + rows,
        id,
        id);
    // Two rows that point at one entry: neither is it.
    Sql.update(
        connection,
        "update expected_row set entry_id = null where import_id = ? and entry_id in (select"
            + " entry_id from expected_row where import_id = ? and entry_id is not null group by"
            + " entry_id having count(*) > 1)",
        id,
        id);
  }
}
