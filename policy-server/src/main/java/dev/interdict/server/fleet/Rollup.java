package dev.interdict.server.fleet;

import dev.interdict.report.DeviceId;
import dev.interdict.server.store.Writes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/// The change that devices make to the counts, put together before it is written, so that what
/// stays the same costs nothing. Used within one transaction.
final class Rollup {
  private record FleetKey(String os, String department, boolean supported, int shard) {}

  private record RuleKey(String rule, String state, String os, String department, int shard) {}

  private final Map<FleetKey, Long> fleet = new HashMap<>();
  private final Map<RuleKey, Long> rules = new HashMap<>();

  /// Counts the device itself.
  void device(DeviceId device, String os, String department, boolean supported, long change) {
    fleet.merge(new FleetKey(os, department, supported, shard(device)), change, Long::sum);
  }

  /// Counts a rule's state on the device; only for supported devices.
  void rule(DeviceId device, String rule, String state, String os, String department, long change) {
    rules.merge(new RuleKey(rule, state, os, department, shard(device)), change, Long::sum);
  }

  private static int shard(DeviceId device) {
    return Character.digit(device.value().charAt(0), 16);
  }

  void write(Connection connection) throws SQLException {
    var writes = new Writes();
    write(writes);
    writes.run(connection);
  }

  /// Adds what there is to `writes`, and begins anew.
  void write(Writes writes) {
    for (var entry : fleet.entrySet()) {
      var key = entry.getKey();
      if (entry.getValue() != 0) {
        writes.add(
            "insert into fleet_rollup (os, department, supported, shard, n) values (?,?,?,?,?) on"
                + " conflict (os, department, supported, shard) do update set n = fleet_rollup.n +"
                + " excluded.n",
            key.os(),
            key.department(),
            key.supported() ? 1 : 0,
            key.shard(),
            entry.getValue());
      }
    }
    for (var entry : rules.entrySet()) {
      var key = entry.getKey();
      if (entry.getValue() != 0) {
        writes.add(
            "insert into rule_rollup (rule_id, state, os, department, shard, n) values"
                + " (?,?,?,?,?,?) on conflict (rule_id, state, os, department, shard) do update set"
                + " n = rule_rollup.n + excluded.n",
            key.rule(),
            key.state(),
            key.os(),
            key.department(),
            key.shard(),
            entry.getValue());
      }
    }
    fleet.clear();
    rules.clear();
  }
}
