package dev.interdict.server.fleet.expected;

import dev.interdict.report.DeviceId;
import dev.interdict.server.fleet.Counted;
import dev.interdict.server.fleet.Standing;
import dev.interdict.server.store.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
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
  private static final String FREE =
      "d.standing = 'active' and d.entry_id is null and e.retired_at is null and e.device_id is"
          + " null";

  static final String BY_SERIAL =
      "select d.device_id, e.entry_id from device d join expected_device e on e.serial_hash ="
          + " d.hardware where "
          + FREE
          + " and not exists (select 1 from device o where o.hardware = d.hardware and o.device_id"
          + " <> d.device_id and o.standing = 'active')";

  static final String BY_HOST =
      "select d.device_id, e.entry_id from device d join expected_device e on e.host_key ="
          + " d.host_key where d.host_key <> '' and "
          + FREE
          + " and (d.hardware is null or e.serial_hash is null) and not exists (select 1 from"
          + " device o where o.host_key = d.host_key and o.device_id <> d.device_id and o.standing"
          + " = 'active') and not exists (select 1 from expected_device o where o.host_key ="
          + " e.host_key and o.entry_id <> e.entry_id and o.retired_at is null)";

  /// Takes the entry away that a device fills; what the device says of it stays.
  static final String UNFILLED = "update expected_device set device_id = null where device_id = ?";

  private Binding() {}

  record Pair(DeviceId device, String entry) {
    @Nullable Object[] values() {
      return new @Nullable Object[] {device.value(), entry};
    }
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

  static Pair pair(ResultSet row) throws SQLException {
    return new Pair(new DeviceId(row.getString(1)), row.getString(2));
  }

  /// Lets a device that counts fill an entry that is free, and puts it where the entry says.
  static void bind(Connection connection, DeviceId device, String entry, String way)
      throws SQLException {
    bind(connection, List.of(new Pair(device, entry)), way);
  }

  static void bind(Connection connection, List<Pair> pairs, String way) throws SQLException {
    Sql.updateAll(
        connection,
        "update expected_device set device_id = ? where entry_id = ?",
        pairs.stream().map(Pair::values).toList());
    Counted.changing(
        connection,
        devices(pairs),
        () -> {
          Sql.updateAll(
              connection,
              "update device set entry_id = ?, bound_by = ? where device_id = ?",
              pairs.stream()
                  .map(pair -> new @Nullable Object[] {pair.entry(), way, pair.device().value()})
                  .toList());
          move(connection, pairs);
        });
  }

  static List<DeviceId> devices(List<Pair> pairs) {
    return pairs.stream().map(Pair::device).toList();
  }

  /// To the department and the ring of the entry, where it names one.
  static void move(Connection connection, List<Pair> pairs) throws SQLException {
    Sql.updateAll(
        connection,
        "update device as d set department = case when e.department = '' then d.department else"
            + " e.department end, ring = coalesce(e.ring, d.ring) from expected_device e where"
            + " d.device_id = ? and e.entry_id = ?",
        pairs.stream().map(Pair::values).toList());
  }

  /// Takes a device's entry away from it.
  static void release(Connection connection, DeviceId device) throws SQLException {
    release(connection, List.of(device));
  }

  static void release(Connection connection, List<DeviceId> devices) throws SQLException {
    var ids = devices.stream().map(Binding::values).toList();
    Sql.updateAll(connection, UNFILLED, ids);
    Counted.changing(
        connection,
        devices,
        () ->
            Sql.updateAll(
                connection,
                "update device set entry_id = null, bound_by = null where device_id = ?",
                ids));
  }

  static @Nullable Object[] values(DeviceId device) {
    return new @Nullable Object[] {device.value()};
  }

  /// Whether a device counts, in a word.
  static String standing(Connection connection, DeviceId device) throws SQLException {
    return Sql.list(
            connection,
            "select standing from device where device_id = ?",
            row -> row.getString(1),
            device.value())
        .getFirst();
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
    stand(connection, List.of(device), standing, actor, reason, now);
  }

  /// The same of many at once.
  static void stand(
      Connection connection,
      List<DeviceId> devices,
      Standing standing,
      String actor,
      @Nullable String reason,
      Instant now)
      throws SQLException {
    Counted.changing(
        connection,
        devices,
        () ->
            Sql.updateAll(
                connection,
                "update device set standing = ?, standing_at = ?, standing_by = ?, standing_reason"
                    + " = ? where device_id = ?",
                devices.stream()
                    .map(device ->
                        new @Nullable Object[] {
                          standing.word(), now.toEpochMilli(), actor, reason, device.value()
                        })
                    .toList()));
  }
}
