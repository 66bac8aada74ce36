package dev.interdict.server.fleet;

import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.report.DeviceId;
import dev.interdict.report.EnrolAnswer;
import dev.interdict.report.EnrolRequest;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.compliance.ContactDay;
import dev.interdict.server.compliance.Shade;
import dev.interdict.server.events.EventKind;
import dev.interdict.server.events.Events;
import dev.interdict.server.fleet.expected.Arrival;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import dev.interdict.server.store.Writes;
import dev.interdict.wire.DeviceKey;
import java.security.PublicKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// Admits devices. A device is its key: a machine that presents a new key is a new device, whatever
/// hardware it claims to be, so no claim can take over another's record. Thread-safe.
public final class Enrolment {
  private final Database database;
  private final Audit audit;
  private final InstantSource clock;
  private final Duration silentAfter;

  /// @param silentAfter how long a device may be out of contact before a token may let another take
  ///   its place
  public Enrolment(Database database, Audit audit, InstantSource clock, Duration silentAfter) {
    this.silentAfter = silentAfter;
    this.database = database;
    this.audit = audit;
    this.clock = clock;
  }

  /// Enrols the device that signed `request`.
  public EnrolOutcome enrol(SignedRequest request) {
    EnrolRequest wish;
    PublicKey key;
    try {
      wish = EnrolRequest.read(request.body());
      key = DeviceKey.of(wish.publicKey());
    } catch (JsonException | IllegalArgumentException e) {
      return new EnrolOutcome.Malformed(String.valueOf(e.getMessage()));
    }
    var id = DeviceId.of(key);
    if (!wish.device().id().equals(id)) {
      return new EnrolOutcome.Malformed("the device's id is not that of its key");
    }
    var now = clock.instant();
    return switch (Proof.of(
        request, device -> device.equals(id) ? DeviceKey.point(wish.publicKey()) : null, now)) {
      case Proof.Unproven(var why) -> new EnrolOutcome.NotProven(why);
      case Proof.Proven _ -> database.write(connection -> admit(connection, wish, id, now));
    };
  }

  private EnrolOutcome admit(Connection connection, EnrolRequest wish, DeviceId id, Instant now)
      throws SQLException {
    var groups = groups(connection, id);
    if (groups != null) {
      if (!isKeyOf(connection, id, wish.publicKey())) {
        return new EnrolOutcome.NotProven("the device has another key by now");
      }
      return new EnrolOutcome.Known(new EnrolAnswer(id, groups));
    }
    var token = EnrolmentTokens.find(connection, wish.token(), now);
    if (token == null) {
      return new EnrolOutcome.TokenRefused();
    }
    if (EnrolmentTokens.exhausted(connection, token, now)) {
      return new EnrolOutcome.Later();
    }
    EnrolmentTokens.use(connection, token);
    insert(connection, wish, id, token, now);
    var names = new Writes();
    NameIndex.add(names, id, wish.device().hostName());
    names.run(connection);
    var rollup = new Rollup();
    var os = Fields.written(wish.device().os());
    var shade = Shade.of(true, true).word();
    var placement = token.placement();
    rollup.device(
        new Rollup.Place(os, placement.department(), shade, false),
        new Rollup.Fine("", placement.ring()),
        1);
    rollup.write(connection);
    var twin = twin(connection, wish.hardware(), id);
    var actor = "token " + token.id();
    var arrival =
        Arrival.settle(connection, id, actor, token.allowed(), now.minus(silentAfter), now);
    Events.add(
        connection,
        EventKind.DEVICE_ENROLLED,
        now,
        actor,
        id.value(),
        null,
        Json.object()
            .put("host", wish.device().hostName())
            .put("os", os)
            .put("department", token.placement().department())
            .put("standing", arrival.standing().word())
            .build());
    audit.append(
        connection,
        actor,
        "device.enrol",
        id.value(),
        Json.object()
            .put("twin", twin)
            .put("standing", arrival.standing().word())
            .put("entry", arrival.entry())
            .put("replaces", arrival.replaces() == null ? null : arrival.replaces().value())
            .build());
    return new EnrolOutcome.Enrolled(new EnrolAnswer(id, token.placement().groups()));
  }

  private static boolean isKeyOf(Connection connection, DeviceId id, String key)
      throws SQLException {
    return key.equals(
        Sql.first(
            connection,
            "select public_key from device where device_id = ?",
            row -> row.getString(1),
            id.value()));
  }

  /// The groups of a device that is known, or null.
  private static @Nullable SortedSet<String> groups(Connection connection, DeviceId id)
      throws SQLException {
    var text =
        Sql.first(
            connection,
            "select group_names from device where device_id = ?",
            row -> row.getString(1),
            id.value());
    return text == null ? null : Placement.groups(text);
  }

  /// Another device that claims the same hardware: a machine set up anew, or a lie. Said, not acted
  /// upon.
  private static @Nullable String twin(
      Connection connection, @Nullable String hardware, DeviceId id) throws SQLException {
    return hardware == null
        ? null
        : Sql.first(
            connection,
            "select device_id from device where hardware = ? and device_id <> ? order by"
                + " enrolled_at desc limit 1",
            row -> row.getString(1),
            hardware,
            id.value());
  }

  private static void insert(
      Connection connection, EnrolRequest wish, DeviceId id, EnrolmentToken token, Instant now)
      throws SQLException {
    var device = wish.device();
    var placement = token.placement();
    Sql.update(
        connection,
        "insert into device (device_id, public_key, hardware, enrolled_at, token_id, department,"
            + " ring, tags, group_names, host, host_key, os, os_version, architecture,"
            + " last_contact, contact_day, supported, vocabulary, sequence, lost) values"
            + " (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,1,?,0,0)",
        id.value(),
        wish.publicKey(),
        wish.hardware(),
        now.toEpochMilli(),
        token.id(),
        placement.department(),
        placement.ring(),
        placement.tagsText(),
        placement.groupsText(),
        device.hostName(),
        HostKey.of(device.hostName()),
        Fields.written(device.os()),
        device.osVersion(),
        device.architecture(),
        now.toEpochMilli(),
        ContactDay.of(now),
        device.vocabulary());
  }
}
