package dev.interdict.server.fleet.expected;

import dev.interdict.json.Json;
import dev.interdict.report.DeviceId;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.fleet.Standing;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import dev.interdict.server.wording.Sentence;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// The devices that wait, and what people decide about them. Each decision is one transaction with
/// its line in the audit log. Thread-safe.
public final class Admissions {
  private final Database database;
  private final Audit audit;
  private final InstantSource clock;
  private final Duration silentAfter;

  public Admissions(Database database, Audit audit, InstantSource clock, Duration silentAfter) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
    this.silentAfter = silentAfter;
  }

  /// At most `most` devices that wait, the longest waiting first.
  public List<Waiting> queue(int most) {
    return database.read(handle ->
        handle
            .createQuery(
                "select d.device_id, d.host, d.token_id, d.enrolled_at, d.standing_reason,"
                    + " d.replaces, o.last_contact from device d left join device o on o.device_id"
                    + " = d.replaces where d.standing = 'waiting' order by d.enrolled_at,"
                    + " d.device_id limit :most")
            .bind("most", most)
            .map((row, _) -> waiting(row))
            .list());
  }

  private static Waiting waiting(ResultSet row) throws SQLException {
    var replaces = row.getString("replaces");
    return new Waiting(
        new DeviceId(row.getString("device_id")),
        row.getString("host"),
        row.getString("token_id"),
        Instant.ofEpochMilli(row.getLong("enrolled_at")),
        String.valueOf(row.getString("standing_reason")),
        replaces == null ? null : new DeviceId(replaces),
        replaces == null ? null : Instant.ofEpochMilli(row.getLong("last_contact")));
  }

  /// Lets a waiting device count from now on.
  ///
  /// @param replace the device whose serial it tells is gone for good, although it was heard lately
  /// @return the device's id
  /// @throws RefusedException if it does not wait, or the other was heard lately and is not said to
  ///   be gone
  public DeviceId approve(String actor, String name, boolean replace) {
    var now = clock.instant();
    return database.write(connection -> {
      var device = waiting(connection, name);
      Binding.release(connection, device);
      var filled = Arrival.filled(connection, device);
      if (filled != null && !replace && !filled.lastContact().isBefore(now.minus(silentAfter))) {
        throw new RefusedException(
            Sentence.of(
                "fleet.same-serial",
                "device %s has the same serial and was heard lately, so one of the two lies or is a"
                    + " clone; say --replace if that one is gone for good",
                filled.device()));
      }
      if (filled != null) {
        ExpectedFleet.supersede(connection, actor, filled.device(), device, now);
      } else {
        Sql.update(
            connection, "update device set replaces = null where device_id = ?", device.value());
      }
      Binding.stand(connection, device, Standing.ACTIVE, actor, null, now);
      if (filled != null) {
        Binding.bind(connection, device, filled.entry(), "serial");
      } else {
        Binding.find(connection, device);
      }
      audit.append(
          connection,
          actor,
          "device.approve",
          device.value(),
          Json.object().put("replaces", filled == null ? null : filled.device().value()).build());
      return device;
    });
  }

  /// Decides that a waiting device is none of the fleet.
  ///
  /// @throws RefusedException if it does not wait
  public DeviceId refuse(String actor, String name, String reason) {
    var now = clock.instant();
    return database.write(connection -> {
      var device = waiting(connection, name);
      Binding.release(connection, device);
      Binding.stand(connection, device, Standing.REFUSED, actor, reason, now);
      audit.append(
          connection,
          actor,
          "device.refuse",
          device.value(),
          Json.object().put("reason", reason).build());
      return device;
    });
  }

  private static DeviceId waiting(Connection connection, String name) throws SQLException {
    var found =
        Sql.list(
            connection,
            "select device_id from device where device_id >= ? and device_id <= ? and standing ="
                + " 'waiting' limit 2",
            row -> new DeviceId(row.getString(1)),
            name.length() < 8 ? "~" : name,
            name + "g");
    if (found.size() != 1) {
      throw new RefusedException(
          found.isEmpty()
              ? Sentence.of(
                  "fleet.nobody-waits",
                  "no device whose id starts with \"%s\" waits; see: interdict enrol queue",
                  name)
              : Sentence.of(
                  "fleet.several-wait",
                  "\"%s\" starts the ids of several devices; write more of it",
                  name));
    }
    return found.getFirst();
  }
}
