package dev.interdict.server.publish;

import dev.interdict.json.Json;
import dev.interdict.report.DeviceId;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The tables of what devices claim to hold that is newer than here, of whom of them is not
/// believed, and of the versions that were passed over for it. [Setback] says what follows.
/// Thread-safe.
final class Claims {
  private final Database database;
  private final Audit audit;
  private final InstantSource clock;

  Claims(Database database, Audit audit, InstantSource clock) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
  }

  /// Notes that a device holds a version that is newer than here.
  void note(Connection connection, DeviceId device, String role, long version, Instant now)
      throws SQLException {
    Sql.update(
        connection,
        "insert into claim_ahead (device_id, role, version, at) values (?,?,?,?) on conflict"
            + " (device_id, role) do update set version = excluded.version, at = excluded.at",
        device.value(),
        role,
        version,
        now.toEpochMilli());
  }

  /// What devices hold of a role that is newer than `here`, up to `most`, or null.
  Setback.@Nullable Claim of(String role, long here, long most) {
    return of(role, here, most, "");
  }

  /// The same without what one of them says.
  Setback.@Nullable Claim of(String role, long here, long most, String but) {
    return database.read(handle ->
        handle
            .createQuery(
                "select device_id, version, count(*) over () as devices from claim_ahead where"
                    + " role = :role and version > :here and version <= :most and device_id <>"
                    + " :but and device_id not in"
                    + " (select device_id from disbelieved) order by version desc, device_id"
                    + " limit 1")
            .bind("role", role)
            .bind("here", here)
            .bind("most", most)
            .bind("but", but)
            .map((row, _) ->
                new Setback.Claim(
                    role,
                    here,
                    row.getLong("version"),
                    row.getLong("devices"),
                    row.getString("device_id")))
            .findOne()
            .orElse(null));
  }

  /// Notes anew what a restoration stands for, whatever was decided about an earlier one.
  void restored(DeviceId as, Map<String, Long> versions, Instant now) {
    database.write(connection -> {
      Sql.update(connection, "delete from claim_ahead where device_id = ?", as.value());
      Sql.update(connection, "delete from disbelieved where device_id = ?", as.value());
      for (var version : versions.entrySet()) {
        note(connection, as, version.getKey(), version.getValue(), now);
      }
      return versions.size();
    });
  }

  /// Whether there are devices, and none was in contact since that one's claims were noted.
  boolean areUnheardSince(DeviceId claiming) {
    return database.read(handle ->
        handle
            .createQuery(
                "select count(*) as known, count(case when last_contact > (select max(at) from"
                    + " claim_ahead where device_id = :claiming) then 1 end) as heard from device"
                    + " where standing = 'active'")
            .bind("claiming", claiming.value())
            .map((row, _) -> row.getLong("known") > 0 && row.getLong("heard") == 0)
            .one());
  }

  /// Up to which version nothing of a role is published again; 0 where nothing was passed over.
  long passedOver(String role) {
    return database.read(handle ->
        handle
            .createQuery("select version from passed_over where role = :role")
            .bind("role", role)
            .mapTo(Long.class)
            .findOne()
            .orElse(0L));
  }

  private static long passedOver(Connection connection, String role) throws SQLException {
    var version =
        Sql.first(
            connection,
            "select version from passed_over where role = ?",
            row -> row.getLong(1),
            role);
    return version == null ? 0 : version;
  }

  /// Passes over what devices hold: what is published next has higher numbers.
  void passOver(String actor, List<Setback.Claim> claims) {
    database.write(connection -> {
      for (var claim : claims) {
        Sql.update(
            connection,
            "insert into passed_over (role, version, at, actor) values (?,?,?,?) on conflict (role)"
                + " do update set version = excluded.version, at = excluded.at, actor ="
                + " excluded.actor",
            claim.role(),
            Math.max(claim.held(), passedOver(connection, claim.role())),
            clock.millis(),
            actor);
        audit.append(
            connection,
            actor,
            "server.pass-over",
            claim.role(),
            Json.object()
                .put("here", claim.here())
                .put("held", claim.held())
                .put("devices", claim.devices())
                .put("example", isBackup(claim) ? "backup" : claim.example())
                .build());
      }
      return claims.size();
    });
  }

  private static boolean isBackup(Setback.Claim claim) {
    return claim.example().equals(Setback.BACKUP.value());
  }

  /// Notes that what a device claims to hold is not believed, now and later.
  ///
  /// @return whether it claimed anything
  boolean disbelieve(String actor, DeviceId device) {
    return database.write(connection -> {
      var claims =
          Sql.first(
              connection,
              "select count(*) as claims from claim_ahead where device_id = ?",
              row -> row.getLong(1),
              device.value());
      if (claims == null || claims == 0) {
        return false;
      }
      var noted =
          Sql.update(
              connection,
              "insert into disbelieved (device_id, at, actor) values (?,?,?) on conflict"
                  + " (device_id) do nothing",
              device.value(),
              clock.millis(),
              actor);
      if (noted == 1) {
        var nothing = Json.object().build();
        if (device.equals(Setback.BACKUP)) {
          audit.append(connection, actor, "server.nothing-since", "backup", nothing);
        } else {
          audit.append(connection, actor, "server.disbelieve", device.value(), nothing);
        }
      }
      return true;
    });
  }
}
