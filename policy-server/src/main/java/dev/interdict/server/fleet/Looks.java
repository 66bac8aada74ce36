package dev.interdict.server.fleet;

import dev.interdict.json.Json;
import dev.interdict.report.DeviceId;
import dev.interdict.report.Look;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import dev.interdict.server.store.StoreException;
import dev.interdict.server.store.Writes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who looked at which device: at its page, or at what was found there among others, in a list or
/// an export. Each look is audited, and told to the device with the answer to its next report;
/// where that answer gets lost, the repeated report gets it again.
///
/// A page that is left open asks again and again: looks of one person at one device within
/// [#ONE_LOOK] of a recorded one are that one. Thread-safe.
public final class Looks {
  /// For how long a look counts as going on.
  public static final Duration ONE_LOOK = Duration.ofMinutes(15);

  /// For how long one counts as going on that shows the device among others.
  public static final Duration ONE_LIST = Duration.ofDays(1);

  /// For how long those are kept that the device was told of.
  private static final Duration LISTED = Duration.ofDays(30);

  private static final Comparator<DeviceId> BY_ID = Comparator.comparing(DeviceId::value);

  private final Database database;
  private final Audit audit;
  private final InstantSource clock;

  public Looks(Database database, Audit audit, InstantSource clock) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
  }

  /// Records that somebody looks; returns only once that is durable, so that nothing is shown of
  /// which nobody could learn.
  public void record(DeviceId device, String who, String role) {
    var now = clock.instant();
    if (database.read(
        handle ->
            handle
                    .createQuery(
                        "select count(*) from device_look where device_id = :id and who = :who and"
                            + " listed = 0 and at > :since and at <= :now")
                    .bind("id", device.value())
                    .bind("who", who)
                    .bind("since", now.minus(ONE_LOOK).toEpochMilli())
                    .bind("now", now.toEpochMilli())
                    .mapTo(Long.class)
                    .one()
                > 0)) {
      return;
    }
    database.write(connection -> {
      var added =
          Sql.update(
              connection,
              "insert into device_look (device_id, at, who, role) values (?,?,?,?) on conflict"
                  + " (device_id, at, who) do update set listed = 0 where device_look.listed = 1",
              device.value(),
              now.toEpochMilli(),
              who,
              role);
      if (added == 1) {
        audit.append(
            connection,
            who,
            "device.look",
            device.value(),
            Json.object().put("role", role).build());
      }
      return added;
    });
  }

  /// Records that somebody is shown devices together; returns only once that is durable. Those
  /// count whom this person was not shown within `spell` before. A device that does not report is
  /// kept the last such look of each person and no more, however often a program asks.
  ///
  /// @param what they are shown, for the audit log; null where that has it already
  public void record(
      Collection<DeviceId> devices,
      String who,
      String role,
      Duration spell,
      @Nullable String what) {
    var now = clock.instant();
    var fresh = new ArrayList<>(devices.stream().distinct().sorted(BY_ID).toList());
    fresh.removeAll(database.read(handle -> lately(handle.getConnection(), fresh, who, spell)));
    if (fresh.isEmpty()) {
      return;
    }
    database.write(connection -> {
      var writes = new Writes();
      for (var device : fresh) {
        writes.add(
            "delete from device_look where device_id = ? and listed = 1 and (told_sequence is null"
                + " and who = ? or told_sequence is not null and at <= ?)",
            device.value(),
            who,
            now.minus(LISTED).toEpochMilli());
        writes.add(
            "insert into device_look (device_id, at, who, role, listed) values (?,?,?,?,1) on"
                + " conflict (device_id, at, who) do nothing",
            device.value(),
            now.toEpochMilli(),
            who,
            role);
      }
      writes.run(connection);
      if (what != null) {
        var named = fresh.stream().map(DeviceId::value).toList();
        var detail =
            Json.object()
                .put("role", role)
                .put("count", fresh.size())
                .put("devices", Json.texts(named))
                .build();
        audit.append(connection, who, "device.listed", what, detail);
      }
      return fresh.size();
    });
  }

  private Set<DeviceId> lately(
      Connection connection, List<DeviceId> devices, String who, Duration spell) {
    var now = clock.instant();
    var from = now.minus(spell).toEpochMilli();
    var lately = new HashSet<DeviceId>();
    try {
      Among.list(
          connection,
          "select device_id, at, who from device_look where device_id in "
              + Among.MARKS
              + " and at > "
              + from
              + " and at <= "
              + now.toEpochMilli(),
          devices,
          row ->
              row.getString("who").equals(who)
                  && lately.add(new DeviceId(row.getString("device_id"))));
    } catch (SQLException e) {
      throw new StoreException("looks cannot be read: " + e.getMessage(), e);
    }
    return lately;
  }

  /// At most `most` looks at a device, newest first.
  public List<Look> newest(DeviceId device, int most) {
    return database.read(handle ->
        handle
            .createQuery(
                "select at, who, role from device_look where device_id = :id order by at desc, who"
                    + " limit :most")
            .bind("id", device.value())
            .bind("most", most)
            .map((row, _) -> look(row))
            .list());
  }

  /// What is kept of the looks at one device.
  ///
  /// @param newest the newest of them, newest first
  /// @param count how many there are
  public record Kept(List<Look> newest, long count) {
    /// Nobody looked.
    public static final Kept NONE = new Kept(List.of(), 0);

    public Kept {
      newest = List.copyOf(newest);
    }
  }

  /// At most `most` looks at each of many devices; none of one at which nobody looked.
  public Map<DeviceId, Kept> newest(Collection<DeviceId> devices, int most) {
    return database.read(handle -> {
      var looks = new HashMap<DeviceId, List<Look>>();
      var counts = new HashMap<DeviceId, Long>();
      try {
        Among.list(
            handle.getConnection(),
            "select device_id, at, who, role, kept from (select device_id, at, who, role, count(*)"
                + " over (partition by device_id) as kept, row_number() over (partition by"
                + " device_id order by at desc, who) as place from device_look where device_id in "
                + Among.MARKS
                + ") ranked where place <= "
                + most
                + " order by device_id, place",
            devices.stream().distinct().toList(),
            row -> {
              var device = new DeviceId(row.getString("device_id"));
              counts.put(device, row.getLong("kept"));
              return looks.computeIfAbsent(device, _ -> new ArrayList<>()).add(look(row));
            });
      } catch (SQLException e) {
        throw new StoreException("looks cannot be read: " + e.getMessage(), e);
      }
      var kept = new HashMap<DeviceId, Kept>();
      looks.forEach(
          (device, newest) -> kept.put(device, new Kept(newest, counts.getOrDefault(device, 0L))));
      return kept;
    });
  }

  /// The looks that devices do not know of yet, the oldest first.
  static Map<DeviceId, List<Look>> untold(Connection connection, List<DeviceId> devices)
      throws SQLException {
    var untold = new HashMap<DeviceId, List<Look>>();
    Among.list(
        connection,
        "select device_id, at, who, role from device_look where told_sequence is null and"
            + " device_id in "
            + Among.MARKS
            + " order by at, who",
        devices,
        row ->
            untold
                .computeIfAbsent(new DeviceId(row.getString("device_id")), _ -> new ArrayList<>())
                .add(look(row)));
    return untold;
  }

  /// The first of `untold`, which from now on count as told with the answer to report `sequence`.
  static List<Look> tell(Writes writes, List<Look> untold, DeviceId device, long sequence) {
    var told = untold.subList(0, Math.min(untold.size(), Look.MOST));
    for (var look : told) {
      writes.add(
          "update device_look set told_sequence = ? where device_id = ? and at = ? and who = ?",
          sequence,
          device.value(),
          look.at().toEpochMilli(),
          look.who());
    }
    return told;
  }

  /// The looks that were told with the answer to report `sequence`.
  static List<Look> told(Connection connection, DeviceId device, long sequence)
      throws SQLException {
    return Sql.list(
        connection,
        "select at, who, role from device_look where device_id = ? and told_sequence = ? order by"
            + " at, who",
        Looks::look,
        device.value(),
        sequence);
  }

  private static Look look(ResultSet row) throws SQLException {
    return new Look(
        Instant.ofEpochMilli(row.getLong("at")), row.getString("who"), row.getString("role"));
  }
}
