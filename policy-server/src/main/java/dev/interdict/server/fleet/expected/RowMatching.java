package dev.interdict.server.fleet.expected;

import dev.interdict.server.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// Finds the entry that each row of a file is about: by its serial; else by its asset tag; a row
/// with nothing but a host name by that. Where two entries would do, none does.
final class RowMatching {
  private RowMatching() {}

  /// Rows that say the same thing twice, each with why; the first of them stays.
  static List<Plan.Fault> repeated(Connection connection, String id) throws SQLException {
    return Sql.list(
        connection,
        "select r.line, 'has the serial \"' || r.serial || '\" of line ' || f.line as why from"
            + " expected_row r join (select serial, min(line) as line from expected_row where"
            + " import_id = ? and serial is not null group by serial having count(*) > 1) f on"
            + " f.serial = r.serial where r.import_id = ? and r.line > f.line union all select"
            + " r.line, 'has the asset-tag \"' || r.asset || '\" of line ' || f.line as why from"
            + " expected_row r join (select asset, min(line) as line from expected_row where"
            + " import_id = ? and asset is not null group by asset having count(*) > 1) f on"
            + " f.asset = r.asset where r.import_id = ? and r.line > f.line union all select"
            + " r.line, 'has the hostname \"' || r.host || '\" of line ' || f.line || ', and no"
            + " serial or asset-tag to tell them apart' as why from expected_row r join (select"
            + " host_key, min(line) as line from expected_row where import_id = ? and host_key is"
            + " not null group by host_key having count(*) > 1) f on f.host_key = r.host_key where"
            + " r.import_id = ? and r.line > f.line and r.serial is null and r.asset is null order"
            + " by 1",
        row -> new Plan.Fault(row.getLong(1), row.getString(2)),
        id,
        id,
        id,
        id,
        id,
        id);
  }

  static void drop(Connection connection, String id, long line) throws SQLException {
    Sql.update(
        connection, "delete from expected_row where import_id = ? and line = ?", id, line);
  }

  /// Matches anew, against the list as it is now.
  static void match(Connection connection, String id) throws SQLException {
    Sql.update(connection, "update expected_row set entry_id = null where import_id = ?", id);
    Sql.update(
        connection,
        "update expected_row set entry_id = (select e.entry_id from expected_device e where"
            + " e.serial = expected_row.serial) where import_id = ? and serial is not null",
        id);
    weaker(
        connection,
        id,
        "asset is not null",
        "e.asset = expected_row.asset and (e.serial is null or expected_row.serial is null)");
    weaker(
        connection,
        id,
        "host_key <> ''",
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
