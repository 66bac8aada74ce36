package dev.interdict.server.events;

import dev.interdict.server.query.Asked;
import dev.interdict.server.query.Order;
import dev.interdict.server.query.Terms;
import dev.interdict.server.query.Where;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which events are meant, and in which order.
///
/// @param rules the empty name is that of events which are about none
/// @param from the first instant; null for any
/// @param to the first instant that is not meant any more; null for any
/// @param newestFirst not the usual order
public record EventFilter(
    Terms kinds, Terms rules, @Nullable Instant from, @Nullable Instant to, boolean newestFirst) {

  /// The filter that the keys `type, rule, from, to, tz, sort` name.
  ///
  /// @throws IllegalArgumentException if one of them cannot be
  public static EventFilter read(Asked asked) {
    return new EventFilter(
        asked.words("type", EventKind.stored().stream().map(EventKind::word).toList()),
        asked.names("rule"),
        asked.from(),
        asked.to(),
        asked.order("timestamp").map(Order::falling).orElse(false));
  }

  Where where() {
    var where =
        new Where().terms("kind", "kind", kinds).terms("coalesce(rule_id, '')", "rule", rules);
    if (from != null) {
      where.add("at >= :from").bind("from", from.toEpochMilli());
    }
    if (to != null) {
      where.add("at < :to").bind("to", to.toEpochMilli());
    }
    return where;
  }
}
