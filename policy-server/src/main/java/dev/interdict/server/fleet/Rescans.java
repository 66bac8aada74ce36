package dev.interdict.server.fleet;

import dev.interdict.json.Json;
import dev.interdict.report.DeviceId;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.scope.Scope;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import dev.interdict.server.store.Writes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// Devices that people want to hear wholly: each is asked at its next heartbeat, which follows a
/// look that it has just taken, for the whole report of that look. Nothing is sent to a device and
/// none is woken; what a server can have devices do by this is to tell once what they know, which
/// it can by any heartbeat that it does not take. Thread-safe.
public final class Rescans {
  /// As many as are asked at once.
  public static final int MOST = 300;

  /// As many as are asked within an hour, by whomever: a report is more work than a heartbeat.
  public static final int MOST_AN_HOUR = 3_000;

  private static final Duration HOUR = Duration.ofHours(1);

  private final Database database;
  private final Audit audit;
  private final InstantSource clock;

  public Rescans(Database database, Audit audit, InstantSource clock) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
  }

  /// What came of it.
  public sealed interface Outcome {
    /// @param asked that were asked now
    /// @param waiting that had been asked before, and have not told yet
    record Done(long asked, long waiting) implements Outcome {}

    /// Nothing was asked.
    record Not(String why) implements Outcome {}
  }

  /// Asks all of them, or none. One that was asked and has not told yet is not asked again.
  ///
  /// @param scope the departments that `actor` sees; what is outside is not there
  public Outcome ask(String actor, Scope scope, Set<DeviceId> devices) {
    if (devices.size() > MOST) {
      return new Outcome.Not(
          devices.size() + " workstations are more than the " + MOST + " that are asked at once");
    }
    var now = clock.instant();
    return database.write(connection -> {
      for (var device : devices) {
        if (!counts(connection, scope, device)) {
          return new Outcome.Not("no device " + device + " is enrolled; nothing was asked");
        }
      }
      var open = untold(connection, List.copyOf(devices));
      var lately = lately(connection, now);
      var next = devices.size() - open.size();
      if (lately + next > MOST_AN_HOUR) {
        return new Outcome.Not(
            lately
                + " workstations were asked within the hour, and at most "
                + MOST_AN_HOUR
                + " are; ask the others later");
      }
      for (var device : devices) {
        if (!open.contains(device)) {
          ask(connection, actor, device, now);
        }
      }
      return new Outcome.Done(next, open.size());
    });
  }

  private void ask(Connection connection, String actor, DeviceId device, Instant now)
      throws SQLException {
    Sql.update(
        connection,
        "insert into rescan (device_id, asked_at, asked_by, told_at) values (?,?,?,null) on"
            + " conflict (device_id) do update set asked_at = excluded.asked_at, asked_by ="
            + " excluded.asked_by, told_at = null",
        device.value(),
        now.toEpochMilli(),
        actor);
    audit.append(connection, actor, "device.rescan", device.value(), Json.object().build());
  }

  private static boolean counts(Connection connection, Scope scope, DeviceId device)
      throws SQLException {
    var department =
        Sql.first(
            connection,
            "select department from device where device_id = ? and standing = 'active'",
            row -> row.getString(1),
            device.value());
    return department != null && scope.includes(department);
  }

  private static long lately(Connection connection, Instant now) throws SQLException {
    return Objects.requireNonNull(
        Sql.first(
            connection,
            "select count(*) from rescan where asked_at > ?",
            row -> row.getLong(1),
            now.minus(HOUR).toEpochMilli()));
  }

  /// Those of `devices` that were asked and have not told yet.
  static Set<DeviceId> untold(Connection connection, List<DeviceId> devices) throws SQLException {
    var untold = new HashSet<DeviceId>();
    Among.list(
        connection,
        "select device_id from rescan where told_at is null and device_id in " + Among.MARKS,
        devices,
        row -> untold.add(new DeviceId(row.getString(1))));
    return untold;
  }

  /// A whole report came, which is what was asked for.
  static void told(Writes writes, DeviceId device, Instant now) {
    writes.add(
        "update rescan set told_at = ? where device_id = ? and told_at is null",
        now.toEpochMilli(),
        device.value());
  }
}
