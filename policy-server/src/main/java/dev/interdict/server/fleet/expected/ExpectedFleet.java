package dev.interdict.server.fleet.expected;

import dev.interdict.json.Json;
import dev.interdict.report.DeviceId;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.fleet.Standing;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import dev.interdict.server.wording.Sentence;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The company's list and what people decide about it. What they decide is one transaction with its
/// line in the audit log; devices follow a list that changed in further ones. Thread-safe.
public final class ExpectedFleet {
  private final Database database;
  private final Audit audit;
  private final SecureRandom random;
  private final InstantSource clock;
  private final Duration silentAfter;
  private final Departures departures;

  /// @param silentAfter how long a device may be out of contact before it goes with a retired entry
  public ExpectedFleet(
      Database database,
      Audit audit,
      SecureRandom random,
      InstantSource clock,
      Duration silentAfter) {
    this.database = database;
    this.audit = audit;
    this.random = random;
    this.clock = clock;
    this.silentAfter = silentAfter;
    this.departures = new Departures(audit, clock);
  }

  /// Reads a device list to plan and apply it; to be closed.
  ///
  /// @param charset UTF-8 or GB18030
  /// @throws RefusedException if it is none
  public ListImport read(InputStream in, Charset charset) throws IOException {
    var now = clock.instant();
    return ListImport.read(database, audit, random, now, now.minus(silentAfter), in, charset);
  }

  /// Brings devices in line with the list where whoever changed it was broken off before that.
  ///
  /// @param stopped whether to leave the rest to another time
  public void settle(BooleanSupplier stopped) {
    new Settling(database, audit, stopped).run(clock.instant());
  }

  /// Lets a device count as an entry of the list, because a person says so.
  ///
  /// @param replace the device that counts as it now makes room, and is superseded
  /// @throws RefusedException if another device counts as it and is not to be replaced, or either
  ///   does not count
  public void bind(String actor, String device, String entry, boolean replace) {
    var now = clock.instant();
    database.write(connection -> {
      var from = Which.of(connection, device).device();
      var to = Which.of(connection, entry);
      if (from == null || to.entry() == null) {
        throw new RefusedException(
            from == null
                ? Sentence.of("fleet.not-enrolled", "\"%s\" is no device that enrolled", device)
                : Sentence.of("fleet.no-list", "\"%s\" is on no list", entry));
      }
      if (!Binding.standing(connection, from).equals(Standing.ACTIVE.word())) {
        throw new RefusedException(
            Sentence.of(
                "fleet.standing",
                "the device is %s, so it counts as nothing",
                Binding.standing(connection, from)));
      }
      if (from.equals(to.device())) {
        return null;
      }
      if (retired(connection, to.entry())) {
        throw new RefusedException(
            Sentence.of("fleet.entry-retired", "the entry is retired; return it first"));
      }
      var before = to.device();
      if (before != null && Binding.standing(connection, before).equals(Standing.ACTIVE.word())) {
        if (!replace) {
          throw new RefusedException(
              Sentence.of(
                  "fleet.entry-taken",
                  "device %s counts as that entry; say --replace if it is gone for good",
                  before));
        }
        supersede(connection, actor, before, from, now);
      }
      Binding.release(connection, from);
      Binding.bind(connection, from, to.entry(), "person");
      audit.append(
          connection,
          actor,
          "fleet.bind",
          from.value(),
          Json.object()
              .put("entry", to.entry())
              .put("replaces", before == null ? null : before.value())
              .build());
      return null;
    });
  }

  /// One device makes room for another.
  static void supersede(
      Connection connection, String actor, DeviceId before, DeviceId after, Instant now)
      throws SQLException {
    Binding.release(connection, before);
    Binding.stand(connection, before, Standing.SUPERSEDED, actor, "by " + after.value(), now);
    Sql.update(
        connection,
        "update device set replaces = ? where device_id = ?",
        before.value(),
        after.value());
  }

  /// Takes a workstation out of the fleet: its entry, and the device that counts as it.
  ///
  /// @return what was retired: a device's id, else an entry's
  /// @throws RefusedException if there is none, or it is retired
  public String retire(String actor, String name, String reason) {
    return database.write(connection -> {
      var which = Which.of(connection, name);
      if (departures.retire(connection, actor, Set.of(which), reason, false) == 0) {
        throw new RefusedException(
            Sentence.of("fleet.out", "\"%s\" is out of the fleet already", name));
      }
      ExpectedVersion.next(connection);
      return which.named();
    });
  }

  /// Takes a retired or refused workstation back into the fleet.
  ///
  /// @throws RefusedException if there is none, or it is not out of it
  public String restore(String actor, String name, String reason) {
    var now = clock.instant();
    return database.write(connection -> {
      var which = Which.of(connection, name);
      var changed = 0;
      if (which.entry() != null) {
        changed +=
            Sql.update(
                connection,
                "update expected_device set retired_at = null, retired_by = null, retired_reason ="
                    + " null, in_use = 1 where entry_id = ? and retired_at is not null",
                which.entry());
      }
      var device = which.device();
      if (device == null && which.entry() != null) {
        device = last(connection, which.entry());
      }
      if (device != null
          && List.of(Standing.RETIRED.word(), Standing.REFUSED.word())
              .contains(Binding.standing(connection, device))) {
        Binding.release(connection, device);
        Binding.stand(connection, device, Standing.ACTIVE, actor, null, now);
        if (which.entry() != null && free(connection, which.entry())) {
          Binding.bind(connection, device, which.entry(), "person");
        }
        changed++;
      }
      ExpectedVersion.next(connection);
      if (changed == 0) {
        throw new RefusedException(
            Sentence.of("fleet.not-out", "\"%s\" is neither retired nor refused", name));
      }
      audit.append(
          connection,
          actor,
          "fleet.return",
          which.named(),
          Json.object().put("entry", which.entry()).put("reason", reason).build());
      return which.named();
    });
  }

  /// How list and devices fit together now.
  public Census census() {
    return database.read(handle ->
        handle
            .createQuery(
                "select (select count(*) from expected_device where retired_at is null and in_use ="
                    + " 1) as expected, (select count(*) from expected_device where retired_at is"
                    + " null and device_id is not null) as enrolled, (select count(*) from"
                    + " expected_device where device_id is null and retired_at is null and in_use ="
                    + " 1) as absent, (select count(*) from expected_device where retired_at is"
                    + " null and in_use = 0) as stock, case when exists (select 1 from"
                    + " expected_device where retired_at is null) then (select count(*) from device"
                    + " where standing = 'active' and entry_id is null) else 0 end as unlisted,"
                    // Said twice, because the index of the others is found only by the second.
                    + " (select count(*) from device where standing = 'waiting' and standing <>"
                    + " 'active') as waiting, (select count(*) from expected_device where"
                    + " retired_at is not null) + (select count(*) from device where standing ="
                    + " 'retired' and standing <> 'active' and entry_id is null) as retired,"
                    + " (select count(*) from device where standing in ('retired', 'refused',"
                    + " 'superseded') and standing <> 'active' and last_contact > standing_at) as"
                    + " heard")
            .map((row, _) ->
                new Census(
                    row.getLong("expected"),
                    row.getLong("enrolled"),
                    row.getLong("absent"),
                    row.getLong("stock"),
                    row.getLong("unlisted"),
                    row.getLong("waiting"),
                    row.getLong("retired"),
                    row.getLong("heard")))
            .one());
  }

  /// At most `most` devices that count and are on no list, by host name.
  public List<Unmatched> unmatched(int most) {
    return database.read(handle ->
        handle
            .createQuery(
                "select d.device_id, d.host, d.last_contact, (select count(*) from expected_device"
                    + " e where e.retired_at is null and ((d.host_key <> '' and e.host_key ="
                    + " d.host_key) or e.serial_hash = d.hardware)) as n from device d where"
                    + " d.standing = 'active' and d.entry_id is null order by d.host, d.device_id"
                    + " limit :most")
            .bind("most", most)
            .map((row, _) ->
                new Unmatched(
                    new DeviceId(row.getString("device_id")),
                    row.getString("host"),
                    Instant.ofEpochMilli(row.getLong("last_contact")),
                    row.getLong("n")))
            .list());
  }

  private static boolean retired(Connection connection, String entry) throws SQLException {
    return Sql.first(
            connection,
            "select retired_at from expected_device where entry_id = ? and retired_at is not null",
            row -> row.getLong(1),
            entry)
        != null;
  }

  private static boolean free(Connection connection, String entry) throws SQLException {
    return Sql.first(
            connection,
            "select entry_id from expected_device where entry_id = ? and device_id is null and"
                + " retired_at is null",
            row -> row.getString(1),
            entry)
        != null;
  }

  private static @Nullable DeviceId last(Connection connection, String entry) throws SQLException {
    return Sql.first(
        connection,
        "select device_id from device where entry_id = ? and standing = 'retired' order by"
            + " standing_at desc limit 1",
        row -> new DeviceId(row.getString(1)),
        entry);
  }
}
