package dev.interdict.server.events;

import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// How far one reader has come. It survives the reader; what was let go before it was read is
/// counted, never silently left out. Thread-safe.
public final class Feed {
  private final Database database;
  private final EventLog log;
  private final String name;

  /// @param name of the reader, for good
  public Feed(Database database, String name) {
    this.database = database;
    this.log = new EventLog(database);
    this.name = name;
  }

  /// What comes next.
  ///
  /// @param lost how many before the first were let go unread
  public record Batch(List<Event> events, long lost) {
    public Batch {
      events = List.copyOf(events);
    }
  }

  /// Begins with what happens from now on, unless it has begun before.
  public void begin() {
    database.write(connection -> {
      begin(connection, name);
      return 0;
    });
  }

  /// The same, within a transaction.
  public static void begin(Connection connection, String name) throws SQLException {
    Sql.update(
        connection,
        "insert into event_feed (feed, seq, lost) values (?, (select coalesce(max(e.seq), 0) from"
            + " event e), 0) on conflict (feed) do nothing",
        name);
  }

  /// The next events, at most so many; none where the reader has not begun.
  public Batch next(int most) {
    var from = seq();
    if (from < 0) {
      return new Batch(List.of(), 0);
    }
    var events = log.after(from, most);
    return new Batch(events, events.isEmpty() ? 0 : events.getFirst().seq() - from - 1);
  }

  /// All up to and with the last of `batch` was taken over.
  public void done(Batch batch) {
    database.write(connection -> {
      done(connection, batch);
      return 0;
    });
  }

  /// The same, within a transaction.
  public void done(Connection connection, Batch batch) throws SQLException {
    var last = batch.events().getLast().seq();
    Sql.update(
        connection,
        "update event_feed set seq = ?, lost = lost + ? where feed = ? and seq < ?",
        last,
        batch.lost(),
        name,
        last);
  }

  /// How many events were let go before they were read.
  public long lost() {
    return number("select lost from event_feed where feed = ?", 0);
  }

  /// How many wait.
  public long waiting() {
    var seq = seq();
    return seq < 0 ? 0 : log.newest() - seq;
  }

  private long seq() {
    return number("select seq from event_feed where feed = ?", -1);
  }

  private long number(String query, long absent) {
    var value = database.first(query, row -> row.getLong(1), name);
    return value == null ? absent : value;
  }
}
