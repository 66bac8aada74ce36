package dev.interdict.server.views;

import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The turns of schedules, for whoever sends: each is taken once, by one server. Thread-safe.
public record Turns(Database database) {

  /// Those whose turn has come, at most `most`.
  public List<Schedule> due(Instant now, int most) {
    return database.read(handle ->
        handle
            .createQuery(
                "select * from report_schedule where next_at <= :now order by next_at,"
                    + " schedule_id limit :most")
            .bind("now", now.toEpochMilli())
            .bind("most", most)
            .map((row, _) -> Schedule.read(row))
            .list());
  }

  /// Takes a turn within the transaction of `connection`: of turns that were missed, one for all.
  ///
  /// @param error why it comes to nothing; null where it goes out
  /// @return false where another server took it, or the schedule is no more
  public static boolean take(
      Connection connection, Schedule due, @Nullable String error, Instant now)
      throws SQLException {
    return Sql.update(
            connection,
            "update report_schedule set next_at = ?, last_at = ?, error = ? where schedule_id = ?"
                + " and next_at = ?",
            due.rhythm().after(now).toEpochMilli(),
            now.toEpochMilli(),
            error,
            due.id(),
            due.next().toEpochMilli())
        == 1;
  }

  /// The saved view that a schedule is about, while there is one.
  public Optional<SavedView> view(String id) {
    return Optional.ofNullable(
        database.first("select * from saved_view where view_id = ?", SavedView::read, id));
  }

  /// Whether whoever wanted the schedule, a person or a token, may not have it sent by now: that
  /// takes one who gets in, audits or administers, and sees the whole fleet.
  public boolean isOrphaned(Schedule schedule, Instant now) {
    var may = " and scope = '' and (roles like '%auditor%' or roles like '%administrator%')";
    return database.first(
            "select name from account where name = ? and disabled_at is null and (valid_until is"
                + " null or valid_until > ?)"
                + may
                + " union all select name from api_token where 'token:' || name = ? and revoked_at"
                + " is null and expires_at > ?"
                + may,
            row -> row.getString(1),
            schedule.owner(),
            now.toEpochMilli(),
            schedule.owner(),
            now.toEpochMilli())
        == null;
  }
}
