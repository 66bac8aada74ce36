package dev.interdict.server.fleet;

import dev.interdict.report.DeviceId;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import dev.interdict.wire.MessageSignature;
import java.security.SignatureException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keys that devices had before, which prove nothing any more. A request that is signed with one
/// after it was replaced comes from a second machine: the device itself has the new one. The device
/// is in doubt from then on, as with any clone. Thread-safe.
final class RetiredKeys {
  private static final int MOST = 10;

  /// One sign of a clone in this time is enough.
  private static final Duration QUIET = Duration.ofHours(1);

  private final Database database;
  private final DeviceEvents events;

  RetiredKeys(Database database, DeviceEvents events) {
    this.database = database;
    this.events = events;
  }

  /// A key that was replaced.
  private record Retired(String key, Instant replaced) {}

  /// Raises the alarm if `request`, which its device's key did not sign, is signed with one that
  /// the device had. What was signed before the key was replaced is no sign of a second machine: it
  /// may have been recorded, or late.
  void look(SignedRequest request, Instant now) {
    var device = claimed(request);
    if (device != null && isSignedWithOneOf(retired(device), request, device, now)) {
      database.write(connection -> {
        alarm(connection, device, now);
        return null;
      });
    }
  }

  private static @Nullable DeviceId claimed(SignedRequest request) {
    try {
      return MessageSignature.parse(request.parts(), request.input(), request.signature()).keyId();
    } catch (SignatureException e) {
      return null;
    }
  }

  private List<Retired> retired(DeviceId device) {
    return database.read(handle ->
        handle
            .createQuery(
                "select public_key, replaced_at from device_key where device_id = :id order by"
                    + " replaced_at desc limit "
                    + MOST)
            .bind("id", device.value())
            .map((row, _) ->
                new Retired(
                    row.getString("public_key"), Instant.ofEpochMilli(row.getLong("replaced_at"))))
            .list());
  }

  private static boolean isSignedWithOneOf(
      List<Retired> keys, SignedRequest request, DeviceId device, Instant now) {
    return keys.stream()
        .anyMatch(one ->
            Proof.of(
                        request,
                        id -> id.equals(device) ? HexFormat.of().parseHex(one.key()) : null,
                        now)
                    instanceof Proof.Proven proven
                && proven.signed().isAfter(one.replaced()));
  }

  private void alarm(Connection connection, DeviceId id, Instant now) throws SQLException {
    var device = StoredDevice.find(connection, id);
    var last =
        Sql.first(
            connection,
            "select cloned_at from device where device_id = ? and cloned_at > ?",
            row -> row.getLong(1),
            id.value(),
            now.minus(QUIET).toEpochMilli());
    if (device == null || last != null) {
      return;
    }
    var sequence = device.sequence();
    events.add(connection, device, Continuity.CLONED, sequence, sequence, now);
    Sql.update(
        connection,
        "update device set cloned_at = ? where device_id = ?",
        now.toEpochMilli(),
        id.value());
    Doubt.cast(connection, device, now);
  }
}
