package dev.interdict.server.fleet.expected;

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
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Brings devices in line with a list that changed: lets go of entries that are retired, follows
/// entries into other departments, and finds an entry for devices without one.
///
/// Some at a time, each in a transaction of its own: a company's first list may be about a fleet
/// that is enrolled already, and while 200,000 devices were matched no report could be stored and
/// no rule held. Until it is through, a workstation may count twice, as an entry that no device
/// fills and as a device that is on no list. What was broken off is done by the next [#run].
/// Thread-safe.
final class Settling {
  private static final int FOUND = 5_000;

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
  private final BooleanSupplier stopped;

  /// @param stopped whether to leave the rest to another time, asked between two slices
  Settling(Database database, BooleanSupplier stopped) {
    this.database = database;
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
    if (!claimed()) {
      return;
    }
    try {
      for (var due = due(); due != null && !stopped.getAsBoolean(); due = due()) {
        settle(due, now);
        through(due);
      }
    } finally {
      // What is left of it, another time may begin with at once.
      database.write(connection ->
          Sql.update(connection, "update expected_version set settling_until = null"));
    }
  }

  private boolean claimed() {
    return due() != null
        && database.write(connection -> {
          var millis = database.now(connection);
          return Sql.update(
                  connection,
                  "update expected_version set settling_until = ? where settling is not null and"
                      + " (settling_until is null or settling_until <= ? or settling_until > ?)",
                  millis + HOLDS.toMillis(),
                  millis,
                  millis + HOLDS.toMillis())
              == 1;
        });
  }

  private @Nullable Due due() {
    return database.first(
        "select settling, settling_by, settling_silent from expected_version where settling is not"
            + " null",
        row -> new Due(row.getLong(1), row.getString(2), row.getLong(3)));
  }

  private void settle(Due due, Instant now) {
    each(
        OF_RETIRED + " and d.last_contact < ?",
        (connection, pairs) -> goWith(connection, due.by(), pairs, now),
        due.silentBefore());
    // Not those that went silent, of a list that changed since the pass before.
    each(
        OF_RETIRED + " and d.last_contact >= ?",
        (connection, pairs) -> Binding.release(connection, Binding.devices(pairs)),
        due.silentBefore());
    each(
        ELSEWHERE,
        (connection, pairs) ->
            Counted.changing(
                connection, Binding.devices(pairs), () -> Binding.move(connection, pairs)));
    each(Binding.BY_SERIAL, (connection, pairs) -> Binding.bind(connection, pairs, "serial"));
    each(Binding.BY_HOST, (connection, pairs) -> Binding.bind(connection, pairs, "host"));
  }

  private void through(Due due) {
    if (!stopped.getAsBoolean()) {
      database.write(connection ->
          Sql.update(
              connection,
              "update expected_version set settling = null, settling_by = null, settling_silent ="
                  + " null where settling = ?",
              due.version()));
    }
  }

  private interface Step {
    void apply(Connection connection, List<Pair> pairs) throws SQLException;
  }

  /// @param sql finds devices and their entries, and no more of those that were dealt with
  private void each(String sql, Step step, Object... parameters) {
    while (true) {
      var found = database.list(sql + " limit " + FOUND, row -> row.getString(1), parameters);
      var done = 0;
      for (var from = 0; from < found.size() && !stopped.getAsBoolean(); from += SLICE) {
        var slice = found.subList(from, Math.min(found.size(), from + SLICE));
        done += database.write(connection -> some(connection, sql, slice, step, parameters));
      }
      if (found.size() < FOUND || done == 0 || stopped.getAsBoolean()) {
        return;
      }
    }
  }

  /// Looks again, within the transaction, at what was found before it.
  private int some(
      Connection connection, String sql, List<String> devices, Step step, Object... parameters)
      throws SQLException {
    var pairs = new ArrayList<Pair>();
    var values = Arrays.copyOf(parameters, parameters.length + 1);
    for (var device : devices) {
      values[parameters.length] = device;
      pairs.addAll(Sql.list(connection, sql + " and d.device_id = ?", Binding::pair, values));
    }
    step.apply(connection, pairs);
    Sql.update(
        connection,
        "update expected_version set settling_until = ?",
        database.now(connection) + HOLDS.toMillis());
    return pairs.size();
  }

  /// A device whose entry is retired goes with it if it is silent, and it stays known of which
  /// entry it was. One that is still heard goes on counting, as one that is on no list.
  private static void goWith(Connection connection, String actor, List<Pair> pairs, Instant now)
      throws SQLException {
    var devices = Binding.devices(pairs);
    var ids = devices.stream().map(Binding::values).toList();
    Sql.updateAll(connection, Binding.UNFILLED, ids);
    Sql.updateAll(connection, "update device set bound_by = null where device_id = ?", ids);
    Binding.stand(connection, devices, Standing.RETIRED, actor, "its entry was retired", now);
  }
}
