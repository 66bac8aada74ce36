package dev.interdict.server.fleet;

import dev.interdict.report.DeviceId;
import dev.interdict.server.compliance.Moved;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lets the shades that are kept follow the time: who fell silent, who is back, whose exemption
/// ended. What is shown does not depend on it; it keeps few those that [Moved] sets right with
/// every look. Thread-safe.
public final class Shading {
  /// Devices in one transaction, so that reports need not wait for all of them.
  private static final int SLICE = 100;

  private final Database database;
  private final Duration silentAfter;

  public Shading(Database database, Duration silentAfter) {
    this.database = database;
    this.silentAfter = silentAfter;
  }

  /// Moves all that the time has moved.
  ///
  /// @return how many devices there were
  public int turn(Instant now) {
    var moved = database.read(handle -> Moved.at(handle, now, silentAfter));
    for (var from = 0; from < moved.size(); from += SLICE) {
      var slice =
          moved.subList(from, Math.min(moved.size(), from + SLICE)).stream()
              .map(DeviceId::new)
              .toList();
      database.write(connection -> {
        move(connection, slice, now);
        return slice.size();
      });
    }
    database.write(Rollup::prune);
    return moved.size();
  }

  /// Has the database look again at what it plans by, where it does: it does so by itself when a
  /// tenth of a table has changed, and until then reads the whole fleet for a list of those who
  /// fell silent together.
  ///
  /// @return whether it looked
  public boolean lookAgain() {
    return database.plansByStatistics()
        && database.read(handle -> {
          handle.execute("analyze device");
          handle.execute("analyze rule_state");
          return true;
        });
  }

  private void move(Connection connection, List<DeviceId> devices, Instant now)
      throws SQLException {
    Counted.recounted(
        connection,
        devices,
        () -> {
          // Read anew: they may have reported meanwhile.
          Sql.updateAll(
              connection,
              "update device set shade = case when last_contact < ? then 'silent' else 'plain' end"
                  + " where device_id = ? and shade in ('silent', 'plain')",
              values(now.minus(silentAfter), devices));
          Sql.updateAll(
              connection,
              "update rule_state as s set shade = case when d.shade = 'plain' and s.exempt_until >"
                  + " ? then 'exempt' else d.shade end from device d where s.device_id = ? and"
                  + " d.device_id = s.device_id",
              values(now, devices));
        });
  }

  private static List<@Nullable Object[]> values(Instant at, List<DeviceId> devices) {
    return devices.stream()
        .map(device -> new @Nullable Object[] {at.toEpochMilli(), device.value()})
        .toList();
  }
}
