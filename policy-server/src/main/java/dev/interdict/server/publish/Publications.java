package dev.interdict.server.publish;

import dev.interdict.json.Json;
import dev.interdict.policy.RuleId;
import dev.interdict.policy.Stop;
import dev.interdict.report.DeviceId;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The table of publications, append-only but for the moment at which a row became visible.
/// Thread-safe.
public final class Publications {
  private static final String COLUMNS =
      "select serial, begun_at, actor, summary, sha256, shown_at from publication ";

  private final Database database;
  private final Audit audit;
  private final InstantSource clock;

  public Publications(Database database, Audit audit, InstantSource clock) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
  }

  /// All publications, newest first.
  public List<Published> list() {
    return database.read(handle ->
        handle
            .createQuery(COLUMNS + "order by serial desc")
            .map((row, _) -> published(row))
            .list());
  }

  /// The newest one that devices could see.
  public Optional<Published> newest() {
    return database.read(handle ->
        handle
            .createQuery(COLUMNS + "where shown_at is not null order by serial desc limit 1")
            .map((row, _) -> published(row))
            .findOne());
  }

  /// What signed a publication that devices could see.
  record Shown(String sha256, long roleVersion) {}

  /// What signed it; empty if devices never could see that serial.
  Optional<Shown> shown(long serial) {
    return database.read(handle ->
        handle
            .createQuery(
                "select sha256, role_version from publication where serial = :serial and shown_at"
                    + " is not null")
            .bind("serial", serial)
            .map((row, _) -> new Shown(row.getString("sha256"), row.getLong("role_version")))
            .findOne());
  }

  /// The document of a publication, visible or not.
  public Optional<byte[]> document(long serial) {
    return database
        .read(handle ->
            handle
                .createQuery("select document from publication where serial = :serial")
                .bind("serial", serial)
                .mapTo(String.class)
                .findOne())
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  /// Those after a serial that devices could see, oldest first.
  List<Published> shownAfter(long serial) {
    return database.read(handle ->
        handle
            .createQuery(
                COLUMNS + "where shown_at is not null and serial > :serial order by serial")
            .bind("serial", serial)
            .map((row, _) -> published(row))
            .list());
  }

  /// How many devices could see, up to a serial.
  long countShown(long serial) {
    return database.read(handle ->
        handle
            .createQuery(
                "select count(*) from publication where shown_at is not null and serial <= :serial")
            .bind("serial", serial)
            .mapTo(Long.class)
            .one());
  }

  /// Whether some device reports more matches than the rule allows, so that it is held there.
  boolean isHeld(RuleId rule) {
    return database.read(handle ->
        handle
            .createQuery(
                "select count(*) from device_note where problem = 'enforcement-refused' and"
                    + " subject = :rule")
            .bind("rule", rule.value())
            .mapTo(Long.class)
            .one())
        > 0;
  }

  /// How many enrolled workstations read the rule language from `least` on, and not `below`.
  long readers(int least, int below) {
    return database.read(handle ->
        handle
            .createQuery(
                "select count(*) from device where standing = 'active' and vocabulary >= :least and"
                    + " vocabulary < :below")
            .bind("least", least)
            .bind("below", below)
            .mapTo(Long.class)
            .one());
  }

  /// The serial after all that were ever begun here, or passed over.
  long nextSerial() {
    return Math.max(lastSerial(), passedOver(Setback.SERIAL)) + 1;
  }

  /// The last serial that was ever begun; 0 before the first.
  long lastSerial() {
    return database.read(handle ->
        handle
            .createQuery("select coalesce(max(serial), 0) from publication")
            .mapTo(Long.class)
            .one());
  }

  /// Notes that a device holds a version that is newer than here.
  void claimed(Connection connection, DeviceId device, String role, long version, Instant now)
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
  Setback.@Nullable Claim claim(String role, long here, long most) {
    return database.read(handle ->
        handle
            .createQuery(
                "select device_id, version, count(*) over () as devices from claim_ahead where"
                    + " role = :role and version > :here and version <= :most and device_id not in"
                    + " (select device_id from disbelieved) order by version desc, device_id"
                    + " limit 1")
            .bind("role", role)
            .bind("here", here)
            .bind("most", most)
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
                .put("example", claim.example())
                .build());
      }
      return claims.size();
    });
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
        audit.append(connection, actor, "server.disbelieve", device.value(), Json.object().build());
      }
      return true;
    });
  }

  /// Takes a serial for good, before anything is shown under it; false if somebody else took it.
  /// The same document may be begun again where it never became visible.
  boolean begin(long serial, String actor, String summary, String sha256, byte[] document) {
    return database.write(connection -> {
      var taken =
          Sql.update(
              connection,
              "insert into publication (serial, begun_at, actor, summary, sha256, document) values"
                  + " (?,?,?,?,?,?) on conflict (serial) do nothing",
              serial,
              clock.millis(),
              actor,
              summary,
              sha256,
              new String(document, StandardCharsets.UTF_8));
      if (taken == 1) {
        audit.append(connection, actor, "blocklist.sign", name(serial), detail(summary, sha256));
      }
      return taken == 1 || isBegun(connection, serial, sha256);
    });
  }

  private static boolean isBegun(Connection connection, long serial, String sha256)
      throws SQLException {
    var row = Sql.first(connection, COLUMNS + "where serial = ?", Publications::published, serial);
    return row != null && row.shownAt() == null && row.sha256().equals(sha256);
  }

  /// Notes that devices can see it, unless somebody who found it so did before.
  Published shown(long serial, long roleVersion) {
    return database.write(connection -> {
      var noted =
          Sql.update(
              connection,
              "update publication set shown_at = ?, role_version = ? where serial = ? and shown_at"
                  + " is null",
              clock.millis(),
              roleVersion,
              serial);
      var row =
          Sql.first(connection, COLUMNS + "where serial = ?", Publications::published, serial);
      if (row == null) {
        throw new IllegalStateException("publication " + serial + " is not in the database");
      }
      if (noted == 1) {
        ListEvents.published(connection, row, clock.instant());
        audit.append(
            connection,
            row.actor(),
            "blocklist.publish",
            name(serial),
            detail(row.summary(), row.sha256()));
      }
      return row;
    });
  }

  /// Notes that it never became visible.
  void failed(long serial, String actor, String reason) {
    database.write(connection ->
        audit.append(
            connection,
            actor,
            "blocklist.publish-refused",
            name(serial),
            Json.object().put("reason", reason).build()));
  }

  /// Records the use of an online key.
  void controlled(String actor, String action, String object, String reason) {
    database.write(connection -> {
      return audit.append(
          connection, actor, action, object, Json.object().put("reason", reason).build());
    });
  }

  /// Tells other systems, after it happened, that other keys are trusted.
  void rotated(String actor, long root, String changes) {
    database.write(connection -> {
      ListEvents.rotated(connection, actor, root, changes, clock.instant());
      return root;
    });
  }

  /// Records that another stop is in force, and what it took the place of.
  void stopped(String actor, String before, Stop after, String written) {
    database.write(connection -> {
      var last =
          Sql.first(connection, "select max(change_id) from stop_change", row -> row.getLong(1));
      Sql.update(
          connection,
          "insert into stop_change (change_id, at, actor, held_before, held_after) values"
              + " (?,?,?,?,?)",
          (last == null ? 0 : last) + 1,
          clock.millis(),
          actor,
          before,
          written);
      var held = after.all() ? "all" : after.rules().isEmpty() ? "none" : ids(after);
      ListEvents.stopped(connection, actor, held, after.reason(), clock.instant());
      return audit.append(
          connection,
          actor,
          "controls.stop",
          held,
          Json.object().put("reason", after.reason()).build());
    });
  }

  private static String ids(Stop stop) {
    return String.join(" ", stop.rules().stream().map(RuleId::value).sorted().toList());
  }

  /// The last change of what is held.
  public Optional<StopChange> lastStop() {
    return database.read(handle ->
        handle
            .createQuery("select * from stop_change order by change_id desc limit 1")
            .map((row, _) -> StopChange.read(row))
            .findOne());
  }

  private static Json.Obj detail(String summary, String sha256) {
    return Json.object().put("summary", summary).put("sha256", sha256).build();
  }

  private static String name(long serial) {
    return "serial " + serial;
  }

  private static Published published(ResultSet row) throws SQLException {
    return new Published(
        row.getLong("serial"),
        Instant.ofEpochMilli(row.getLong("begun_at")),
        row.getString("actor"),
        row.getString("summary"),
        row.getString("sha256"),
        instant(Sql.nullableLong(row, "shown_at")));
  }

  private static @Nullable Instant instant(@Nullable Long millis) {
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }
}
