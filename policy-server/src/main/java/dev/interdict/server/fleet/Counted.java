package dev.interdict.server.fleet;

import dev.interdict.report.DeviceId;
import dev.interdict.server.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

/// Takes a whole device into the counts, and out of them, when its standing or its place changes.
public final class Counted {
  private Counted() {}

  /// Changes a device and leaves what is kept of it right: what it counted for before goes, what it
  /// counts for afterwards comes, and its shade lies over each of its rules.
  public static void changing(Connection connection, DeviceId device, Change change)
      throws SQLException {
    recounted(
        connection,
        device,
        () -> {
          change.apply();
          shade(connection, device);
        });
  }

  /// What changes the device's own row.
  @FunctionalInterface
  public interface Change {
    void apply() throws SQLException;
  }

  /// The same where nothing changes but shades.
  static void recounted(Connection connection, DeviceId device, Change change) throws SQLException {
    recounted(connection, List.of(device), change);
  }

  /// The same of many at once, whose shades stay: what they are counted by is written once.
  public static void recounted(Connection connection, Collection<DeviceId> devices, Change change)
      throws SQLException {
    var rollup = new Rollup();
    for (var device : devices) {
      add(connection, rollup, device, -1);
    }
    change.apply();
    for (var device : devices) {
      add(connection, rollup, device, 1);
    }
    rollup.write(connection);
  }

  private static void add(Connection connection, Rollup rollup, DeviceId id, int sign)
      throws SQLException {
    var device = StoredDevice.find(connection, id);
    if (device == null) {
      return;
    }
    rollup.device(device.place(), device.fine(), sign);
    RuleRows.of(connection, id).forEach((rule, row) -> rollup.rule(rule, row, device.fine(), sign));
  }

  /// By what the device is; of silence it keeps what is known, and an exemption counts whether or
  /// not it has ended, as time tells.
  private static void shade(Connection connection, DeviceId device) throws SQLException {
    Sql.update(
        connection,
        "update device set shade = case when standing <> 'active' then 'aside' when supported = 0"
            + " then 'unsupported' when shade = 'silent' then 'silent' else 'plain' end where"
            + " device_id = ?",
        device.value());
    Sql.update(
        connection,
        "update rule_state as s set shade = case when d.shade = 'plain' and s.exempt_until is not"
            + " null then 'exempt' else d.shade end, listed = case when d.entry_id is null then 0"
            + " else 1 end, host = d.host, department = d.department, os = d.os from device d where"
            + " s.device_id = ? and d.device_id = s.device_id",
        device.value());
  }
}
