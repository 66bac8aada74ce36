package dev.interdict.server.fleet;

import dev.interdict.json.JsonException;
import dev.interdict.report.DeviceId;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Rows;
import dev.interdict.server.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Holds what pages read against what the stored reports say, device by device, and sets it right
/// where that is asked for. Each device is one transaction, the counts one more, so whatever breaks
/// off leaves every device whole. The server may run meanwhile: a device that reports in between is
/// done again.
///
/// Rows of actions, notices and answers whose report is gone have nothing to be held against, and
/// stay.
public final class Rebuild {
  private static final int PAGE = 200;

  /// What a rule's row has that no report tells.
  private static final List<String> OVERLAID = List.of("shade", "listed");

  /// Names those in a difference.
  private static final String SHADES = "shade";

  private final Database database;
  private final boolean writes;

  /// A row as it stands, or as it should.
  private record Held(
      String table,
      String key,
      @Nullable SequencedMap<String, @Nullable Object> stored,
      @Nullable SequencedMap<String, @Nullable Object> expected) {}

  /// @param writes whether what differs is set right
  public Rebuild(Database database, boolean writes) {
    this.database = database;
    this.writes = writes;
  }

  /// What hears of the work.
  public interface Witness {
    /// A row differs.
    void differs(Difference difference);

    /// The reports of a device cannot be read, so that nothing is known against its rows.
    void unreadable(DeviceId device, String why);

    /// So many devices are done.
    void done(long devices);
  }

  /// Goes through all devices, then the counts.
  public void run(Witness witness) {
    var done = 0L;
    try (var replay = new Replay()) {
      for (var page = page(""); !page.isEmpty(); page = page(page.getLast())) {
        for (var device : page) {
          device(replay, new DeviceId(device), witness);
          witness.done(++done);
        }
      }
    }
    new Recount(database, writes).run(witness::differs);
  }

  private List<String> page(String after) {
    return database.read(handle ->
        handle
            .createQuery(
                "select device_id from device where device_id > :after order by device_id limit "
                    + PAGE)
            .bind("after", after)
            .mapTo(String.class)
            .list());
  }

  private void device(Replay replay, DeviceId device, Witness witness) {
    try {
      var held = database.read(handle -> held(replay, handle.getConnection(), device));
      if (writes && !held.isEmpty()) {
        held = database.write(connection -> mend(replay, connection, device));
      }
      held.forEach(one -> differences(device, one, witness::differs));
    } catch (UnreadableException e) {
      witness.unreadable(device, String.valueOf(e.getMessage()));
    }
  }

  private static final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnreadableException(Exception cause) {
      super(cause.getMessage(), cause);
    }
  }

  /// The rows that differ, made in one snapshot.
  private static List<Held> held(Replay replay, Connection stored, DeviceId device) {
    try {
      var base = replay.make(stored, device, Long.MAX_VALUE);
      var held = new ArrayList<Held>();
      for (var table : Replay.TABLES) {
        compare(replay, stored, device, table, base, held);
      }
      own(replay, stored, device, held);
      shades(stored, device, held);
      names(replay, stored, device, held);
      return held;
    } catch (JsonException | SQLException e) {
      throw new UnreadableException(e);
    }
  }

  private static List<String> key(String table) {
    return switch (table) {
      case "rule_state" -> List.of("rule_id");
      case "finding" -> List.of("rule_id", "n");
      case "device_note" -> List.of("n");
      case "answer" -> List.of("rule_id", "answer_id");
      default -> List.of("sequence", "n");
    };
  }

  private static void compare(
      Replay replay, Connection stored, DeviceId device, String table, long base, List<Held> held)
      throws SQLException {
    var all = "select * from " + table + " where device_id = ?";
    var expected = Rows.read(replay.made(), key(table), all, device.value());
    var there = Rows.read(stored, key(table), all, device.value());
    if (table.equals("rule_state")) {
      // No report tells them.
      expected.values().forEach(row -> row.keySet().removeAll(OVERLAID));
      there.values().forEach(row -> row.keySet().removeAll(OVERLAID));
    }
    for (var row : expected.entrySet()) {
      var stands = there.remove(row.getKey());
      var should = row.getValue();
      if (stands != null && base > 0 && table.equals("answer")) {
        // It was first heard by a report that is gone.
        should.put("heard_at", stands.get("heard_at"));
      }
      if (stands != null && table.equals("answer") && stands.get("sequence") == null) {
        // It was heard before V73.
        should.put("sequence", null);
      }
      if (!should.equals(stands)) {
        held.add(new Held(table, row.getKey(), stands, should));
      }
    }
    for (var row : there.entrySet()) {
      if (!survives(stored, device, table, base, row.getValue())) {
        held.add(new Held(table, row.getKey(), row.getValue(), null));
      }
    }
  }

  /// Whether a row has no report behind it because that is gone.
  private static boolean survives(
      Connection stored,
      DeviceId device,
      String table,
      long base,
      SequencedMap<String, @Nullable Object> row)
      throws SQLException {
    return switch (table) {
      case "answer" -> base > 0;
      case "action", "notice" ->
          (Long) Objects.requireNonNull(row.get("sequence")) <= base
              && Sql.first(
                      stored,
                      "select sequence from report where device_id = ? and sequence = ?",
                      found -> found.getLong(1),
                      device.value(),
                      row.get("sequence"))
                  == null;
      default -> false;
    };
  }

  /// What lies over the reports and does not follow from where the device stands. By time alone a
  /// shade may be wrong for a while; whoever reads it knows.
  private static void shades(Connection stored, DeviceId device, List<Held> held)
      throws SQLException {
    var sql =
        "select '' as rule_id, shade, case when standing <> 'active' then 'aside' when supported ="
            + " 0 then 'unsupported' when shade = 'silent' then 'silent' else 'plain' end as due,"
            + " 0 as listed, 0 as on_list from device where device_id = ? union all select"
            + " s.rule_id, s.shade, case when d.shade = 'plain' and s.exempt_until is not null and"
            + " s.shade = 'exempt' then 'exempt' else d.shade end, s.listed, case when d.entry_id"
            + " is null then 0 else 1 end from rule_state s join device d on d.device_id ="
            + " s.device_id where s.device_id = ?";
    var rows = Rows.read(stored, List.of("rule_id"), sql, device.value(), device.value());
    rows.forEach((rule, row) -> {
      var stands = new LinkedHashMap<String, @Nullable Object>();
      stands.put("shade", row.get("shade"));
      stands.put("listed", row.get("listed"));
      var should = new LinkedHashMap<String, @Nullable Object>();
      should.put("shade", row.get("due"));
      should.put("listed", row.get("on_list"));
      if (!stands.equals(should)) {
        held.add(new Held(SHADES, rule, stands, should));
      }
    });
  }

  /// By what the device is found. What it is no longer called finds nothing, and is left.
  private static void names(Replay replay, Connection stored, DeviceId device, List<Held> held)
      throws SQLException {
    var host =
        Sql.first(
            replay.made(),
            "select host from device where device_id = ?",
            row -> row.getString(1),
            device.value());
    for (var row : NameIndex.missing(stored, device, Objects.requireNonNull(host))) {
      held.add(new Held(NameIndex.TABLE, String.valueOf(row.get("ending")), null, row));
    }
  }

  private static void own(Replay replay, Connection stored, DeviceId device, List<Held> held)
      throws SQLException {
    var columns = String.join(", ", Replay.DEVICE);
    var one = "select " + columns + " from device where device_id = ?";
    var expected = Rows.read(replay.made(), List.of(), one, device.value()).get("");
    var there = Rows.read(stored, List.of(), one, device.value()).get("");
    // One that never reported is as it enrolled.
    if (expected != null
        && there != null
        && !Long.valueOf(0).equals(expected.get("sequence"))
        && !expected.equals(there)) {
      held.add(new Held("device", "", there, expected));
    }
  }

  /// Sets right what differs by now.
  private static List<Held> mend(Replay replay, Connection connection, DeviceId device)
      throws SQLException {
    var held = held(replay, connection, device);
    Counted.changing(
        connection,
        device,
        () -> {
          for (var row : held) {
            mend(connection, device, row);
          }
        });
    return held;
  }

  private static void mend(Connection connection, DeviceId device, Held row) throws SQLException {
    var expected = row.expected();
    if (row.table().equals(SHADES)) {
      // Whoever changes a device sets them.
      return;
    }
    if (row.table().equals("device")) {
      var values = new ArrayList<@Nullable Object>(Objects.requireNonNull(expected).values());
      values.add(device.value());
      Sql.update(
          connection,
          "update device set "
              + String.join(" = ?, ", expected.keySet())
              + " = ? where device_id = ?",
          values.toArray());
      return;
    }
    var stored = row.stored();
    if (stored != null) {
      var key = key(row.table());
      var values = new ArrayList<@Nullable Object>();
      values.add(device.value());
      key.forEach(column -> values.add(stored.get(column)));
      Sql.update(
          connection,
          "delete from "
              + row.table()
              + " where device_id = ? and "
              + String.join(" = ? and ", key)
              + " = ?",
          values.toArray());
    }
    if (expected != null) {
      Rows.insert(connection, row.table(), expected);
    }
  }

  private static void differences(DeviceId device, Held row, Consumer<Difference> to) {
    var stored = row.stored();
    var expected = row.expected();
    var key = device + (row.key().isEmpty() ? "" : "/") + row.key();
    if (stored == null || expected == null) {
      to.accept(new Difference(row.table(), key, null, text(stored), text(expected)));
      return;
    }
    for (var column : expected.keySet()) {
      if (!Objects.equals(stored.get(column), expected.get(column))) {
        to.accept(
            new Difference(
                row.table(), key, column, text(stored.get(column)), text(expected.get(column))));
      }
    }
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
