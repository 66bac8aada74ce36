package dev.interdict.server.fleet;

import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.events.EventKind;
import dev.interdict.server.events.Events;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import dev.interdict.wire.Farewell;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notes that a device left by its administrator's wish. Whoever has root's rights on a workstation
/// can do that, so it takes nothing out of any count: the device is expected as before, what was
/// clear on it is unknown from now on, and it falls silent in time. Only people of the fleet take
/// it out. A device that reports again has not left. Thread-safe.
public final class Farewells {
  /// The word in `device_event`.
  static final String KIND = "unenrolled";

  /// Whether the device `d` has left: true of a row of `device` until it reports again.
  public static final String HAS_LEFT =
      "exists (select 1 from device_event u where u.device_id = d.device_id and u.kind = '"
          + KIND
          + "' and u.from_sequence = d.sequence)";

  /// A device that leaves and comes back all the time is not told of each time.
  private static final Duration QUIET = Duration.ofHours(1);

  private static final Logger LOG = LoggerFactory.getLogger(Farewells.class);

  private final Database database;
  private final Audit audit;
  private final Contacts contacts;
  private final KnownDevices known;
  private final RetiredKeys retired;
  private final InstantSource clock;

  /// @param contacts what heartbeats are held against
  public Farewells(Database database, Audit audit, Contacts contacts, InstantSource clock) {
    this.database = database;
    this.audit = audit;
    this.contacts = contacts;
    this.known = new KnownDevices(database, contacts, clock);
    this.retired = new RetiredKeys(database, new DeviceEvents(audit));
    this.clock = clock;
  }

  /// What came of it.
  public sealed interface Outcome {
    /// It is noted, now or when it came before.
    record Noted() implements Outcome {}

    /// The device told something later than this.
    ///
    /// @param expected the sequence that its next report is to have
    record Overtaken(long expected) implements Outcome {}

    /// The request is not signed with the key that the device has.
    record NotProven(String why) implements Outcome {}

    /// The device proved itself, yet this is no farewell of its own.
    record Malformed(String why) implements Outcome {}
  }

  /// Notes it; returns only once that is durable.
  public Outcome accept(SignedRequest request) {
    var now = clock.instant();
    return switch (known.prove(request, now)) {
      case Proof.Unproven(var why) -> {
        retired.look(request, now);
        yield new Outcome.NotProven(why);
      }
      case Proof.Proven proven -> accept(proven, now);
    };
  }

  private Outcome accept(Proof.Proven proven, Instant now) {
    Farewell farewell;
    try {
      farewell = Farewell.read(proven.body());
    } catch (JsonException e) {
      return new Outcome.Malformed(String.valueOf(e.getMessage()));
    }
    if (!farewell.device().equals(proven.device())) {
      return new Outcome.Malformed("it speaks for another device than its signature");
    }
    var outcome = database.write(connection -> note(connection, farewell, proven, now));
    // Its next heartbeat, if there is one, is held against what stands there now.
    contacts.forget(proven.device());
    return outcome;
  }

  private Outcome note(Connection connection, Farewell farewell, Proof.Proven proven, Instant now)
      throws SQLException {
    var device = StoredDevice.find(connection, farewell.device());
    if (device == null || !device.key().equals(HexFormat.of().formatHex(proven.key()))) {
      return new Outcome.NotProven("the device has another key by now");
    }
    if (proven.sequence() <= device.sequence()) {
      return new Outcome.Overtaken(device.sequence() + 1);
    }
    var last =
        Sql.first(
            connection,
            "select max(at) from device_event where device_id = ? and kind = ?",
            row -> row.getLong(1),
            device.id().value(),
            KIND);
    var added =
        Sql.update(
            connection,
            "insert into device_event (device_id, sequence, kind, from_sequence, at) select"
                + " d.device_id, ?, ?, d.sequence, ? from device d where d.device_id = ? and not "
                + HAS_LEFT
                + " on conflict (device_id, sequence, kind) do update set from_sequence ="
                + " excluded.from_sequence, at = excluded.at",
            proven.sequence(),
            KIND,
            now.toEpochMilli(),
            device.id().value());
    if (added == 1) {
      Doubt.cast(connection, device, now);
      if (last == null || last < now.minus(QUIET).toEpochMilli()) {
        tell(connection, device, farewell, now);
      }
    }
    return new Outcome.Noted();
  }

  private void tell(Connection connection, StoredDevice device, Farewell farewell, Instant now)
      throws SQLException {
    Events.add(
        connection,
        EventKind.DEVICE_UNENROLLED,
        now,
        null,
        device.id().value(),
        null,
        Json.object()
            .put("host", device.host())
            .put("undelivered", farewell.undelivered())
            .build());
    audit.append(
        connection,
        "device",
        "device." + KIND,
        device.id().value(),
        Json.object()
            .put("server-had", device.sequence())
            .put("undelivered", farewell.undelivered())
            .build());
    LOG.atWarn().addKeyValue("device", device.id()).log("a device was unenrolled where it stands");
  }
}
