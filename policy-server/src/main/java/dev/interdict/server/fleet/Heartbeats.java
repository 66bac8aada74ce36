package dev.interdict.server.fleet;

import dev.interdict.json.JsonException;
import dev.interdict.report.DeviceId;
import dev.interdict.report.Heartbeat;
import dev.interdict.server.store.Database;
import dev.interdict.wire.DeviceKey;
import java.security.PublicKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Takes heartbeats: "what my last report told still holds". One that fits costs a signature and no
/// database; whatever does not fit is answered so that the device sends its whole report, which
/// says what is wrong. Thread-safe.
///
/// A heartbeat goes on from the one before by naming it, so two machines with one key cannot both
/// go on, and one that was recorded is worth nothing. It counts as a contact at the time when it
/// was signed and not when it came, so no delay makes a device look fresher than it was. And it
/// only stands for a report that is not too old: an agent that never reports wholly again is silent
/// soon.
public final class Heartbeats {
  /// How far the time of a heartbeat may be off. A device whose clock is further off is heard by
  /// its reports.
  static final Duration TOLERANCE = Duration.ofMinutes(10);

  private final Database database;
  private final Contacts contacts;
  private final InstantSource clock;
  private final Duration wholeWithin;
  private final LongAdder taken = new LongAdder();
  private final LongAdder turnedDown = new LongAdder();

  /// @param wholeWithin how long heartbeats may stand for one report, by this server's clock
  public Heartbeats(
      Database database, Contacts contacts, InstantSource clock, Duration wholeWithin) {
    this.wholeWithin = wholeWithin;
    this.database = database;
    this.contacts = contacts;
    this.clock = clock;
  }

  /// What came of a heartbeat.
  public sealed interface Outcome {
    /// It counts as a contact; what the device told last holds.
    record Taken() implements Outcome {}

    /// The device is to send its whole report.
    record WantsWhole() implements Outcome {}

    /// The request does not prove the device it speaks for.
    record NotProven(String why) implements Outcome {}

    /// The device proved itself, yet this is no heartbeat.
    record Malformed(String why) implements Outcome {}
  }

  /// Takes one.
  public Outcome accept(SignedRequest request) {
    var now = clock.instant();
    return switch (proof(request, now)) {
      case Proof.Unproven(var why) -> new Outcome.NotProven(why);
      case Proof.Proven proven -> accept(proven, now);
    };
  }

  private Proof proof(SignedRequest request, Instant now) {
    var proof = Proof.of(request, this::key, now);
    return proof instanceof Proof.Unproven
            && Proof.of(request, this::changedKey, now) instanceof Proof.Proven proven
        ? proven
        : proof;
  }

  /// The key, if another server has taken a new one since it was remembered here.
  private @Nullable PublicKey changedKey(DeviceId device) {
    var before = contacts.key(device);
    if (before == null || !read(device)) {
      return null;
    }
    var key = contacts.key(device);
    return key == null || key.equals(before) ? null : DeviceKey.of(key);
  }

  private @Nullable PublicKey key(DeviceId device) {
    var key = contacts.key(device);
    if (key == null && read(device)) {
      key = contacts.key(device);
    }
    return key == null ? null : DeviceKey.of(key);
  }

  private Outcome accept(Proof.Proven proven, Instant now) {
    Heartbeat heartbeat;
    try {
      heartbeat = Heartbeat.read(proven.body());
    } catch (JsonException e) {
      return new Outcome.Malformed(String.valueOf(e.getMessage()));
    }
    var off = Duration.between(proven.signed(), now).abs();
    if (off.compareTo(TOLERANCE) <= 0
        && (fits(proven, heartbeat, now)
            || read(proven.device()) && fits(proven, heartbeat, now))) {
      taken.increment();
      return new Outcome.Taken();
    }
    turnedDown.increment();
    return new Outcome.WantsWhole();
  }

  private boolean fits(Proof.Proven proven, Heartbeat heartbeat, Instant now) {
    return contacts.beat(
        proven.device(),
        Contacts.report(heartbeat.report()),
        Contacts.beat(heartbeat.after()),
        Contacts.beat(proven.nonce()),
        proven.signed().isBefore(now) ? proven.signed() : now,
        now.minus(wholeWithin));
  }

  /// What another server may have taken meanwhile. A device that is in doubt, or is to be told
  /// something, is heard by a whole report.
  private boolean read(DeviceId device) {
    var known =
        database.first(
            "select public_key, beat, last_contact, (select r.received_at from report r where"
                + " r.device_id = d.device_id and r.sequence = d.sequence) as told, case when"
                + " exists (select 1 from device_look l where l.device_id = d.device_id and"
                + " l.told_sequence is null) or exists (select 1 from doubt o where o.device_id ="
                + " d.device_id and o.sequence = d.sequence) then null else d.report_hash end as"
                + " hash from device d where d.device_id = ?",
            row -> known(device, row),
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

  /// How many were taken since the last time that this was asked.
  long takenSince() {
    return taken.sumThenReset();
  }

  /// How many were answered that the whole report is wanted, since the last time.
  long turnedDownSince() {
    return turnedDown.sumThenReset();
  }
}
