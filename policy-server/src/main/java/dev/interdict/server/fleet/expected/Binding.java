package dev.interdict.server.fleet.expected;

import dev.interdict.report.DeviceId;
import dev.interdict.server.fleet.Counted;
import dev.interdict.server.fleet.Standing;
import dev.interdict.server.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which device counts as which entry of the list.
///
/// By the serial that a device tells, if just one entry has it and just one device tells it. Else
/// by host name, if just one entry and one device have it and their serials do not contradict each
/// other. Else not: with two candidates a person decides. An entry that a device fills is never
/// given to another by this.
///
/// All of it within the transaction of the connection.
final class Binding {
  private static final int BATCH = 5_000;

  private static final String FREE =
      "d.standing = 'active' and d.entry_id is null and e.retired_at is null and e.device_id is"
          + " null";

  private static final String BY_SERIAL =
      "select d.device_id, e.entry_id from device d join expected_device e on e.serial_hash ="
          + " d.hardware where "
          + FREE
          + " and not exists (select 1 from device o where o.hardware = d.hardware and o.device_id"
          + " <> d.device_id and o.standing = 'active')";

  private static final String BY_HOST =
      "select d.device_id, e.entry_id from device d join expected_device e on e.host_key ="
          + " d.host_key where d.host_key <> '' and "
          + FREE
          + " and (d.hardware is null or e.serial_hash is null) and not exists (select 1 from"
          + " device o where o.host_key = d.host_key and o.device_id <> d.device_id and o.standing"
          + " = 'active') and not exists (select 1 from expected_device o where o.host_key ="
          + " e.host_key and o.entry_id <> e.entry_id and o.retired_at is null)";

  private Binding() {}

  private record Pair(DeviceId device, String entry) {}

  /// Brings devices in line with a list that changed: lets go of entries that are retired, follows
  /// entries into other departments, and finds an entry for devices without one.
  static void settle(Connection connection, String actor, Instant silentBefore, Instant now)
      throws SQLException {
    letGo(connection, actor, silentBefore, now);
    follow(connection);
    find(connection, BY_SERIAL, "serial");
    find(connection, BY_HOST, "host");
  }

  /// Finds an entry for one device that enrolled; its id, or null.
  static @Nullable String find(Connection connection, DeviceId device) throws SQLException {
    for (var way : List.of("serial", "host")) {
      var pair =
          Sql.first(
              connection,
              (way.equals("serial") ? BY_SERIAL : BY_HOST) + " and d.device_id = ?",
              Binding::pair,
              device.value());
      if (pair != null) {
        bind(connection, pair.device(), pair.entry(), way);
        return pair.entry();
      }
    }
    return null;
  }

  private static void find(Connection connection, String sql, String way) throws SQLException {
    while (true) {
      var pairs = Sql.list(connection, sql + " limit " + BATCH, Binding::pair);
      for (var pair : pairs) {
        bind(connection, pair.device(), pair.entry(), way);
      }
      if (pairs.size() < BATCH) {
        return;
      }
    }
  }

  private static Pair pair(java.sql.ResultSet row) throws SQLException {
    return new Pair(new DeviceId(row.getString(1)), row.getString(2));
  }

  /// Lets a device that counts fill an entry that is free, and puts it where the entry says.
  static void bind(Connection connection, DeviceId device, String entry, String way)
      throws SQLException {
    Sql.update(
        connection,
        "update expected_device set device_id = ? where entry_id = ?",
        device.value(),
        entry);
    Counted.changing(
        connection,
        device,
        () -> {
          Sql.update(
              connection,
              "update device set entry_id = ?, bound_by = ? where device_id = ?",
              entry,
              way,
              device.value());
          move(connection, device, entry);
        });
  }

  /// The department and the ring of the entry, where it names one.
  private static void place(Connection connection, DeviceId device, String entry)
      throws SQLException {
    var moves =
        Sql.first(
            connection,
            "select d.device_id from device d join expected_device e on e.entry_id = ? where"
                + " d.device_id = ? and ((e.department <> '' and e.department <> d.department) or"
                + " (e.ring is not null and e.ring <> d.ring))",
            row -> row.getString(1),
            entry,
            device.value());
    if (moves != null) {
      Counted.changing(connection, device, () -> move(connection, device, entry));
    }
  }

  private static void move(Connection connection, DeviceId device, String entry)
      throws SQLException {
    Sql.update(
        connection,
        "update device as d set department = case when e.department = '' then d.department else"
            + " e.department end, ring = coalesce(e.ring, d.ring) from expected_device e where"
            + " e.entry_id = ? and d.device_id = ?",
        entry,
        device.value());
  }

  /// Takes a device's entry away from it.
  static void release(Connection connection, DeviceId device) throws SQLException {
    Sql.update(
        connection,
        "update expected_device set device_id = null where device_id = ?",
        device.value());
    Counted.changing(
        connection,
        device,
        () ->
            Sql.update(
                connection,
                "update device set entry_id = null, bound_by = null where device_id = ?",
                device.value()));
  }

  /// A device whose entry is retired goes with it if it is silent. One that is still heard goes on
  /// counting, as one that is on no list.
  private static void letGo(Connection connection, String actor, Instant silentBefore, Instant now)
      throws SQLException {
    while (true) {
      var gone =
          Sql.list(
              connection,
              "select d.device_id, e.entry_id, d.last_contact from device d join expected_device e"
                  + " on e.device_id = d.device_id where e.retired_at is not null limit "
                  + BATCH,
              row ->
                  new Object[] {new DeviceId(row.getString(1)), row.getString(2), row.getLong(3)});
      for (var each : gone) {
        var device = (DeviceId) each[0];
        release(connection, device);
        if ((Long) each[2] < silentBefore.toEpochMilli()) {
          Counted.changing(
              connection,
              device,
              () ->
                  Sql.update(
                      connection,
                      "update device set entry_id = ? where device_id = ?",
                      each[1],
                      device.value()));
          stand(connection, device, Standing.RETIRED, actor, "its entry was retired", now);
        }
      }
      if (gone.size() < BATCH) {
        return;
      }
    }
  }

  private static void follow(Connection connection) throws SQLException {
    var moved =
        Sql.list(
            connection,
            "select d.device_id, e.entry_id from device d join expected_device e on e.device_id ="
                + " d.device_id where d.standing = 'active' and ((e.department <> '' and"
                + " e.department <> d.department) or (e.ring is not null and e.ring <> d.ring))",
            Binding::pair);
    for (var pair : moved) {
      place(connection, pair.device(), pair.entry());
    }
  }

  /// Changes whether a device counts.
  static void stand(
      Connection connection,
      DeviceId device,
      Standing standing,
      String actor,
      @Nullable String reason,
      Instant now)
      throws SQLException {
    Counted.changing(
        connection,
        device,
        () ->
            Sql.update(
                connection,
                "update device set standing = ?, standing_at = ?, standing_by = ?, standing_reason"
                    + " = ? where device_id = ?",
                standing.word(),
                now.toEpochMilli(),
                actor,
                reason,
                device.value()));
  }
}
