package dev.interdict.server.fleet;

import dev.interdict.report.DeviceId;
import dev.interdict.server.store.Sql;
import dev.interdict.server.store.Writes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// All that is kept of one device: what it sent, what was worked out of it, and what people wrote
/// beside it.
public final class Traces {
  /// Tables whose every row is of one device, which is in the column `device_id`.
  static final List<String> TABLES =
      List.of(
          "action",
          "answer",
          "claim_ahead",
          "device_event",
          "device_key",
          "device_look",
          "device_note",
          "disbelieved",
          "doubt",
          "event_silence",
          "exemption",
          "exemption_code",
          "failure_case",
          "failure_comment",
          "filed_request",
          "finding",
          "notice",
          "report",
          "report_base",
          "rescan",
          "rule_state",
          "device");

  private Traces() {}

  /// Takes all of it away, and the device out of all counts, within the transaction of the
  /// connection.
  ///
  /// @param host what it is called
  /// @return how many reports there were
  public static long erase(Connection connection, DeviceId device, String host)
      throws SQLException {
    var reports =
        Sql.first(
            connection,
            "select count(*) from report where device_id = ?",
            row -> row.getLong(1),
            device.value());
    cases(connection, device);
    Counted.recounted(
        connection,
        device,
        () -> {
          for (var table : TABLES) {
            Sql.update(connection, "delete from " + table + " where device_id = ?", device.value());
          }
        });
    var names = new Writes();
    NameIndex.remove(names, device, host);
    names.run(connection);
    events(connection, device);
    Sql.update(connection, "update device set replaces = null where replaces = ?", device.value());
    return reports == null ? 0 : reports;
  }

  /// Their numbers are not given again.
  private static void cases(Connection connection, DeviceId device) throws SQLException {
    var last =
        Sql.first(
            connection,
            "select coalesce(max(case_number), 0) from exemption where device_id = ?",
            row -> row.getLong(1),
            device.value());
    if (last != null && last > 0) {
      Sql.update(
          connection,
          "insert into erased_case (id, case_number) values (1, ?) on conflict (id) do update set"
              + " case_number = case when excluded.case_number > erased_case.case_number then"
              + " excluded.case_number else erased_case.case_number end",
          last);
    }
  }

  /// The newest keeps its number, after which the next is counted, and says of nobody what it said.
  private static void events(Connection connection, DeviceId device) throws SQLException {
    Sql.update(
        connection,
        "delete from event where device_id = ? and seq < (select max(e.seq) from event e)",
        device.value());
    Sql.update(
        connection,
        "update event set device_id = null, actor = null, detail = '{}' where device_id = ?",
        device.value());
  }
}
