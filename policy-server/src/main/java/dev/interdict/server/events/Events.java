package dev.interdict.server.events;

import dev.interdict.json.Json;
import dev.interdict.json.JsonWriter;
import dev.interdict.server.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Adds events within the transaction of the change that they tell, so that there is one exactly
/// when there is the other.
public final class Events {
  private Events() {}

  /// Adds one that concerns neither a device nor one rule.
  public static void add(
      Connection connection, EventKind kind, Instant at, String actor, Json.Obj detail)
      throws SQLException {
    add(connection, kind, at, actor, null, null, detail);
  }

  /// Adds one.
  ///
  /// @param actor null where a device told it
  /// @param detail texts, whole numbers and truth values
  public static void add(
      Connection connection,
      EventKind kind,
      Instant at,
      @Nullable String actor,
      @Nullable String device,
      @Nullable String rule,
      Json.Obj detail)
      throws SQLException {
    // Whoever writes is the only writer, so the next number is nobody else's.
    Sql.update(
        connection,
        "insert into event (seq, event_id, at, kind, actor, device_id, rule_id, detail) values"
            + " ((select coalesce(max(e.seq), 0) + 1 from event e),?,?,?,?,?,?,?)",
        "evt_" + UUID.randomUUID().toString().replace("-", ""),
        at.toEpochMilli(),
        kind.word(),
        actor,
        device,
        rule,
        JsonWriter.line(detail));
  }

  /// Adds one unless something of that mark was told before.
  ///
  /// @return whether it was added
  public static boolean once(
      Connection connection,
      String mark,
      EventKind kind,
      Instant at,
      @Nullable String device,
      @Nullable String rule,
      Json.Obj detail)
      throws SQLException {
    var first =
        Sql.update(
                connection,
                "insert into event_mark (mark, at) values (?,?) on conflict (mark) do nothing",
                mark,
                at.toEpochMilli())
            == 1;
    if (first) {
      add(connection, kind, at, null, device, rule, detail);
    }
    return first;
  }
}
