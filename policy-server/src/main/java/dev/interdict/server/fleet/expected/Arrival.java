package dev.interdict.server.fleet.expected;

import dev.interdict.report.DeviceId;
import dev.interdict.server.fleet.Counted;
import dev.interdict.server.fleet.Standing;
import dev.interdict.server.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What becomes of a device that has just enrolled.
///
/// @param standing whether it counts from now on
/// @param entry of the list that it counts as, or would; null for one that is on no list
/// @param replaces the device in whose place it stands, or would
public record Arrival(Standing standing, @Nullable String entry, @Nullable DeviceId replaces) {

  /// What the token of an enrolment allows.
  ///
  /// @param approval every device waits
  /// @param replace a machine set up anew takes the place of its silent predecessor by itself
  public record Allowed(boolean approval, boolean replace) {}

  /// Settles the device, within the transaction that stored it as one that counts. A machine that
  /// tells the serial of one that counts already has been set up anew, or lies: it waits, unless
  /// its token allows more and the other has fallen silent.
  public static Arrival settle(
      Connection connection,
      DeviceId device,
      String actor,
      Allowed allowed,
      Instant silentBefore,
      Instant now)
      throws SQLException {
    var filled = filled(connection, device);
    if (filled != null) {
      var before = filled.device();
      // That it said goodbye does not count: who has root's rights there can have it say so, and
      // what
      // it still has would be out of the count without anybody's having looked.
      if (!allowed.approval() && allowed.replace() && filled.lastContact().isBefore(silentBefore)) {
        ExpectedFleet.supersede(connection, actor, before, device, now);
        Binding.bind(connection, device, filled.entry(), "serial");
        return new Arrival(Standing.ACTIVE, filled.entry(), before);
      }
      wait(connection, device, actor, "tells the serial of " + before.value(), now);
      Counted.changing(
          connection,
          device,
          () ->
              Sql.update(
                  connection,
                  "update device set entry_id = ?, replaces = ? where device_id = ?",
                  filled.entry(),
                  before.value(),
                  device.value()));
      return new Arrival(Standing.WAITING, filled.entry(), before);
    }
    if (allowed.approval()) {
      wait(connection, device, actor, "its token says so", now);
      return new Arrival(Standing.WAITING, null, null);
    }
    return new Arrival(Standing.ACTIVE, Binding.find(connection, device), null);
  }

  private static void wait(
      Connection connection, DeviceId device, String actor, String why, Instant now)
      throws SQLException {
    Binding.stand(connection, device, Standing.WAITING, actor, why, now);
  }

  /// An entry that another device fills.
  record Filled(String entry, DeviceId device, Instant lastContact) {}

  /// The entry whose serial the device tells, if one that counts fills it.
  static @Nullable Filled filled(Connection connection, DeviceId device) throws SQLException {
    return Sql.first(
        connection,
        "select e.entry_id, o.device_id, o.last_contact from device d join expected_device e on"
            + " e.serial_hash = d.hardware join device o on o.device_id = e.device_id where"
            + " d.device_id = ? and o.device_id <> d.device_id and e.retired_at is null and"
            + " o.standing = 'active'",
        row ->
            new Filled(
                row.getString(1),
                new DeviceId(row.getString(2)),
                Instant.ofEpochMilli(row.getLong(3))),
        device.value());
  }
}
