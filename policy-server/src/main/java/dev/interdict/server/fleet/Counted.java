package dev.interdict.server.fleet;

import dev.interdict.report.DeviceId;
import dev.interdict.server.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;

/// Takes a whole device into the counts, and out of them, when its standing or its place changes.
public final class Counted {
  private Counted() {}

  /// Changes a device and leaves the counts right: what it counted for before goes, what it counts
  /// for afterwards comes.
  public static void changing(Connection connection, DeviceId device, Change change)
      throws SQLException {
    add(connection, device, -1);
    change.apply();
    add(connection, device, 1);
  }

  /// What changes the device's own row.
  @FunctionalInterface
  public interface Change {
    void apply() throws SQLException;
  }

  private static void add(Connection connection, DeviceId id, int sign) throws SQLException {
    var device = StoredDevice.find(connection, id);
    if (device == null || !device.counted()) {
      return;
    }
    var rollup = new Rollup();
    rollup.device(id, device.os(), device.department(), device.supported(), sign);
    if (device.supported()) {
      var rules =
          Sql.list(
              connection,
              "select rule_id, state from rule_state where device_id = ?",
              row -> new String[] {row.getString(1), row.getString(2)},
              id.value());
      for (var rule : rules) {
        rollup.rule(id, rule[0], rule[1], device.os(), device.department(), sign);
      }
    }
    rollup.write(connection);
  }
}
