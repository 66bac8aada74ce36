package dev.interdict.server.mail;

import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// The mails on their way. Thread-safe.
final class MailRows {
  /// More wait only if somebody makes mails faster than they may leave, for days.
  static final int MOST = 10_000;

  private static final Duration GIVEN_UP = Duration.ofDays(2);
  private static final Duration KEPT = Duration.ofDays(30);
  private static final Duration FIRST = Duration.ofSeconds(30);
  private static final Duration LONGEST = Duration.ofHours(2);

  private final Database database;

  MailRows(Database database) {
    this.database = database;
  }

  /// A mail that is due.
  record Due(Mail mail, int attempts, Instant created) {}

  /// Adds mails that are not there yet; returns how many were left out because too many wait.
  static int add(Connection connection, List<Mail> mails, Instant now) throws SQLException {
    return add(connection, mails, now, now);
  }

  /// The same.
  ///
  /// @param created by which they leave in their order
  static int add(Connection connection, List<Mail> mails, Instant created, Instant now)
      throws SQLException {
    var waiting =
        Sql.first(
            connection, "select count(*) from mail where state = 'waiting'", row -> row.getLong(1));
    var room = MOST - (waiting == null ? 0 : waiting);
    var left = 0;
    for (var mail : mails) {
      if (room-- <= 0) {
        left++;
        continue;
      }
      insert(connection, mail, "waiting", 0, created, now);
    }
    return left;
  }

  /// A moment after that of the newest mail that waits, and now at the earliest. What a clock wrote
  /// that was ahead by more than a crowd of mails can be is not looked at.
  static Instant behind(Connection connection, Instant now) throws SQLException {
    var newest =
        Sql.first(
            connection,
            "select coalesce(max(created_at), 0) from mail where state = 'waiting' and created_at"
                + " <= ?",
            row -> row.getLong(1),
            now.plusMillis(MOST).toEpochMilli());
    return Instant.ofEpochMilli(Math.max(now.toEpochMilli(), newest == null ? 0 : newest + 1));
  }

  /// Adds one that no turn of the sender takes up: whoever adds it sends it, and says what came of
  /// it.
  static void addTried(Connection connection, Mail mail, Instant now) throws SQLException {
    insert(connection, mail, "dead", 1, now, now);
  }

  private static void insert(
      Connection connection, Mail mail, String state, int attempts, Instant created, Instant now)
      throws SQLException {
    Sql.update(
        connection,
        "insert into mail (mail_key, recipient, subject, plain, html, state, attempts, created_at,"
            + " next_at) values (?,?,?,?,?,?,?,?,?) on conflict (mail_key) do nothing",
        mail.key(),
        mail.recipient(),
        mail.subject(),
        mail.plain(),
        mail.html(),
        state,
        attempts,
        created.toEpochMilli(),
        now.toEpochMilli());
  }

  boolean hasDue(Instant now) {
    return database.first(
            "select attempts from mail where state = 'waiting' and next_at <= ? limit 1",
            row -> row.getInt(1),
            now.toEpochMilli())
        != null;
  }

  boolean hasWaiting() {
    return database.first(
            "select attempts from mail where state = 'waiting' limit 1", row -> row.getInt(1))
        != null;
  }

  List<Due> due(Instant now, int most) {
    return database.read(handle ->
        handle
            .createQuery(
                "select * from mail where state = 'waiting' and next_at <= :now order by"
                    + " created_at, mail_key limit :most")
            .bind("now", now.toEpochMilli())
            .bind("most", most)
            .map((row, _) ->
                new Due(
                    new Mail(
                        row.getString("mail_key"),
                        row.getString("recipient"),
                        row.getString("subject"),
                        row.getString("plain"),
                        row.getString("html")),
                    row.getInt("attempts"),
                    Instant.ofEpochMilli(row.getLong("created_at"))))
            .list());
  }

  /// How many left since then.
  long sentSince(Instant then) {
    var sent =
        database.first(
            "select count(*) from mail where sent_at > ?",
            row -> row.getLong(1),
            then.toEpochMilli());
    return sent == null ? 0 : sent;
  }

  void sent(Mail mail, Instant now) {
    database.write(connection ->
        Sql.update(
            connection,
            "update mail set state = 'sent', sent_at = ?, error = null where mail_key = ?",
            now.toEpochMilli(),
            mail.key()));
  }

  /// @return whether it is given up
  boolean failed(Due due, String error, boolean forGood, Instant now) {
    var rest = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(due.attempts(), 16));
    var next = now.plusMillis(rest / 2 + ThreadLocalRandom.current().nextLong(rest / 2 + 1));
    var dead = forGood || next.isAfter(due.created().plus(GIVEN_UP));
    database.write(connection ->
        Sql.update(
            connection,
            "update mail set state = ?, attempts = attempts + 1, next_at = ?, error = ? where"
                + " mail_key = ? and state = 'waiting'",
            dead ? "dead" : "waiting",
            next.toEpochMilli(),
            error,
            due.mail().key()));
    return dead;
  }

  /// Says of all that would leave now why it does not, without counting it against any of them.
  ///
  /// @return how many are given up, for they have waited too long
  int held(String error, Instant now) {
    return database.write(connection -> {
      var dead =
          Sql.update(
              connection,
              "update mail set state = 'dead', error = ? where state = 'waiting' and created_at <"
                  + " ?",
              error,
              now.minus(GIVEN_UP).toEpochMilli());
      Sql.update(
          connection,
          "update mail set error = ? where state = 'waiting' and next_at <= ?",
          error,
          now.toEpochMilli());
      return dead;
    });
  }

  /// Lets go what left long ago or never will.
  void prune(Instant now) {
    database.write(connection ->
        Sql.update(
            connection,
            "delete from mail where state <> 'waiting' and created_at < ?",
            now.minus(KEPT).toEpochMilli()));
  }
}
