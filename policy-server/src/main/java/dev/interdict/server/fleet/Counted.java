package dev.interdict.server.fleet;

import dev.interdict.report.DeviceId;
import dev.interdict.server.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Takes a whole device into the counts, and out of them, when its standing or its place changes.
public final class Counted {
  private Counted() {}

  /// How many devices' rows are held in memory at a time.
  private static final int SLICE = 1_000;

  private static final String SHADE =
      "case when d.shade = 'plain' and s.exempt_until is not null then 'exempt' else d.shade end";

  /// Changes a device and leaves what is kept of it right: what it counted for before goes, what it
  /// counts for afterwards comes, and its shade lies over each of its rules.
  public static void changing(Connection connection, DeviceId device, Change change)
      throws SQLException {
    changing(connection, List.of(device), change);
  }

  /// The same of many at once: what they are counted by is written once.
  public static void changing(Connection connection, List<DeviceId> devices, Change change)
      throws SQLException {
    recounted(
        connection,
        devices,
        () -> {
          change.apply();
          shade(connection, devices);
        });
  }

  /// What changes the devices' own rows.
  @FunctionalInterface
  public interface Change {
    void apply() throws SQLException;
  }

  /// The same where nothing changes but shades.
  static void recounted(Connection connection, DeviceId device, Change change) throws SQLException {
    recounted(connection, List.of(device), change);
  }

  /// The same of many at once, whose shades stay, or are part of the change.
  public static void recounted(Connection connection, List<DeviceId> devices, Change change)
      throws SQLException {
    var rollup = new Rollup();
    add(connection, rollup, devices, -1);
    change.apply();
    add(connection, rollup, devices, 1);
    rollup.write(connection);
  }

  private static void add(Connection connection, Rollup rollup, List<DeviceId> devices, int sign)
      throws SQLException {
    for (var from = 0; from < devices.size(); from += SLICE) {
      var slice = devices.subList(from, Math.min(devices.size(), from + SLICE));
      var rows = RuleRows.of(connection, slice);
      StoredDevice.find(connection, slice)
          .forEach((id, device) -> {
            rollup.device(device.place(), device.fine(), sign);
            rows.getOrDefault(id, Map.of())
                .forEach((rule, row) -> rollup.rule(rule, row, device.fine(), sign));
          });
    }
  }

  /// By what the device is; of silence it keeps what is known, and an exemption counts whether or
  /// not it has ended, as time tells. What stays the same is not written, since indexes hold it.
  private static void shade(Connection connection, List<DeviceId> devices) throws SQLException {
    var ids = devices.stream().map(device -> new @Nullable Object[] {device.value()}).toList();
    Sql.updateAll(
        connection,
        "update device set shade = case when standing <> 'active' then 'aside' when supported = 0"
            + " then 'unsupported' when shade = 'silent' then 'silent' else 'plain' end where"
            + " device_id = ?",
        ids);
    Sql.updateAll(
        connection,
        "update rule_state as s set shade = "
            + SHADE
            + " from device d where s.device_id = ? and d.device_id = s.device_id and s.shade <> "
            + SHADE,
        ids);
    Sql.updateAll(
        connection,
        "update rule_state as s set listed = case when d.entry_id is null then 0 else 1 end, host ="
            + " d.host, department = d.department, os = d.os from device d where s.device_id = ?"
            + " and d.device_id = s.device_id and not (s.listed = case when d.entry_id is null then"
            + " 0 else 1 end and s.host = d.host and s.department = d.department and s.os = d.os)",
        ids);
  }
}
