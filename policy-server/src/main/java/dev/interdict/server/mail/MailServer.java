package dev.interdict.server.mail;

import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/// Whether the company's mail server is asked at all: one that does not answer is left alone for a
/// while, longer each time, however many mails wait and however many servers of ours there are.
/// Thread-safe.
record MailServer(Database database) {
  /// After the first failure; somebody may just have started it anew.
  static final Duration FIRST = Duration.ofSeconds(15);

  /// So long mails wait at most once it answers again.
  static final Duration LONGEST = Duration.ofMinutes(5);

  /// Whether it is left alone at this moment. A pause that is longer than any could be was set by a
  /// clock that was ahead, and holds nobody up.
  boolean rests(Instant now) {
    return database.first(
            "select failures from mail_server where next_at > ? and next_at <= ?",
            row -> row.getInt(1),
            now.toEpochMilli(),
            now.plus(LONGEST).toEpochMilli())
        != null;
  }

  /// How often in a row it has not answered.
  long failures() {
    var failures = database.first("select failures from mail_server", row -> row.getLong(1));
    return failures == null ? 0 : failures;
  }

  /// It did not answer, or not so that any mail could leave.
  ///
  /// @return until when it is left alone
  Instant failed(Instant now) {
    var rest = Math.min(LONGEST.toMillis(), FIRST.toMillis() << (int) Math.min(failures(), 16L));
    var next = now.plusMillis(rest / 2 + ThreadLocalRandom.current().nextLong(rest / 2 + 1));
    database.write(connection ->
        Sql.update(
            connection,
            "insert into mail_server (id, failures, next_at) values (1,1,?) on conflict (id) do"
                + " update set failures = mail_server.failures + 1, next_at = excluded.next_at",
            next.toEpochMilli()));
    return next;
  }

  /// It answered.
  void answered() {
    if (failures() > 0) {
      database.write(MailServer::answered);
    }
  }

  static int answered(Connection connection) throws SQLException {
    return Sql.update(connection, "delete from mail_server");
  }
}
