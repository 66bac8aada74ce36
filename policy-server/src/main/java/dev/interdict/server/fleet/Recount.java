package dev.interdict.server.fleet;

import dev.interdict.server.store.Database;
import dev.interdict.server.store.Rows;
import dev.interdict.server.store.Sql;
import dev.interdict.server.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Holds the counts that every report changes against a count of all devices. Both are read in one
/// snapshot, and what is missing is added to what stands by then, so no report has to wait.
public final class Recount {
  private static final String LISTED = "case when d.entry_id is null then 0 else 1 end";

  /// What each table of [Rollup] counts, with a line for each of its counts.
  private static final Map<Rollup.Table, List<String>> OF =
      Map.of(
          Rollup.FLEET,
          List.of(
              "select d.os, d.department, d.shade, "
                  + LISTED
                  + " as listed, count(*) as n from device d group by d.os, d.department, d.shade, "
                  + LISTED),
          Rollup.RULE,
          List.of(
              "select rule_id, '' as source, shade, listed, state, os, department, count(*) as n"
                  + " from rule_state group by rule_id, shade, listed, state, os, department",
              "select s.rule_id, f.source, s.shade, s.listed, s.state, s.os, s.department, count(*)"
                  + " as n from finding f join rule_state s on s.device_id = f.device_id and"
                  + " s.rule_id = f.rule_id where f.host is not null group by s.rule_id, f.source,"
                  + " s.shade, s.listed, s.state, s.os, s.department"),
          Rollup.FINE,
          List.of(
              "select '' as rule_id, coalesce(d.agent_version, '') as version, d.ring, d.shade, "
                  + LISTED
                  + " as listed, '' as state, d.os, d.department, count(*) as n from device d group"
                  + " by coalesce(d.agent_version, ''), d.ring, d.shade, "
                  + LISTED
                  + ", d.os, d.department",
              "select s.rule_id, coalesce(d.agent_version, '') as version, d.ring, s.shade,"
                  + " s.listed, s.state, s.os, s.department, count(*) as n from rule_state s join"
                  + " device d on d.device_id = s.device_id group by s.rule_id,"
                  + " coalesce(d.agent_version, ''), d.ring, s.shade, s.listed, s.state, s.os,"
                  + " s.department"));

  private final Database database;
  private final boolean writes;

  /// A count that is wrong by `change`.
  private record Off(
      String table, SequencedMap<String, @Nullable Object> key, long stored, long counted) {}

  /// @param writes whether what differs is set right
  public Recount(Database database, boolean writes) {
    this.database = database;
    this.writes = writes;
  }

  /// Where a counter and what it counts differ now; nothing is changed. None while all is well.
  public static List<String> differences(Database database) {
    var found = new ArrayList<String>();
    new Recount(database, false).run(one -> found.add(one.toString()));
    return found;
  }

  /// Counts.
  public void run(Consumer<Difference> differs) {
    var off = new ArrayList<Off>();
    database.read(handle -> {
      try {
        off(handle.getConnection(), off);
        return off.size();
      } catch (SQLException e) {
        throw new StoreException("the recount failed", e);
      }
    });
    if (writes && !off.isEmpty()) {
      database.write(connection -> {
        for (var one : off) {
          mend(connection, one);
        }
        return off.size();
      });
    }
    for (var one : off) {
      var key = String.join("/", one.key().values().stream().map(String::valueOf).toList());
      differs.accept(
          new Difference(
              one.table(), key, "n", Long.toString(one.stored()), Long.toString(one.counted())));
    }
  }

  private static void off(Connection connection, List<Off> off) throws SQLException {
    for (var table : Rollup.TABLES) {
      compare(connection, table, off);
    }
  }

  private static void compare(Connection connection, Rollup.Table of, List<Off> off)
      throws SQLException {
    var table = of.name();
    var key = of.key();
    var stored = Rows.read(connection, key, "select * from " + table);
    var counted = new TreeMap<String, SequencedMap<String, @Nullable Object>>();
    for (var count : Objects.requireNonNull(OF.get(of))) {
      counted.putAll(Rows.read(connection, key, count));
    }
    var keys = new TreeSet<>(stored.keySet());
    keys.addAll(counted.keySet());
    for (var one : keys) {
      var stands = stored.get(one);
      var should = counted.get(one);
      if (n(stands) != n(should)) {
        var there = Objects.requireNonNull(stands == null ? should : stands);
        var row = new LinkedHashMap<String, @Nullable Object>();
        key.forEach(column -> row.put(column, there.get(column)));
        off.add(new Off(table, row, n(stands), n(should)));
      }
    }
  }

  private static long n(@Nullable SequencedMap<String, @Nullable Object> row) {
    return row == null ? 0 : (Long) Objects.requireNonNull(row.get("n"));
  }

  private static void mend(Connection connection, Off off) throws SQLException {
    var key = List.copyOf(off.key().keySet());
    var columns = String.join(", ", key);
    var values = new ArrayList<@Nullable Object>(off.key().values());
    values.add(off.counted() - off.stored());
    Sql.update(
        connection,
        "insert into "
            + off.table()
            + " ("
            + columns
            + ", n) values ("
            + "?, ".repeat(key.size())
            + "?) on conflict ("
            + columns
            + ") do update set n = "
            + off.table()
            + ".n + excluded.n",
        values.toArray());
  }
}
