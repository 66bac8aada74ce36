package dev.interdict.server.failures;

import dev.interdict.json.Json;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.failures.FailureRow.State;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import dev.interdict.server.wording.Sentence;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// What people do about failures. Each deed is kept with the failure and in the audit log, in one
/// transaction. Thread-safe.
public final class FailureDesk {
  /// Longest comment, in characters.
  public static final int LONGEST = 1000;

  private final Database database;
  private final Audit audit;
  private final InstantSource clock;

  public FailureDesk(Database database, Audit audit, InstantSource clock) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
  }

  /// Somebody looks after it from now on; nobody, if `owner` is null.
  ///
  /// @return why it was not done, or null
  public @Nullable Sentence assign(String who, FailureRow failure, @Nullable String owner) {
    return deed(
        who,
        failure,
        "assign",
        owner == null ? "nobody" : owner,
        (connection, _) -> {
          set(connection, failure, "owner", owner);
          return null;
        });
  }

  /// Says where it is worked on: an address, or the number of a ticket; nowhere, if `ticket` is
  /// null.
  ///
  /// @return why it was not done, or null
  public @Nullable Sentence link(String who, FailureRow failure, @Nullable String ticket) {
    return deed(
        who,
        failure,
        "link",
        ticket == null ? "nothing" : ticket,
        (connection, _) -> {
          set(connection, failure, "ticket", ticket == null ? null : ticket.strip());
          return null;
        });
  }

  /// Says something about it.
  ///
  /// @return why it was not done, or null
  public @Nullable Sentence comment(String who, FailureRow failure, String words) {
    return deed(who, failure, "comment", words, (_, _) -> null);
  }

  /// Says that it is solved, so that it leaves the queue; the next failure that the device tells
  /// brings it back.
  ///
  /// @return why it was not done, or null
  public @Nullable Sentence resolve(String who, FailureRow failure, String words) {
    return deed(
        who,
        failure,
        "resolve",
        words,
        (connection, now) -> {
          if (state(connection, failure) != State.OPEN) {
            return Sentence.of("queue.not-open", "it is not open");
          }
          set(connection, failure, "resolved_by", who);
          set(connection, failure, "resolved_at", now.toEpochMilli());
          return null;
        });
  }

  /// Takes back that it is solved.
  ///
  /// @return why it was not done, or null
  public @Nullable Sentence reopen(String who, FailureRow failure, String words) {
    return deed(
        who,
        failure,
        "reopen",
        words,
        (connection, _) -> {
          if (state(connection, failure) != State.RESOLVED) {
            return Sentence.of(
                "queue.not-solved",
                "nobody says that it is solved; a closed one opens by itself when it fails again");
          }
          set(connection, failure, "resolved_by", null);
          set(connection, failure, "resolved_at", null);
          return null;
        });
  }

  @FunctionalInterface
  private interface Deed {
    @Nullable Sentence run(Connection connection, Instant now) throws SQLException;
  }

  private @Nullable Sentence deed(
      String who, FailureRow failure, String what, String words, Deed deed) {
    if (words.isBlank() || words.length() > LONGEST || words.indexOf('\0') >= 0) {
      return Sentence.of("queue.words", "the words are one to %s characters", LONGEST);
    }
    var now = clock.instant();
    return database.write(connection -> {
      Sql.update(
          connection,
          "insert into failure_case (device_id, rule_id) values (?,?) on conflict (device_id,"
              + " rule_id) do nothing",
          failure.device(),
          failure.rule());
      var refused = deed.run(connection, now);
      if (refused != null) {
        return refused;
      }
      Sql.update(
          connection,
          "insert into failure_comment (device_id, rule_id, at, who, what, words) values"
              + " (?,?,?,?,?,?) on conflict (device_id, rule_id, at, who, what) do update set words"
              + " = excluded.words",
          failure.device(),
          failure.rule(),
          now.toEpochMilli(),
          who,
          what,
          words.strip());
      audit.append(
          connection,
          who,
          "failure." + what,
          failure.device() + "/" + failure.rule(),
          Json.object().put("words", words.strip()).build());
      return null;
    });
  }

  private static State state(Connection connection, FailureRow failure) throws SQLException {
    var state =
        Sql.first(
            connection,
            "select case when s.failing_since is null then 'CLOSED' when c.resolved_at >="
                + " s.failed_at then 'RESOLVED' else 'OPEN' end from rule_state s left join"
                + " failure_case c on c.device_id = s.device_id and c.rule_id = s.rule_id where"
                + " s.device_id = ? and s.rule_id = ?",
            row -> State.valueOf(row.getString(1)),
            failure.device(),
            failure.rule());
    return state == null ? State.CLOSED : state;
  }

  private static void set(
      Connection connection, FailureRow failure, String column, @Nullable Object value)
      throws SQLException {
    Sql.update(
        connection,
        "update failure_case set " + column + " = ? where device_id = ? and rule_id = ?",
        value,
        failure.device(),
        failure.rule());
  }
}
