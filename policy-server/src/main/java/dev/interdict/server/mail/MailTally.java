package dev.interdict.server.mail;

import dev.interdict.server.store.Database;
import org.jspecify.annotations.Nullable;

/// How the mails stand that this server wrote.
///
/// @param waiting how many are to be sent
/// @param failing how many of those could not be sent yet
/// @param error why, the last time; null where all that waits was not tried, or went well
public record MailTally(long waiting, long failing, @Nullable String error) {
  /// As they stand now.
  public static MailTally of(Database database) {
    var error =
        database.first(
            "select error from mail where state = 'waiting' and error is not null order by next_at"
                + " desc limit 1",
            row -> row.getString(1));
    return new MailTally(
        count(database, "select count(*) from mail where state = 'waiting'"),
        count(database, "select count(*) from mail where state = 'waiting' and error is not null"),
        error);
  }

  private static long count(Database database, String query) {
    var count = database.first(query, row -> row.getLong(1));
    return count == null ? 0 : count;
  }
}
