package dev.interdict.server.access;

import dev.interdict.server.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;

/// How often somebody did something lately, by the audit log and whichever of their programs: with
/// a token for each slice, a limit of what one person does would hold nobody. Pure functions of one
/// transaction.
public final class Lately {
  /// The end of a statement that counts: after a mark for `since`, who did it.
  public static final String BY =
      " and (actor = ? or actor in (select 'token:' || name from api_token where created_by = ?))";

  private Lately() {}

  /// How often the person behind `by` did it, and their tokens.
  ///
  /// @param sql counts one action of the audit log, `at > ?` and [#BY]: with the action's name in
  ///   it, for an index that has the entries of that action alone
  public static long count(Connection connection, String sql, String by, Instant since)
      throws SQLException {
    var person = person(connection, by);
    return Objects.requireNonNull(
        Sql.first(connection, sql, row -> row.getLong(1), since.toEpochMilli(), person, person));
  }

  /// Whoever made the token that does it, which may be ended by now; else who does it.
  public static String person(Connection connection, String by) throws SQLException {
    var owner =
        Sql.first(
            connection,
            "select created_by from api_token where 'token:' || name = ?",
            row -> row.getString(1),
            by);
    return owner == null ? by : owner;
  }
}
