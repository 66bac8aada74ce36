package dev.interdict.server.fleet;

import dev.interdict.report.DeviceId;
import dev.interdict.server.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/// The change that one device makes to the counts, put together before it is written, so that what
/// stays the same costs nothing. Used once, within one transaction.
final class Rollup {
  private record FleetKey(String os, String department, boolean supported) {}

  private record RuleKey(String rule, String state, String os, String department) {}

  private final Map<FleetKey, Long> fleet = new HashMap<>();
  private final Map<RuleKey, Long> rules = new HashMap<>();

  /// Counts the device itself.
  void device(String os, String department, boolean supported, long change) {
    fleet.merge(new FleetKey(os, department, supported), change, Long::sum);
  }

  /// Counts a rule's state on the device; only for supported devices.
  void rule(String rule, String state, String os, String department, long change) {
    rules.merge(new RuleKey(rule, state, os, department), change, Long::sum);
  }

  void write(Connection connection, DeviceId device) throws SQLException {
    var shard = Integer.parseInt(device.value().substring(0, 1), 16);
    for (var entry : fleet.entrySet()) {
      var key = entry.getKey();
      if (entry.getValue() != 0) {
        Sql.update(
            connection,
            "insert into fleet_rollup (os, department, supported, shard, n) values (?,?,?,?,?) on"
                + " conflict (os, department, supported, shard) do update set n = fleet_rollup.n +"
                + " excluded.n",
            key.os(),
            key.department(),
            key.supported() ? 1 : 0,
            shard,
            entry.getValue());
      }
    }
    for (var entry : rules.entrySet()) {
      var key = entry.getKey();
      if (entry.getValue() != 0) {
        Sql.update(
            connection,
            "insert into rule_rollup (rule_id, state, os, department, shard, n) values"
                + " (?,?,?,?,?,?) on conflict (rule_id, state, os, department, shard) do update set"
                + " n = rule_rollup.n + excluded.n",
            key.rule(),
            key.state(),
            key.os(),
            key.department(),
            shard,
            entry.getValue());
      }
    }
  }
}
