package dev.interdict.server.fleet;

import dev.interdict.report.DeviceId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.SortedMap;

/// Hears which versions of the signed files a device says it holds. Thread-safe.
@FunctionalInterface
public interface Holdings {
  /// The number of the list itself, beside the roles of the signed metadata.
  String SERIAL = "serial";

  /// For a server that publishes nothing.
  Holdings UNHEARD = (_, _, _, _) -> {};

  /// Within the transaction that stores the device's report.
  ///
  /// @param versions by role, and [#SERIAL]
  void heard(Connection connection, DeviceId device, SortedMap<String, Long> versions, Instant now)
      throws SQLException;
}
