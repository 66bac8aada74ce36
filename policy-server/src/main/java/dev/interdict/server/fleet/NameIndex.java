package dev.interdict.server.fleet;

import dev.interdict.report.DeviceId;
import dev.interdict.server.compliance.NameEnds;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import dev.interdict.server.store.Writes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Keeps the [NameEnds] of all devices, by which a part of a name is found: written when a device
/// enrols and when it has a new name, and at no other time.
public final class NameIndex {
  static final String TABLE = "name_end";

  private static final String ADD =
      "insert into name_end (ending, device) values (?,?) on conflict (ending, device) do nothing";

  /// Two devices whose ids begin alike may share a row, which then stays.
  private static final String REMOVE =
      "delete from name_end where ending = ? and device = ? and not exists (select 1 from device"
          + " where substr(device_id, 1, 8) = ? and device_id <> ?)";

  /// Of names in ASCII, as the migration did that made the table. Beyond ASCII, databases do not
  /// agree with each other on lower case, nor with [NameEnds].
  private static final String FILL =
      "insert into name_end (ending, device) with recursive place (n) as (select 1 union all select"
          + " n + 1 from place where n < 63) select substr(lower(d.host), p.n, 20),"
          + " substr(d.device_id, 1, 8) from device d cross join place p where octet_length(d.host)"
          + " = length(d.host) and p.n <= length(d.host) and (p.n = 1 or substr(d.host, 1, p.n) not"
          + " like '%.%') order by 1, 2 on conflict (ending, device) do nothing";

  private NameIndex() {}

  static void add(Writes writes, DeviceId device, String host) {
    for (var end : NameEnds.of(host)) {
      writes.add(ADD, end, start(device));
    }
  }

  /// The device has a new name.
  static void move(Writes writes, DeviceId device, String from, String to) {
    var gone = NameEnds.of(from);
    var come = NameEnds.of(to);
    for (var end : gone) {
      if (!come.contains(end)) {
        writes.add(REMOVE, end, start(device), start(device), device.value());
      }
    }
    for (var end : come) {
      if (!gone.contains(end)) {
        writes.add(ADD, end, start(device));
      }
    }
  }

  /// The device is no more.
  static void remove(Writes writes, DeviceId device, String host) {
    for (var end : NameEnds.of(host)) {
      writes.add(REMOVE, end, start(device), start(device), device.value());
    }
  }

  /// The rows by which a device should be found and that are not there.
  static List<SequencedMap<String, @Nullable Object>> missing(
      Connection connection, DeviceId device, String host) throws SQLException {
    var missing = new ArrayList<SequencedMap<String, @Nullable Object>>();
    for (var end : NameEnds.of(host)) {
      var there =
          Sql.first(
              connection,
              "select ending from name_end where ending = ? and device = ?",
              row -> row.getString(1),
              end,
              start(device));
      if (there == null) {
        var row = new LinkedHashMap<String, @Nullable Object>();
        row.put("ending", end);
        row.put("device", start(device));
        missing.add(row);
      }
    }
    return missing;
  }

  /// Makes all anew in a database that was restored: a backup has no room for them.
  public static void fill(Database database) {
    database.write(connection -> {
      Sql.update(connection, FILL);
      var others =
          Sql.list(
              connection,
              "select device_id, host from device where octet_length(host) > length(host)",
              row -> Map.entry(new DeviceId(row.getString(1)), row.getString(2)));
      for (var other : others) {
        for (var end : NameEnds.of(other.getValue())) {
          Sql.update(connection, ADD, end, start(other.getKey()));
        }
      }
      return others.size();
    });
  }

  private static String start(DeviceId device) {
    return device.value().substring(0, NameEnds.START);
  }
}
