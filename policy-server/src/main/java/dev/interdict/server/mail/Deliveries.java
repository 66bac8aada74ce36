package dev.interdict.server.mail;

import dev.interdict.server.store.Database;
import org.jspecify.annotations.Nullable;

/// What became of the mails of schedules. Thread-safe; never writes.
public record Deliveries(Database database) {
  /// What the keys of their mails begin with.
  static final String PREFIX = "schedule:";

  /// How the newest turn of a schedule fares.
  ///
  /// @param waiting mails that have not left
  /// @param error why one of them has not; null where none says
  public record Fate(long waiting, @Nullable String error) {
    /// Nothing is on its way.
    static final Fate NONE = new Fate(0, null);
  }

  /// That of a schedule.
  public Fate of(String schedule) {
    var begins = PREFIX + schedule + ":";
    var fate =
        database.first(
            "select count(case when state = 'waiting' then 1 end), max(error) from mail where"
                + " mail_key >= ? and mail_key < ? and state <> 'sent' and created_at = (select"
                + " max(created_at) from mail where mail_key >= ? and mail_key < ?)",
            row -> new Fate(row.getLong(1), row.getString(2)),
            begins,
            end(begins),
            begins,
            end(begins));
    return fate == null ? Fate.NONE : fate;
  }

  /// Behind all that begins so: the character after a colon.
  private static String end(String begins) {
    return begins.substring(0, begins.length() - 1) + ";";
  }
}
