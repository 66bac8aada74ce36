package dev.interdict.server.fleet;

import dev.interdict.report.DeviceId;
import dev.interdict.report.RuleState;
import dev.interdict.server.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/// What a device counts as while it is not sure who speaks for it: what was clear is unknown, until
/// it reports anew; what it has, it has.
public final class Doubt {
  /// For how long two machines with one key are taken to go on, after the last sign of it.
  static final Duration OF_CLONES = Duration.ofDays(7);

  private Doubt() {}

  /// Takes back that anything is clear on the device.
  static void cast(Connection connection, StoredDevice device, Instant now) throws SQLException {
    var rollup = new Rollup();
    for (var rule : RuleRows.of(connection, device.id()).entrySet()) {
      var doubted = rule.getValue().doubted(now);
      if (!doubted.equals(rule.getValue())) {
        rollup.rule(rule.getKey(), rule.getValue(), device.fine(), -1);
        rollup.rule(rule.getKey(), doubted, device.fine(), 1);
      }
    }
    var clear =
        Sql.update(
            connection,
            "update rule_state set state = 'unknown', since = ? where device_id = ? and state in"
                + " ('clear', 'removed')",
            now.toEpochMilli(),
            device.id().value());
    if (clear > 0) {
      Sql.update(
          connection,
          "insert into doubt (device_id, sequence, at) values (?,?,?) on conflict (device_id,"
              + " sequence) do nothing",
          device.id().value(),
          device.sequence(),
          now.toEpochMilli());
      rollup.write(connection);
    }
  }

  /// What a reported state counts as.
  static RuleState of(RuleState reported, boolean cloned) {
    return cloned && reported.claimsClear() ? RuleState.UNKNOWN : reported;
  }

  /// Whether two machines are taken to have the device's key at `now`.
  public static boolean isCloned(Connection connection, DeviceId device, Instant now)
      throws SQLException {
    var at =
        Sql.first(
            connection,
            "select cloned_at from device where device_id = ? and cloned_at > ?",
            row -> row.getLong(1),
            device.value(),
            now.minus(OF_CLONES).toEpochMilli());
    return at != null;
  }

  /// The same of one that was read already.
  static boolean isCloned(StoredDevice device, Instant now) {
    var at = device.clonedAt();
    return at != null && at > now.minus(OF_CLONES).toEpochMilli();
  }
}
