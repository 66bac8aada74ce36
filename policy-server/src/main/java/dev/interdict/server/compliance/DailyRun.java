package dev.interdict.server.compliance;

import dev.interdict.server.scope.Scope;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Takes the figures of a day, once, and keeps them for years ([Daily]); the samples of hours that
/// they outlive ([History]) it lets go. Several servers on one database may all try; one of them
/// takes the day. Thread-safe.
public final class DailyRun {
  private static final int SLICE = 1_000;

  private final Database database;
  private final Compliance compliance;
  private final InstantSource clock;
  private final Duration silentAfter;
  private final ZoneId zone;

  /// @param zone in which a day begins
  public DailyRun(
      Database database,
      Compliance compliance,
      InstantSource clock,
      Duration silentAfter,
      ZoneId zone) {
    this.database = database;
    this.compliance = compliance;
    this.clock = clock;
    this.silentAfter = silentAfter;
    this.zone = zone;
  }

  /// What is counted of a day, whatever the ring.
  private record Cell(String rule, Status status, String os, String department) {}

  /// One row of a day.
  private record Row(Cell cell, String ring, long n) {}

  /// The day that it is.
  public LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), zone);
  }

  /// Takes the figures of `day` as they are now, if nobody did so before.
  ///
  /// @return whether this call took them
  public boolean runOnceFor(LocalDate day) {
    var epochDay = Math.toIntExact(day.toEpochDay());
    if (isTaken(epochDay)) {
      return false;
    }
    var now = clock.instant();
    var rows = rows(now);
    return database.write(connection -> {
      var mine =
          Sql.update(
              connection,
              "insert into daily_run (day, taken_at) values (?,?) on conflict (day) do nothing",
              epochDay,
              now.toEpochMilli());
      if (mine == 1) {
        write(connection, epochDay, rows);
      }
      return mine == 1;
    });
  }

  private boolean isTaken(int day) {
    return database.read(handle ->
        handle
            .createQuery("select day from daily_run where day = :day")
            .bind("day", day)
            .mapTo(Integer.class)
            .findOne()
            .isPresent());
  }

  private List<Row> rows(Instant now) {
    var rules = compliance.rules();
    var horizon = Horizon.at(now, silentAfter);
    return database.read(handle -> {
      var rows = new ArrayList<Row>();
      for (var rule : rules) {
        new Counting(handle, rule, horizon, Scope.WHOLE, Part.WHOLE)
            .cells()
            .forEach((cell, counts) -> {
              for (var status : Status.values()) {
                if (counts.get(status) > 0) {
                  var at = cell.cell();
                  rows.add(
                      new Row(
                          new Cell(rule, status, at.os(), at.department()),
                          cell.ring(),
                          counts.get(status)));
                }
              }
            });
      }
      return rows;
    });
  }

  private static void write(Connection connection, int day, List<Row> rows) throws SQLException {
    var totals = new HashMap<Map.Entry<String, Status>, Long>();
    var cells = new HashMap<Cell, Long>();
    for (var row : rows) {
      var cell = row.cell();
      totals.merge(Map.entry(cell.rule(), cell.status()), row.n(), Long::sum);
      cells.merge(cell, row.n(), Long::sum);
      Sql.update(
          connection,
          "insert into daily_ring (rule_id, day, ring, state, os, department, n) values"
              + " (?,?,?,?,?,?,?)",
          cell.rule(),
          day,
          row.ring(),
          cell.status().word(),
          cell.os(),
          cell.department(),
          row.n());
    }
    for (var cell : cells.entrySet()) {
      Sql.update(
          connection,
          "insert into daily (rule_id, day, state, os, department, n) values (?,?,?,?,?,?)",
          cell.getKey().rule(),
          day,
          cell.getKey().status().word(),
          cell.getKey().os(),
          cell.getKey().department(),
          cell.getValue());
    }
    for (var total : totals.entrySet()) {
      Sql.update(
          connection,
          "insert into daily_total (rule_id, day, state, n) values (?,?,?,?)",
          total.getKey().getKey(),
          day,
          total.getKey().getValue().word(),
          total.getValue());
    }
  }

  /// Lets the samples of hours go that are older than `age`, a slice at a time: their days stay.
  ///
  /// @param now a time that is known to have come
  /// @return how many there were
  public long thin(Instant now, Duration age) {
    var before = now.minus(age).toEpochMilli();
    var gone = 0L;
    int slice;
    do {
      slice =
          database.write(connection -> {
            var oldest =
                Sql.list(
                    connection,
                    "select sampled_at from history_sample where sampled_at < ? order by sampled_at"
                        + " limit "
                        + SLICE,
                    row -> row.getLong(1),
                    before);
            return oldest.isEmpty()
                ? 0
                : Sql.update(
                    connection,
                    "delete from history_sample where sampled_at <= ?",
                    oldest.getLast());
          });
      gone += slice;
    } while (slice > 0);
    return gone;
  }
}
