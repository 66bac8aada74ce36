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

  /// Before the transaction that stores the device's report: the time to read what is here, since
  /// within it everybody else waits.
  ///
  /// @param versions by role, and [#SERIAL]
  default void coming(SortedMap<String, Long> versions, Instant now) {}

  /// Within the transaction that stores the device's report, after [#coming].
  ///
  /// @param versions by role, and [#SERIAL]
  void heard(Connection connection, DeviceId device, SortedMap<String, Long> versions, Instant now)
      throws SQLException;
}
