package dev.interdict.server.webhooks;

import dev.interdict.server.events.EventKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// One place that is told of events. Immutable.
///
/// @param id such as `wh_1f0c…`
/// @param kinds of which it is told; empty for all
/// @param language of the texts for people
/// @param host all of its address that is kept readable
/// @param sealed address and secrets, see [dev.interdict.server.store.Sealing]
public record Webhook(
    String id,
    String name,
    Set<EventKind> kinds,
    Template template,
    Locale language,
    String host,
    String sealed,
    Instant createdAt,
    String createdBy) {
  public Webhook {
    kinds = Set.copyOf(kinds);
  }

  boolean wants(EventKind kind) {
    return kinds.isEmpty() || kinds.contains(kind);
  }

  /// The words of the kinds, separated by commas; empty for all.
  public String kindsText() {
    return new TreeSet<>(kinds).stream().map(EventKind::word).collect(Collectors.joining(","));
  }

  /// Of a kind that only a newer server knows it is told with all such; none of them is left out.
  static Set<EventKind> kinds(String text) {
    return text.isEmpty() ? Set.of() : EventKind.read(List.of(text.split(",", -1)));
  }

  static Webhook read(ResultSet row) throws SQLException {
    return new Webhook(
        row.getString("webhook_id"),
        row.getString("name"),
        kinds(row.getString("kinds")),
        Template.ofWord(row.getString("template")),
        Locale.forLanguageTag(row.getString("language")),
        row.getString("host"),
        row.getString("sealed"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        row.getString("created_by"));
  }
}
