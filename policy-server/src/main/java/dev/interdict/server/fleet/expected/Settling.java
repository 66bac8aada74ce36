package dev.interdict.server.fleet.expected;

import dev.interdict.json.Json;
import dev.interdict.report.DeviceId;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.fleet.Counted;
import dev.interdict.server.fleet.Standing;
import dev.interdict.server.fleet.expected.Binding.Pair;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings devices in line with a list that changed: lets go of entries that are retired, follows
/// entries into other departments, and finds an entry for devices without one.
///
/// Some at a time, each in a transaction of its own: a company's first list may be about a fleet
/// that is enrolled already, and while 200,000 devices were matched no report could be stored and
/// no rule held. Until it is through, a workstation may count twice, as an entry that no device
/// fills and as a device that is on no list. What was broken off is done by the next [#run].
/// Thread-safe.
final class Settling {
  private static final Logger LOG = LoggerFactory.getLogger(Settling.class);
  private static final int FOUND = 5_000;
  private static final String GONE = "its entry was retired";

  /// Devices in one transaction.
  private static final int SLICE = 100;

  private static final String OF_RETIRED =
      "select d.device_id, e.entry_id from device d join expected_device e on e.device_id ="
          + " d.device_id where e.retired_at is not null";

  private static final String ELSEWHERE =
      "select d.device_id, e.entry_id from device d join expected_device e on e.device_id ="
          + " d.device_id where d.standing = 'active' and ((e.department <> '' and e.department <>"
          + " d.department) or (e.ring is not null and e.ring <> d.ring))";

  /// A search and a slice take less.
  private static final Duration HOLDS = Duration.ofMinutes(2);

  private final Database database;
  private final Audit audit;
  private final BooleanSupplier stopped;

  /// @param stopped whether to leave the rest to another time, asked between two slices
  Settling(Database database, Audit audit, BooleanSupplier stopped) {
    this.database = database;
    this.audit = audit;
    this.stopped = stopped;
  }

  /// Notes that there is work, within the transaction that changes the list.
  ///
  /// @param silentBefore devices last heard before this go with their entry: kept, since whoever
  ///   ends this may have been without a network, and heard nobody, for long
  static void due(Connection connection, String actor, Instant silentBefore) throws SQLException {
    Sql.update(
        connection,
        "update expected_version set settling = version, settling_by = ?, settling_silent = ?"
            + " where id = 1",
        actor,
        silentBefore.toEpochMilli());
  }

  private record Due(long version, String by, long silentBefore) {}

  /// Does what is due, if anything is and nobody else is at it. Of several lists that change
  /// meanwhile whoever is at it does all.
  void run(Instant now) {
    if (due() == null) {
      return;
    }
    var claim = new Claim();
    if (!claim.taken()) {
      return;
    }
    try {
      for (var due = due(); due != null && goesOn(claim); due = due()) {
        settle(claim, due, now);
        through(claim, due);
      }
    } finally {
      claim.end();
    }
  }

  private boolean goesOn(Claim claim) {
    return !claim.lost && !stopped.getAsBoolean();
  }

  private interface Work {
    int apply(Connection connection) throws SQLException;
  }

  /// @param done how many devices; -1 if it was not ours to do
  private record Outcome(long until, int done) {}

  /// That nobody else is at it, until a moment that whoever is at it moves on: one that was stopped
  /// for longer than that finds another moment there, and leaves the work to whoever set it.
  private final class Claim {
    private long until;
    private boolean lost;

    private boolean taken() {
      return database.write(connection -> {
        var millis = database.now(connection);
        until = millis + HOLDS.toMillis();
        return Sql.update(
                connection,
                "update expected_version set settling_until = ? where settling is not null and"
                    + " (settling_until is null or settling_until <= ? or settling_until > ?)",
                until,
                millis,
                until)
            == 1;
      });
    }

    /// Does some of it, if it still is ours to do, and has as long again for the next.
    private int write(Work work) {
      var outcome =
          database.write(connection -> {
            var next = Math.max(until + 1, database.now(connection) + HOLDS.toMillis());
            var held =
                Sql.update(
                    connection,
                    "update expected_version set settling_until = ? where settling_until = ?",
                    next,
                    until);
            return held == 1 ? new Outcome(next, work.apply(connection)) : new Outcome(until, -1);
          });
      until = outcome.until();
      lost = lost || outcome.done() < 0;
      return Math.max(0, outcome.done());
    }

    /// What is left of it, another time may begin with at once.
    private void end() {
      database.write(connection ->
          Sql.update(
              connection,
              "update expected_version set settling_until = null where settling_until = ?",
              until));
    }
  }

  private @Nullable Due due() {
    return database.first(
        "select settling, settling_by, settling_silent from expected_version where settling is not"
            + " null",
        row -> new Due(row.getLong(1), row.getString(2), row.getLong(3)));
  }

  private void settle(Claim claim, Due due, Instant now) {
    LOG.atInfo()
        .addKeyValue("list", due.version())
        .addKeyValue("by", due.by())
        .log("bringing devices in line with the company's list");
    each(
        claim,
        OF_RETIRED + " and d.last_contact < ?",
        (connection, pairs) -> goWith(connection, pairs, now),
        due.silentBefore());
    // Not those that went silent, of a list that changed since the pass before.
    each(
        claim,
        OF_RETIRED + " and d.last_contact >= ?",
        (connection, pairs) -> Binding.release(connection, Binding.devices(pairs)),
        due.silentBefore());
    each(
        claim,
        ELSEWHERE,
        (connection, pairs) ->
            Counted.changing(
                connection, Binding.devices(pairs), () -> Binding.move(connection, pairs)));
    each(
        claim, Binding.BY_SERIAL, (connection, pairs) -> Binding.bind(connection, pairs, "serial"));
    each(claim, Binding.BY_HOST, (connection, pairs) -> Binding.bind(connection, pairs, "host"));
  }

  private void through(Claim claim, Due due) {
    if (goesOn(claim)) {
      var _ =
          claim.write(connection ->
              Sql.update(
                  connection,
                  "update expected_version set settling = null, settling_by = null,"
                      + " settling_silent = null where settling = ?",
                  due.version()));
    }
  }

  private interface Step {
    void apply(Connection connection, List<Pair> pairs) throws SQLException;
  }

  /// @param sql finds devices and their entries, and no more of those that were dealt with
  private void each(Claim claim, String sql, Step step, Object... parameters) {
    while (goesOn(claim)) {
      var found = database.list(sql + " limit " + FOUND, row -> row.getString(1), parameters);
      var done = 0;
      for (var from = 0; from < found.size() && goesOn(claim); from += SLICE) {
        var slice = found.subList(from, Math.min(found.size(), from + SLICE));
        done += claim.write(connection -> some(connection, sql, slice, step, parameters));
      }
      if (found.size() < FOUND || done == 0) {
        return;
      }
    }
  }

  /// Looks again, within the transaction, at what was found before it.
  private static int some(
      Connection connection, String sql, List<String> devices, Step step, Object... parameters)
      throws SQLException {
    var pairs = new ArrayList<Pair>();
    var values = Arrays.copyOf(parameters, parameters.length + 1);
    for (var device : devices) {
      values[parameters.length] = device;
      pairs.addAll(Sql.list(connection, sql + " and d.device_id = ?", Binding::pair, values));
    }
    step.apply(connection, pairs);
    return pairs.size();
  }

  /// A device whose entry is retired goes with it if it is silent, by whoever retired that, and it
  /// stays known of which entry it was. One that is still heard goes on counting, as one that is on
  /// no list.
  private void goWith(Connection connection, List<Pair> pairs, Instant now) throws SQLException {
    var ids = Binding.devices(pairs).stream().map(Binding::values).toList();
    Sql.updateAll(connection, Binding.UNFILLED, ids);
    Sql.updateAll(connection, "update device set bound_by = null where device_id = ?", ids);
    var by = new TreeMap<String, List<DeviceId>>();
    for (var pair : pairs) {
      var actor = retiredBy(connection, pair.entry());
      by.computeIfAbsent(actor, _ -> new ArrayList<>()).add(pair.device());
      audit.append(
          connection,
          actor,
          "fleet.gone",
          pair.device().value(),
          Json.object().put("entry", pair.entry()).put("reason", GONE).build());
    }
    for (var one : by.entrySet()) {
      Binding.stand(connection, one.getValue(), Standing.RETIRED, one.getKey(), GONE, now);
    }
  }

  private static String retiredBy(Connection connection, String entry) throws SQLException {
    return Sql.list(
            connection,
            "select retired_by from expected_device where entry_id = ?",
            row -> row.getString(1),
            entry)
        .getFirst();
  }
}
