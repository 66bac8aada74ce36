package dev.interdict.server.publish;

import dev.interdict.json.Json;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.fleet.Holdings;
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

  /// What devices claim to hold that is newer than in this table.
  Claims claims() {
    return new Claims(database, audit, clock);
  }

  /// What people took back of what was to be signed.
  public Withdrawals withdrawals() {
    return new Withdrawals(database, audit, clock);
  }

  /// What was held of what this table says.
  public Stops stops() {
    return new Stops(database, audit, clock);
  }

  /// Which way a change of it goes on the fleet that reads it.
  Directions directions() {
    return new Directions(database);
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

  /// The serial after all that were ever begun here, passed over, or given to a list that people
  /// sign.
  long nextSerial() {
    return Math.max(Math.max(lastSerial(), passedOver()), handedOut()) + 1;
  }

  /// Up to which serial nothing is published again; 0 where nothing was passed over.
  long passedOver() {
    return claims().passedOver(Holdings.SERIAL);
  }

  private long handedOut() {
    return database.read(handle ->
        handle
            .createQuery("select coalesce(max(serial), 0) from handed_out")
            .mapTo(Long.class)
            .one());
  }

  /// The last serial that was ever begun; 0 before the first.
  long lastSerial() {
    return database.read(handle ->
        handle
            .createQuery("select coalesce(max(serial), 0) from publication")
            .mapTo(Long.class)
            .one());
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
