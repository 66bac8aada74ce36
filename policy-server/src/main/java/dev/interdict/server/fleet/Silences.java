package dev.interdict.server.fleet;

import dev.interdict.json.Json;
import dev.interdict.server.compliance.ContactDay;
import dev.interdict.server.events.EventKind;
import dev.interdict.server.events.Events;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/// Tells other systems which devices fell silent and which are back, each once. Thread-safe.
public final class Silences {
  private static final int SLICE = 500;

  private final Database database;
  private final Duration silentAfter;

  public Silences(Database database, Duration silentAfter) {
    this.database = database;
    this.silentAfter = silentAfter;
  }

  /// A device that changed sides.
  private record Moved(String device, String host, long contact, boolean active) {}

  /// Looks at all of them once.
  public void tell(Instant now) {
    var before = now.minus(silentAfter);
    // Each slice is a transaction of its own, so that reports need not wait for all of them.
    int slice;
    do {
      slice = database.write(connection -> silent(connection, before, now));
    } while (slice == SLICE);
    do {
      slice = database.write(connection -> returned(connection, before, now));
    } while (slice == SLICE);
  }

  private static int silent(Connection connection, Instant before, Instant now)
      throws SQLException {
    var all =
        Sql.list(
            connection,
            "select d.device_id, d.host, d.last_contact from device d where d.contact_day <= ? and"
                + " d.last_contact < ? and d.standing = 'active' and not exists (select 1 from"
                + " event_silence s where s.device_id = d.device_id) limit ?",
            row -> new Moved(row.getString(1), row.getString(2), row.getLong(3), true),
            ContactDay.of(before),
            before.toEpochMilli(),
            SLICE);
    for (var one : all) {
      Sql.update(
          connection,
          "insert into event_silence (device_id, since) values (?,?) on conflict (device_id) do"
              + " nothing",
          one.device(),
          one.contact());
      add(connection, EventKind.DEVICE_SILENT, one, now);
    }
    return all.size();
  }

  private static int returned(Connection connection, Instant before, Instant now)
      throws SQLException {
    var all =
        Sql.list(
            connection,
            "select d.device_id, d.host, d.last_contact, d.standing from event_silence s join"
                + " device d on d.device_id = s.device_id where d.last_contact >= ? or d.standing"
                + " <> 'active' limit ?",
            row ->
                new Moved(
                    row.getString(1),
                    row.getString(2),
                    row.getLong(3),
                    row.getString(4).equals(Standing.ACTIVE.word())),
            before.toEpochMilli(),
            SLICE);
    for (var one : all) {
      Sql.update(connection, "delete from event_silence where device_id = ?", one.device());
      // One that is no part of the fleet any more is not back.
      if (one.active()) {
        add(connection, EventKind.DEVICE_RETURNED, one, now);
      }
    }
    return all.size();
  }

  private static void add(Connection connection, EventKind kind, Moved one, Instant now)
      throws SQLException {
    Events.add(
        connection,
        kind,
        now,
        null,
        one.device(),
        null,
        Json.object()
            .put("host", one.host())
            .put("last-contact", Instant.ofEpochMilli(one.contact()).toString())
            .build());
  }
}
