package dev.interdict.server.publish;

import dev.interdict.json.Json;
import dev.interdict.policy.RuleId;
import dev.interdict.policy.Stop;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import java.time.InstantSource;
import java.util.Optional;

/// The table of changes of what is held, append-only. Thread-safe.
public final class Stops {
  private final Database database;
  private final Audit audit;
  private final InstantSource clock;

  public Stops(Database database, Audit audit, InstantSource clock) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
  }

  /// Records that another stop is in force, and what it took the place of.
  void add(String actor, String before, Stop after, String written) {
    database.write(connection -> {
      var last =
          Sql.first(connection, "select max(change_id) from stop_change", row -> row.getLong(1));
      Sql.update(
          connection,
          "insert into stop_change (change_id, at, actor, held_before, held_after) values"
              + " (?,?,?,?,?)",
          (last == null ? 0 : last) + 1,
          clock.millis(),
          actor,
          before,
          written);
      var held = after.all() ? "all" : after.rules().isEmpty() ? "none" : ids(after);
      ListEvents.stopped(connection, actor, held, after.reason(), clock.instant());
      return audit.append(
          connection,
          actor,
          "controls.stop",
          held,
          Json.object().put("reason", after.reason()).build());
    });
  }

  private static String ids(Stop stop) {
    return String.join(" ", stop.rules().stream().map(RuleId::value).sorted().toList());
  }

  /// The last change of what is held.
  public Optional<StopChange> last() {
    return database.read(handle ->
        handle
            .createQuery("select * from stop_change order by change_id desc limit 1")
            .map((row, _) -> StopChange.read(row))
            .findOne());
  }
}
