package dev.interdict.server.events;

import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The events that are kept, in the order in which they were committed. Thread-safe.
public final class EventLog {
  private static final int SLICE = 1_000;

  private final Database database;

  public EventLog(Database database) {
    this.database = database;
  }

  /// At most `most` events after number `seq`, in order.
  public List<Event> after(long seq, int most) {
    return database.read(handle ->
        handle
            .createQuery("select * from event where seq > :seq order by seq limit :most")
            .bind("seq", seq)
            .bind("most", most)
            .map((row, _) -> read(row))
            .list());
  }

  /// At most `most` of those that the filter lets through, behind `after` in its order.
  ///
  /// @param after the number of an event; null for the first ones
  public List<Event> list(EventFilter filter, @Nullable Long after, int most) {
    var where = filter.where();
    if (after != null) {
      where.add(filter.newestFirst() ? "seq < :after" : "seq > :after").bind("after", after);
    }
    return database.read(handle ->
        handle
            .createQuery(
                "select * from event"
                    + where.text()
                    + " order by seq"
                    + (filter.newestFirst() ? " desc" : "")
                    + " limit :most")
            .bindMap(where.binds())
            .bind("most", most)
            .map((row, _) -> read(row))
            .list());
  }

  /// How many the filter lets through.
  public long count(EventFilter filter) {
    var where = filter.where();
    return database.read(handle ->
        handle
            .createQuery("select count(*) from event" + where.text())
            .bindMap(where.binds())
            .mapTo(Long.class)
            .one());
  }

  /// How many are kept.
  public long count() {
    var count = database.first("select count(*) from event", row -> row.getLong(1));
    return count == null ? 0 : count;
  }

  /// The event of that id.
  public Optional<Event> find(String id) {
    return database.read(handle ->
        handle
            .createQuery("select * from event where event_id = :id order by seq limit 1")
            .bind("id", id)
            .map((row, _) -> read(row))
            .findOne());
  }

  /// The number of the newest one; 0 where there never was any.
  public long newest() {
    var seq = database.first("select coalesce(max(seq), 0) from event", row -> row.getLong(1));
    return seq == null ? 0 : seq;
  }

  /// Lets go what is older than `before`, and the oldest beyond `most`; the newest always stays, so
  /// that no number comes twice.
  ///
  /// @return how many
  public long prune(Instant before, long most) {
    var through = newest();
    var gone = 0L;
    while (true) {
      var slice =
          database.write(connection -> {
            var last =
                Sql.first(
                    connection,
                    "select coalesce(max(s.seq), 0) from (select seq from event where seq < ? and"
                        + " (at < ? or seq <= ?) order by seq limit ?) s",
                    row -> row.getLong(1),
                    through,
                    before.toEpochMilli(),
                    through - most,
                    SLICE);
            if (last == null || last == 0) {
              return 0;
            }
            return Sql.update(connection, "delete from event where seq <= ?", last);
          });
      if (slice == 0) {
        return gone;
      }
      gone += slice;
    }
  }

  /// Forgets what was told once, so long ago that it cannot come again.
  public void forgetMarks(Instant before) {
    database.write(connection ->
        Sql.update(connection, "delete from event_mark where at < ?", before.toEpochMilli()));
  }

  /// The event of a row of the table.
  public static Event read(ResultSet row) throws SQLException {
    return new Event(
        row.getLong("seq"),
        row.getString("event_id"),
        Instant.ofEpochMilli(row.getLong("at")),
        EventKind.read(row.getString("kind")),
        row.getString("kind"),
        row.getString("actor"),
        row.getString("device_id"),
        row.getString("rule_id"),
        detail(row.getString("detail")));
  }

  private static Json.Obj detail(String text) {
    try {
      var json = JsonReader.read(text.getBytes(StandardCharsets.UTF_8), JsonLimits.OWN);
      return json instanceof Json.Obj object ? object : Json.object().build();
    } catch (JsonException e) {
      throw new IllegalStateException("an event's detail is not as it was written", e);
    }
  }
}
