package dev.interdict.server.mail;

import dev.interdict.server.store.Database;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How the mails stand that this server wrote.
///
/// @param waiting how many are to be sent
/// @param failing how many of those could not be sent yet
/// @param givenUp how many of the last days never were
/// @param unanswered how often in a row the mail server has not answered
/// @param error why, the last time, of those that wait, else of those that were given up; null
///   where there is none of either
public record MailTally(
    long waiting, long failing, long givenUp, long unanswered, @Nullable String error) {
  /// For so long one that was given up is told of.
  public static final Duration TOLD = Duration.ofDays(7);

  /// As they stand now.
  public static MailTally of(Database database, Instant now) {
    var since = now.minus(TOLD).toEpochMilli();
    var waits = "from mail where state = 'waiting'";
    var dead = "from mail where state = 'dead' and created_at >= ? and not " + MailDesk.TESTS;
    var failing = count(database, "select count(*) " + waits + " and error is not null");
    var error =
        failing > 0
            ? text(
                database,
                "select error "
                    + waits
                    + " and error is not null order by next_at desc, mail_key limit 1")
            : text(database, "select error " + dead + " order by created_at desc limit 1", since);
    return new MailTally(
        count(database, "select count(*) " + waits),
        failing,
        count(database, "select count(*) " + dead, since),
        new MailServer(database).failures(),
        error);
  }

  private static @Nullable String text(Database database, String query, Object... values) {
    return database.first(query, row -> row.getString(1), values);
  }

  private static long count(Database database, String query, Object... values) {
    var count = database.first(query, row -> row.getLong(1), values);
    return count == null ? 0 : count;
  }
}
