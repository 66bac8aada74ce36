package dev.interdict.server.fleet;

import dev.interdict.report.DeviceId;
import dev.interdict.server.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// What intake needs of a device's row.
///
/// @param counted whether it is part of the fleet; nothing it reports changes a count otherwise
record StoredDevice(
    DeviceId id,
    String os,
    String department,
    boolean supported,
    boolean counted,
    long sequence,
    @Nullable String reportHash,
    @Nullable String notesHash) {

  static @Nullable StoredDevice find(Connection connection, DeviceId id) throws SQLException {
    return Sql.first(
        connection,
        "select os, department, supported, standing, sequence, report_hash, notes_hash from device"
            + " where device_id = ?",
        row ->
            new StoredDevice(
                id,
                row.getString("os"),
                row.getString("department"),
                row.getInt("supported") == 1,
                row.getString("standing").equals(Standing.ACTIVE.word()),
                row.getLong("sequence"),
                row.getString("report_hash"),
                row.getString("notes_hash")),
        id.value());
  }
}
