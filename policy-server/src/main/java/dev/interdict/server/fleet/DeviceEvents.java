package dev.interdict.server.fleet;

import dev.interdict.json.Json;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a device's history has been through, on its page and in the audit log. A device can make
/// many of it, so only the first in a while is audited. Thread-safe.
final class DeviceEvents {
  private static final Logger LOG = LoggerFactory.getLogger(DeviceEvents.class);
  private static final Duration QUIET = Duration.ofHours(1);

  private final Audit audit;

  DeviceEvents(Audit audit) {
    this.audit = audit;
  }

  /// Adds what happened at report `sequence`.
  ///
  /// @param from the last report that the device remembers
  void add(
      Connection connection,
      StoredDevice device,
      Continuity what,
      long sequence,
      long from,
      Instant now)
      throws SQLException {
    var id = device.id().value();
    var last =
        Sql.first(
            connection,
            "select max(at) as at from device_event where device_id = ? and kind = ?",
            row -> row.getLong(1),
            id,
            what.word());
    var added =
        Sql.update(
            connection,
            "insert into device_event (device_id, sequence, kind, from_sequence, at) values"
                + " (?,?,?,?,?) on conflict (device_id, sequence, kind) do nothing",
            id,
            sequence,
            what.word(),
            from,
            now.toEpochMilli());
    if (added == 1 && (last == null || last < now.minus(QUIET).toEpochMilli())) {
      LOG.atWarn()
          .addKeyValue("device", id)
          .addKeyValue("report", sequence)
          .addKeyValue("remembers", from)
          .log("history of a device: {}", what.word());
      audit.append(
          connection,
          "device",
          "device." + what.word(),
          id,
          Json.object()
              .put("report", sequence)
              .put("device-remembers", from)
              .put("server-had", device.sequence())
              .build());
    }
  }
}
