package dev.interdict.server.fleet;

import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.report.DeviceId;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.events.EventKind;
import dev.interdict.server.events.Events;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import dev.interdict.wire.DeviceKey;
import dev.interdict.wire.KeyReplacement;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Takes a device's new key in place of the one it has. The device stays the same, with its id and
/// its history; the old key proves nothing from then on. No key ever comes back, so a request that
/// was recorded does nothing. Thread-safe.
public final class KeyChanges {
  /// A device changes its key once in a year; one that does so all the time fills tables.
  private static final Duration PAUSE = Duration.ofHours(1);

  private final Database database;
  private final Audit audit;
  private final Contacts contacts;
  private final InstantSource clock;
  private final RetiredKeys retired;

  /// @param contacts which remember keys
  public KeyChanges(Database database, Audit audit, Contacts contacts, InstantSource clock) {
    this.database = database;
    this.audit = audit;
    this.contacts = contacts;
    this.clock = clock;
    this.retired = new RetiredKeys(database, new DeviceEvents(audit));
  }

  /// What came of it.
  public sealed interface Outcome {
    /// The device has the new key, since now or since it asked before.
    record Done() implements Outcome {}

    /// The device keeps the key it has.
    record Refused(String why) implements Outcome {}

    /// The request is not signed with the key that the device has.
    record NotProven(String why) implements Outcome {}

    /// The request itself is malformed, or does not prove the new key.
    record Malformed(String why) implements Outcome {}
  }

  /// Takes the new key; returns only once that is durable.
  public Outcome accept(SignedRequest request) {
    KeyReplacement wish;
    byte[] from;
    try {
      wish = KeyReplacement.read(request.body());
      from = DeviceKey.point(wish.from());
      if (!wish.isProven()) {
        return new Outcome.Malformed("the proof is not made with the new key");
      }
    } catch (JsonException | IllegalArgumentException e) {
      return new Outcome.Malformed(String.valueOf(e.getMessage()));
    }
    var now = clock.instant();
    return switch (Proof.of(request, id -> id.equals(wish.device()) ? from : null, now)) {
      case Proof.Unproven(var why) -> new Outcome.NotProven(why);
      case Proof.Proven proven when !proven.signed().equals(wish.at()) ->
          new Outcome.Malformed("the proof is of another time than the signature");
      case Proof.Proven _ -> change(request, wish, now);
    };
  }

  private Outcome change(SignedRequest request, KeyReplacement wish, Instant now) {
    var outcome = database.write(connection -> change(connection, wish, now));
    switch (outcome) {
      case Outcome.Done _ -> contacts.forget(wish.device());
      case Outcome.NotProven _ -> retired.look(request, now);
      default -> {}
    }
    return outcome;
  }

  private Outcome change(Connection connection, KeyReplacement wish, Instant now)
      throws SQLException {
    var id = wish.device();
    var current = text(connection, "select public_key from device where device_id = ?", id.value());
    if (current == null) {
      return new Outcome.NotProven("unknown device");
    }
    if (current.equals(wish.to()) && wish.to().equals(successor(connection, id, wish.from()))) {
      return new Outcome.Done();
    }
    if (!current.equals(wish.from())) {
      return new Outcome.NotProven("the device has another key");
    }
    if (isKnown(connection, id, wish.to())) {
      return new Outcome.Refused("the new key is known already");
    }
    if (hasChangedSince(connection, id, now.minus(PAUSE))) {
      return new Outcome.Refused("the device changed its key within the hour");
    }
    Sql.update(
        connection,
        "insert into device_key (device_id, public_key, successor, replaced_at) values (?,?,?,?)",
        id.value(),
        wish.from(),
        wish.to(),
        now.toEpochMilli());
    Sql.update(
        connection, "update device set public_key = ? where device_id = ?", wish.to(), id.value());
    Events.add(
        connection,
        EventKind.KEY_ROTATED,
        now,
        null,
        id.value(),
        null,
        Json.object().put("what", "device").build());
    audit.append(
        connection,
        "device",
        "device.key",
        id.value(),
        Json.object().put("from", wish.from()).put("to", wish.to()).build());
    return new Outcome.Done();
  }

  private static @Nullable String successor(Connection connection, DeviceId id, String key)
      throws SQLException {
    return text(
        connection,
        "select successor from device_key where device_id = ? and public_key = ?",
        id.value(),
        key);
  }

  /// Whether the device had it, or another device began with it.
  private static boolean isKnown(Connection connection, DeviceId id, String key)
      throws SQLException {
    var other = DeviceId.of(DeviceKey.of(key)).value();
    return successor(connection, id, key) != null
        || text(connection, "select device_id from device where device_id = ?", other) != null;
  }

  private static boolean hasChangedSince(Connection connection, DeviceId id, Instant since)
      throws SQLException {
    return Sql.first(
            connection,
            "select replaced_at from device_key where device_id = ? and replaced_at > ?",
            row -> row.getLong(1),
            id.value(),
            since.toEpochMilli())
        != null;
  }

  private static @Nullable String text(Connection connection, String query, Object... values)
      throws SQLException {
    return Sql.first(connection, query, row -> row.getString(1), values);
  }
}
