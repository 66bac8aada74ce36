package dev.interdict.server.fleet.expected;

import dev.interdict.json.Json;
import dev.interdict.report.DeviceId;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.fleet.Standing;
import dev.interdict.server.fleet.Traces;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes away for good what is kept of a workstation that left the fleet, and of whom it belonged
/// to, for whoever asks for it by law. One transaction with its line in the audit log.
///
/// What remains: the log's own lines, which name the device by its id and what people wrote of it;
/// figures of past days, which name nobody; backups, until they are deleted. Thread-safe.
public final class Erasure {
  /// Of a device that does not count.
  private static final List<String> GONE =
      List.of(Standing.RETIRED.word(), Standing.REFUSED.word(), Standing.SUPERSEDED.word());

  private final Database database;
  private final Audit audit;

  /// What went.
  ///
  /// @param named the id of the device, or of the list's entry where none counted as it
  /// @param reports that it had sent and that were still kept
  public record Erased(String named, long reports) {}

  public Erasure(Database database, Audit audit) {
    this.database = database;
    this.audit = audit;
  }

  /// Erases it. A device that goes on reporting afterwards is one that nobody knows.
  ///
  /// @param name as people name a workstation
  /// @throws RefusedException if it counts, is expected, or is exempt, since what depends on it
  ///   would change without a trace; or if there is none
  public Erased erase(String actor, String name, String reason) {
    return database.write(connection -> {
      var which = Which.of(connection, name);
      var device = which.device();
      var entry = which.entry() == null ? entryOf(connection, device) : which.entry();
      refuse(connection, device, entry);
      var reports = device == null ? 0 : Traces.erase(connection, device);
      if (entry != null) {
        Sql.update(connection, "delete from expected_device where entry_id = ?", entry);
        ExpectedVersion.next(connection);
      }
      audit.append(
          connection,
          actor,
          "device.erase",
          which.named(),
          Json.object().put("entry", entry).put("reports", reports).put("reason", reason).build());
      return new Erased(which.named(), reports);
    });
  }

  private static @Nullable String entryOf(Connection connection, @Nullable DeviceId device)
      throws SQLException {
    return device == null
        ? null
        : Sql.first(
            connection,
            "select entry_id from device where device_id = ?",
            row -> row.getString(1),
            device.value());
  }

  private static void refuse(
      Connection connection, @Nullable DeviceId device, @Nullable String entry)
      throws SQLException {
    if (device != null) {
      var standing =
          Sql.first(
              connection,
              "select standing from device where device_id = ?",
              row -> row.getString(1),
              device.value());
      if (!GONE.contains(standing)) {
        throw new RefusedException(
            "the device is "
                + standing
                + ", and the fleet would have one less without a trace; retire it first");
      }
      if (Sql.first(
              connection,
              "select rule_id from exemption where device_id = ? and in_force = 1 limit 1",
              row -> row.getString(1),
              device.value())
          != null) {
        throw new RefusedException(
            "the device is exempt by a signed file that names it; end its exemptions first");
      }
    }
    if (entry != null
        && Sql.first(
                connection,
                "select entry_id from expected_device where entry_id = ? and retired_at is null",
                row -> row.getString(1),
                entry)
            != null) {
      throw new RefusedException(
          "the company's list expects it under the entry " + entry + "; retire that first");
    }
  }
}
