package dev.interdict.server.events;

import dev.interdict.json.Json;
import dev.interdict.server.store.Database;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What came after a rule's date: software that came back, and launches that were blocked. Counted
/// from the events that are kept, each read once: the first question reads them all, every later
/// one those that came since. Thread-safe.
public final class Afterwards {
  private static final int SLICE = 5_000;

  private final Database database;
  private final Map<String, Of> rules = new HashMap<>();
  private long read;

  /// @param reappeared how often software came back on a device
  /// @param blocked launches that were blocked
  public record Counts(long reappeared, long blocked) {}

  /// One rule's, by their times.
  private static final class Of {
    final TreeMap<Instant, Long> reappeared = new TreeMap<>();
    final TreeMap<Instant, Long> blocked = new TreeMap<>();
  }

  public Afterwards(Database database) {
    this.database = database;
  }

  /// What events tell of `rule` from `from` on.
  public synchronized Counts of(String rule, Instant from) {
    catchUp();
    var of = rules.get(rule);
    return of == null
        ? new Counts(0, 0)
        : new Counts(sum(of.reappeared, from), sum(of.blocked, from));
  }

  private static long sum(TreeMap<Instant, Long> times, Instant from) {
    return times.tailMap(from, true).values().stream().mapToLong(Long::longValue).sum();
  }

  private void catchUp() {
    List<Event> events;
    do {
      events = next();
      for (var event : events) {
        count(event);
        read = event.seq();
      }
    } while (events.size() == SLICE);
  }

  private void count(Event event) {
    var rule = event.rule();
    if (rule == null) {
      return;
    }
    var of = rules.computeIfAbsent(rule, _ -> new Of());
    // Dates are of whole minutes.
    var at = event.at().truncatedTo(ChronoUnit.MINUTES);
    switch (event.kind()) {
      case FINDING_REAPPEARED -> of.reappeared.merge(at, 1L, Long::sum);
      case LAUNCH_BLOCKED -> of.blocked.merge(at, times(event), Long::sum);
      default -> {}
    }
  }

  private static long times(Event event) {
    return event.detail().get("times") instanceof Json.Int(var times) ? times : 1;
  }

  private List<Event> next() {
    return database.read(handle ->
        handle
            .createQuery(
                "select * from event where seq > :seq and kind in (:reappeared, :blocked) order by"
                    + " seq limit :most")
            .bind("seq", read)
            .bind("reappeared", EventKind.FINDING_REAPPEARED.word())
            .bind("blocked", EventKind.LAUNCH_BLOCKED.word())
            .bind("most", SLICE)
            .map((row, _) -> EventLog.read(row))
            .list());
  }
}
