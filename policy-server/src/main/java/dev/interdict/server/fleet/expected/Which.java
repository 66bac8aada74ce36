package dev.interdict.server.fleet.expected;

import dev.interdict.identity.Printable;
import dev.interdict.report.DeviceId;
import dev.interdict.report.SerialNumber;
import dev.interdict.server.fleet.HostKey;
import dev.interdict.server.store.Sql;
import dev.interdict.server.wording.Sentence;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A workstation as people name it: by an id, or the first eight digits of one, its serial, its
/// asset tag or its host name. Never a guess: what names two names none.
///
/// @param device null for an entry that no device counts as
/// @param entry null for a device that is on no list
record Which(@Nullable DeviceId device, @Nullable String entry) {
  private static final int SHORTEST_ID = 8;

  /// The workstation of that name.
  ///
  /// @throws RefusedException if there is none, or more than one
  static Which of(Connection connection, String name) throws SQLException {
    var found = devices(connection, name);
    if (found.isEmpty()) {
      found = entries(connection, name);
    }
    if (found.isEmpty()) {
      found = merged(hosts(connection, name));
    }
    return switch (found.size()) {
      case 1 -> found.getFirst();
      case 0 ->
          throw new RefusedException(
              Sentence.of(
                  "fleet.no-name",
                  "no device and no entry of the list is named \"%s\"",
                  Printable.of(name, 60)));
      default ->
          throw new RefusedException(
              Sentence.of(
                  "fleet.several",
                  "\"%s\" names %s workstations; name it by its id",
                  Printable.of(name, 60),
                  found.size()));
    };
  }

  private static List<Which> devices(Connection connection, String name) throws SQLException {
    if (!name.matches("[0-9a-f]{" + SHORTEST_ID + ",32}")) {
      return List.of();
    }
    return Sql.list(
        connection,
        "select device_id, entry_id from device where device_id >= ? and device_id <= ? limit 3",
        row -> new Which(new DeviceId(row.getString(1)), row.getString(2)),
        name,
        name + "g");
  }

  private static List<Which> entries(Connection connection, String name) throws SQLException {
    return Sql.list(
        connection,
        "select device_id, entry_id from expected_device where serial = ? or asset = ? or (entry_id"
            + " >= ? and entry_id <= ?) limit 3",
        Which::read,
        SerialNumber.of(name),
        name,
        name.length() < SHORTEST_ID ? "~" : name,
        name.length() < SHORTEST_ID ? "~" : name + "g");
  }

  private static List<Which> hosts(Connection connection, String name) throws SQLException {
    var key = HostKey.of(name);
    return key.isEmpty()
        ? List.of()
        : Sql.list(
            connection,
            "select device_id, entry_id from expected_device where host_key = ? union select"
                + " device_id, entry_id from device where host_key = ? and standing not in"
                + " ('refused', 'superseded') limit 3",
            Which::read,
            key,
            key);
  }

  /// An entry, and the device that counted as it until both were retired, are one workstation.
  private static List<Which> merged(List<Which> found) {
    return found.stream()
        .filter(one ->
            one.device() != null
                || found.stream()
                    .noneMatch(other ->
                        other.device() != null && Objects.equals(other.entry(), one.entry())))
        .toList();
  }

  private static Which read(java.sql.ResultSet row) throws SQLException {
    var device = row.getString(1);
    return new Which(device == null ? null : new DeviceId(device), row.getString(2));
  }

  String named() {
    return device != null ? device.value() : String.valueOf(entry);
  }
}
