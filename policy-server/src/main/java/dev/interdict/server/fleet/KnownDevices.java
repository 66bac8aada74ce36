package dev.interdict.server.fleet;

import dev.interdict.report.DeviceId;
import dev.interdict.server.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Devices as this server remembers them, read from the database where it does not, or where what
/// it remembers does not hold: another server may have taken a report or a new key meanwhile.
/// Thread-safe.
final class KnownDevices {
  private final Database database;
  private final Contacts contacts;
  private final InstantSource clock;

  KnownDevices(Database database, Contacts contacts, InstantSource clock) {
    this.database = database;
    this.contacts = contacts;
    this.clock = clock;
  }

  /// Whether a request comes from the device it names. A key that another server has replaced
  /// within the last seconds still proves its device.
  Proof prove(SignedRequest request, Instant now) {
    var proof = Proof.of(request, this::key, now);
    return proof instanceof Proof.Unproven
            && Proof.of(request, this::changedKey, now) instanceof Proof.Proven proven
        ? proven
        : proof;
  }

  private byte @Nullable [] key(DeviceId device) {
    var key = contacts.key(device);
    return key == null && read(device) ? contacts.key(device) : key;
  }

  /// The key, if another server has taken a new one since it was remembered here.
  private byte @Nullable [] changedKey(DeviceId device) {
    var before = contacts.key(device);
    if (before == null || !read(device)) {
      return null;
    }
    var key = contacts.key(device);
    return Arrays.equals(key, before) ? null : key;
  }

  /// Remembers what the database has of a device; false if it has none. A device that is in doubt,
  /// is to be told something, or was asked for a fresh look, is heard by a whole report.
  boolean read(DeviceId device) {
    var known =
        database.first(
            "select public_key, beat, last_contact, (select r.received_at from report r where"
                + " r.device_id = d.device_id and r.sequence = d.sequence) as told, case when"
                + " exists (select 1 from device_look l where l.device_id = d.device_id and"
                + " l.told_sequence is null) or exists (select 1 from rescan w where w.device_id ="
                + " d.device_id and w.told_at is null and w.asked_at > ?) or exists (select 1 from"
                + " doubt o where o.device_id = d.device_id and o.sequence = d.sequence) or "
                + Farewells.HAS_LEFT
                + " then null else d.report_hash end as hash from device d where d.device_id = ?",
            row -> known(device, row),
            clock.instant().minus(Rescans.LASTS).toEpochMilli(),
            device.value());
    if (known == null) {
      return false;
    }
    contacts.read(known);
    return true;
  }

  private static Contacts.Known known(DeviceId device, ResultSet row) throws SQLException {
    var hash = row.getString("hash");
    return new Contacts.Known(
        device,
        row.getString("public_key"),
        hash == null ? Contacts.NO_REPORT : Contacts.report(hash),
        row.getLong("beat"),
        Instant.ofEpochMilli(row.getLong("last_contact")),
        Instant.ofEpochMilli(row.getLong("told")));
  }
}
