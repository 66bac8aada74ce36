package dev.interdict.server.views;

import dev.interdict.server.store.Sql;
import dev.interdict.server.views.Rhythm.Every;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A summary that goes out by mail again and again.
///
/// @param owner the account that wants it
/// @param subject what it is about
/// @param recipients addresses of mailboxes
/// @param next when it goes out next
/// @param last when a turn of it was last taken; null before the first
/// @param error why that came to nothing; null where it went out
public record Schedule(
    String id,
    String owner,
    Subject subject,
    Rhythm rhythm,
    List<String> recipients,
    Locale language,
    Instant created,
    Instant next,
    @Nullable Instant last,
    @Nullable String error) {
  public Schedule {
    recipients = List.copyOf(recipients);
  }

  /// What a mail is about.
  public sealed interface Subject {}

  /// A saved view: its address, and who complies with the rule that it is filtered by, or with all.
  public record OfView(String view) implements Subject {}

  /// One rule.
  public record OfRule(String rule) implements Subject {}

  static Schedule read(ResultSet row) throws SQLException {
    var view = row.getString("view_id");
    return new Schedule(
        row.getString("schedule_id"),
        row.getString("owner"),
        view == null ? new OfRule(row.getString("rule_id")) : new OfView(view),
        new Rhythm(
            Every.ofWord(row.getString("every")),
            row.getInt("on_day"),
            row.getInt("hour"),
            ZoneId.of(row.getString("zone"))),
        List.of(row.getString("recipients").split(" ", -1)),
        Locale.forLanguageTag(row.getString("language")),
        Instant.ofEpochMilli(row.getLong("created_at")),
        Instant.ofEpochMilli(row.getLong("next_at")),
        Sql.nullableInstant(row, "last_at"),
        row.getString("error"));
  }
}
