package dev.interdict.server.fleet;

import dev.interdict.report.DeviceId;
import dev.interdict.server.store.Sql;
import dev.interdict.server.store.Writes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The table `rule_state`: a row a device and rule.
final class RuleRows {
  private static final String COLUMNS =
      "state, presence, due_at, exempt_until, since, first_seen, error, error_identity,"
          + " failing_since, failed_at, failing_error, failing_identity, shade, listed, host,"
          + " department, os, sources, findings_hash";

  private RuleRows() {}

  /// The rows of devices, by device and rule.
  static Map<DeviceId, Map<String, RuleRow>> of(Connection connection, List<DeviceId> devices)
      throws SQLException {
    var rows = new HashMap<DeviceId, Map<String, RuleRow>>();
    Among.list(
        connection,
        "select device_id, rule_id, "
            + COLUMNS
            + " from rule_state where device_id in "
            + Among.MARKS,
        devices,
        row ->
            rows.computeIfAbsent(new DeviceId(row.getString(1)), _ -> new HashMap<>())
                .put(row.getString(2), read(row, 3)));
    return rows;
  }

  /// The rows of a device, by rule.
  static Map<String, RuleRow> of(Connection connection, DeviceId device) throws SQLException {
    return of(connection, List.of(device)).getOrDefault(device, new HashMap<>());
  }

  /// Reads [#COLUMNS], of which the first stands at `n`.
  private static RuleRow read(ResultSet row, int n) throws SQLException {
    return new RuleRow(
        row.getString(n),
        row.getString(n + 1),
        Sql.nullableLong(row, n + 2),
        Sql.nullableLong(row, n + 3),
        row.getLong(n + 4),
        Sql.nullableLong(row, n + 5),
        row.getString(n + 6),
        row.getString(n + 7),
        new Failing(
            Sql.nullableLong(row, n + 8),
            Sql.nullableLong(row, n + 9),
            row.getString(n + 10),
            row.getString(n + 11)),
        row.getString(n + 12),
        new RuleRow.Owner(
            row.getString(n + 14),
            row.getString(n + 15),
            row.getString(n + 16),
            row.getInt(n + 13) == 1),
        row.getString(n + 17),
        row.getString(n + 18));
  }

  /// Adds what makes `after` of `before`.
  static void write(
      Writes writes, DeviceId device, String rule, @Nullable RuleRow before, RuleRow after) {
    if (before != null && after.withFindings(before.findingsHash()).equals(before)) {
      // No index knows of it.
      writes.add(
          "update rule_state set findings_hash = ? where device_id = ? and rule_id = ?",
          after.findingsHash(),
          device.value(),
          rule);
      return;
    }
    writes.add(
        "insert into rule_state (device_id, rule_id, state, presence, due_at, exempt_until, since,"
            + " first_seen, error, error_identity, failing_since, failed_at, failing_error,"
            + " failing_identity, shade, listed, host, department, os, sources, findings_hash)"
            + " values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) on conflict (device_id, rule_id)"
            + " do update set state = excluded.state, presence = excluded.presence, due_at ="
            + " excluded.due_at, exempt_until = excluded.exempt_until, since = excluded.since,"
            + " first_seen = excluded.first_seen, error = excluded.error, error_identity ="
            + " excluded.error_identity, failing_since = excluded.failing_since, failed_at ="
            + " excluded.failed_at, failing_error = excluded.failing_error, failing_identity ="
            + " excluded.failing_identity, shade = excluded.shade, listed = excluded.listed, host ="
            + " excluded.host, department = excluded.department, os = excluded.os, sources ="
            + " excluded.sources, findings_hash = excluded.findings_hash",
        device.value(),
        rule,
        after.state(),
        after.presence(),
        after.dueAt(),
        after.exemptUntil(),
        after.since(),
        after.firstSeen(),
        after.error(),
        after.errorIdentity(),
        after.failing().since(),
        after.failing().at(),
        after.failing().error(),
        after.failing().identity(),
        after.shade(),
        after.owner().listed() ? 1 : 0,
        after.owner().host(),
        after.owner().department(),
        after.owner().os(),
        after.sources(),
        after.findingsHash());
  }
}
