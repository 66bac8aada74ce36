package dev.interdict.server.audit;

import dev.interdict.server.query.Asked;
import dev.interdict.server.query.Order;
import dev.interdict.server.query.Terms;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which entries are meant, and in which order.
///
/// @param actions the whole of one, or what it begins with up to a dot, such as `draft`
/// @param request the id of the one request by which they came; null for any, and none
/// @param from the first instant; null for any
/// @param to the first instant that is not meant any more; null for any
/// @param newestFirst the usual order
public record AuditFilter(
    Terms actors,
    Terms actions,
    Terms objects,
    @Nullable String request,
    @Nullable Instant from,
    @Nullable Instant to,
    boolean newestFirst) {
  /// All of them, newest first.
  public static final AuditFilter ALL = read(Asked.NOTHING);

  /// The filter that the keys `actor, action, object, request, from, to, tz, sort` name.
  ///
  /// @throws IllegalArgumentException if one of them cannot be
  public static AuditFilter read(Asked asked) {
    return new AuditFilter(
        asked.names("actor"),
        asked.names("action"),
        asked.names("object"),
        asked.text("request"),
        asked.from(),
        asked.to(),
        asked.order("at").map(Order::falling).orElse(true));
  }
}
