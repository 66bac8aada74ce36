package dev.interdict.server.evidence;

import dev.interdict.json.JsonWriter;
import dev.interdict.server.events.Event;
import dev.interdict.server.events.EventLog;
import dev.interdict.server.store.Database;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What other systems were told within a time, as far as it is still kept: of a rule and of no
/// rule, or all.
///
/// @param rule null for all
/// @param end the first instant that is not meant any more
record EventRows(Database database, @Nullable String rule, Instant start, Instant end) {
  private static final List<String> COLUMNS =
      List.of("seq", "event", "at", "kind", "actor", "device", "rule", "detail");

  Table<Event> table() {
    return new Table<>(COLUMNS, this::page, EventRows::values);
  }

  private List<Event> page(@Nullable Event last, int most) {
    return database.read(handle -> {
      var query =
          handle
              .createQuery(
                  "select * from event where seq > :seq and at >= :start and at < :end"
                      + (rule == null ? "" : " and (rule_id = :rule or rule_id is null)")
                      + " order by seq limit :most")
              .bind("seq", last == null ? 0 : last.seq())
              .bind("start", start.toEpochMilli())
              .bind("end", end.toEpochMilli())
              .bind("most", most);
      return (rule == null ? query : query.bind("rule", rule))
          .map((row, _) -> EventLog.read(row))
          .list();
    });
  }

  private static List<? extends @Nullable Object> values(Event event) {
    return Arrays.<@Nullable Object>asList(
        event.seq(),
        event.id(),
        event.at(),
        event.kind().word(),
        event.actor(),
        event.device(),
        event.rule(),
        JsonWriter.line(event.detail()));
  }

  /// The first that is kept, whatever it is about; null for none.
  @Nullable Instant oldest() {
    return database.first(
        "select at from event order by seq limit 1", row -> Instant.ofEpochMilli(row.getLong(1)));
  }
}
