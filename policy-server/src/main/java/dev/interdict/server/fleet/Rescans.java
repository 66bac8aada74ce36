package dev.interdict.server.fleet;

import dev.interdict.json.Json;
import dev.interdict.report.DeviceId;
import dev.interdict.report.Report;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.scope.Scope;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import dev.interdict.server.store.Writes;
import dev.interdict.server.wording.Sentence;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Devices that people want to hear wholly: each is asked at its next heartbeat, which follows a
/// look that it has just taken, for the whole report of that look. Nothing is sent to a device and
/// none is woken; what a server can have devices do by this is to tell once what they know, which
/// it can by any heartbeat that it does not take. A report of a look from before the asking is no
/// answer, so the device is asked again at its next heartbeat, though not for ever: [#LASTS].
/// Thread-safe.
public final class Rescans {
  /// As many as are asked at once.
  public static final int MOST = 300;

  /// As many as are asked within an hour, by whomever: a report is more work than a heartbeat.
  public static final int MOST_AN_HOUR = 3_000;

  /// How long heartbeats are not taken for it. A device that has not answered by then, such as one
  /// whose clock is wrong, sends a whole report as seldom as any; what it tells afresh later still
  /// is the answer.
  static final Duration LASTS = Duration.ofHours(26);

  /// How much earlier than the asking a look may be by the device's clock.
  private static final Duration SLACK = Duration.ofMinutes(5);

  /// No device is asked twice within it.
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
    /// @param recent that had been asked within the hour and told since, so that they were not
    ///   asked again
    record Done(long asked, long waiting, long recent) implements Outcome {}

    /// Nothing was asked.
    record Not(Sentence why) implements Outcome {}
  }

  /// Asks all of them, or none. One that was asked and has not told yet is not asked again, nor is
  /// one that was asked within the hour.
  ///
  /// @param scope the departments that `actor` sees; what is outside is not there
  public Outcome ask(String actor, Scope scope, Set<DeviceId> devices) {
    if (devices.size() > MOST) {
      return new Outcome.Not(
          Sentence.of(
              "rescan.many",
              "%s workstations are more than the %s that are asked at once",
              devices.size(),
              MOST));
    }
    var now = clock.instant();
    return database.write(connection -> {
      for (var device : devices) {
        if (!counts(connection, scope, device)) {
          return new Outcome.Not(
              Sentence.of(
                  "device.nothing-asked", "no device %s is enrolled; nothing was asked", device));
        }
      }
      var waiting = since(connection, "told_at is null", devices, now.minus(LASTS));
      var recent = since(connection, "told_at is not null", devices, now.minus(HOUR));
      var lately = lately(connection, now);
      var next = devices.size() - waiting.size() - recent.size();
      if (lately + next > MOST_AN_HOUR) {
        return new Outcome.Not(
            Sentence.of(
                "rescan.hour",
                "%s workstations were asked within the hour, and at most %s are; ask the others"
                    + " later",
                lately,
                MOST_AN_HOUR));
      }
      for (var device : devices) {
        if (!waiting.contains(device) && !recent.contains(device)) {
          ask(connection, actor, device, now);
        }
      }
      return new Outcome.Done(next, waiting.size(), recent.size());
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

  /// Those of `devices` that were asked after that instant, and of which `state` is so.
  ///
  /// @param state a constant of the program
  private static Set<DeviceId> since(
      Connection connection, String state, Set<DeviceId> devices, Instant after)
      throws SQLException {
    var since = new HashSet<DeviceId>();
    Among.list(
        connection,
        "select device_id, asked_at from rescan where "
            + state
            + " and device_id in "
            + Among.MARKS,
        List.copyOf(devices),
        row -> row.getLong(2) > after.toEpochMilli() && since.add(new DeviceId(row.getString(1))));
    return since;
  }

  /// Each row is of one device, which is asked at most once an hour: so none of these was
  /// overwritten.
  private static long lately(Connection connection, Instant now) throws SQLException {
    return Objects.requireNonNull(
        Sql.first(
            connection,
            "select count(*) from rescan where asked_at > ?",
            row -> row.getLong(1),
            now.minus(HOUR).toEpochMilli()));
  }

  /// Those of `devices` that were asked and have not told yet, and since when.
  static Map<DeviceId, Instant> untold(Connection connection, List<DeviceId> devices)
      throws SQLException {
    var untold = new HashMap<DeviceId, Instant>();
    Among.list(
        connection,
        "select device_id, asked_at from rescan where told_at is null and device_id in "
            + Among.MARKS,
        devices,
        row -> untold.put(new DeviceId(row.getString(1)), Instant.ofEpochMilli(row.getLong(2))));
    return untold;
  }

  /// Whether a report tells of a look that is no older than the asking. A device that never
  /// finished one, or that cannot, tells by when it composed the report.
  static boolean isAfresh(Report report, Instant asked) {
    var scanned = report.coverage().scannedAt();
    var looked = scanned == null ? report.at() : scanned;
    return !looked.isBefore(asked.minus(SLACK));
  }

  /// A whole report came, which is what was asked for.
  static void told(Writes writes, DeviceId device, Instant now) {
    writes.add(
        "update rescan set told_at = ? where device_id = ? and told_at is null",
        now.toEpochMilli(),
        device.value());
  }
}
