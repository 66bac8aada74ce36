package dev.interdict.server.fleet;

import dev.interdict.report.DeviceId;
import dev.interdict.server.store.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What intake needs of a device's row.
///
/// @param key 64 lower-case hex digits
/// @param counted whether it is part of the fleet; nothing it reports changes a count otherwise
/// @param shade what lies over all that it tells, as it is kept
/// @param listed whether it is on the company's list
/// @param ring into which it was put
/// @param agentVersion empty before its first report
/// @param clonedAt when it last looked as if two machines had its key
record StoredDevice(
    DeviceId id,
    String key,
    String host,
    String os,
    String department,
    boolean supported,
    boolean counted,
    String shade,
    boolean listed,
    String ring,
    String agentVersion,
    int contactDay,
    long sequence,
    @Nullable String reportHash,
    @Nullable String notesHash,
    @Nullable Long clonedAt) {

  /// Where it is counted.
  Rollup.Place place() {
    return new Rollup.Place(os, department, shade, listed);
  }

  /// By what the finer counts tell it from others.
  Rollup.Fine fine() {
    return new Rollup.Fine(agentVersion, ring);
  }

  static @Nullable StoredDevice find(Connection connection, DeviceId id) throws SQLException {
    return find(connection, List.of(id)).get(id);
  }

  /// Those of `ids` that are known.
  static Map<DeviceId, StoredDevice> find(Connection connection, List<DeviceId> ids)
      throws SQLException {
    var found = new HashMap<DeviceId, StoredDevice>();
    Among.list(
        connection,
        "select device_id, public_key, host, os, department, supported, standing, contact_day,"
            + " sequence, report_hash, notes_hash, cloned_at, shade, entry_id,"
            + " coalesce(agent_version, ''), ring from device where"
            + " device_id in "
            + Among.MARKS,
        ids,
        row -> {
          var device = read(row);
          return found.put(device.id(), device);
        });
    return found;
  }

  private static StoredDevice read(ResultSet row) throws SQLException {
    return new StoredDevice(
        new DeviceId(row.getString(1)),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getInt(6) == 1,
        row.getString(7).equals(Standing.ACTIVE.word()),
        row.getString(13),
        row.getString(14) != null,
        row.getString(16),
        row.getString(15),
        row.getInt(8),
        row.getLong(9),
        row.getString(10),
        row.getString(11),
        Sql.nullableLong(row, 12));
  }
}
