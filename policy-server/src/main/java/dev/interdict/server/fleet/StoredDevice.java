package dev.interdict.server.fleet;

import dev.interdict.report.DeviceId;
import dev.interdict.server.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// What intake needs of a device's row.
record StoredDevice(
    DeviceId id,
    String os,
    String department,
    boolean supported,
    long sequence,
    @Nullable String reportHash,
    @Nullable String notesHash) {

  static @Nullable StoredDevice find(Connection connection, DeviceId id) throws SQLException {
    return Sql.first(
        connection,
        "select os, department, supported, sequence, report_hash, notes_hash from device where"
            + " device_id = ?",
        row ->
            new StoredDevice(
                id,
                row.getString("os"),
                row.getString("department"),
                row.getInt("supported") == 1,
                row.getLong("sequence"),
                row.getString("report_hash"),
                row.getString("notes_hash")),
        id.value());
  }
}
