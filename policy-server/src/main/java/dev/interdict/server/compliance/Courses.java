package dev.interdict.server.compliance;

import dev.interdict.server.query.Where;
import dev.interdict.server.scope.Scope;
import dev.interdict.server.scope.ScopeCondition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// How many devices of each part of the fleet had a rule's software, day by day, from the figures
/// that [Daily] took: one query for all parts. Pure of anything that is not kept.
public final class Courses {

  /// What parts are told apart by.
  public enum By {
    DEPARTMENT,
    OS,
    RING
  }

  /// The words of the statuses of those that have it.
  static final String HAVING =
      Arrays.stream(Status.values())
          .filter(Status::hasIt)
          .map(status -> "'" + status.word() + "'")
          .collect(Collectors.joining(", "));

  private Courses() {}

  /// When the newest of them were counted; null where none were.
  static @Nullable Instant last(Handle handle) {
    return handle
        .createQuery("select max(taken_at) as taken_at from daily_run")
        .map((row, _) -> DevicePortrait.instant(row, "taken_at"))
        .one();
  }

  /// The counts of each part, oldest day first; a day that was not taken is left out.
  ///
  /// @param least a part with fewer devices on a day has no figure of that day
  static Map<String, List<Long>> of(
      Handle handle, Scope scope, Part part, String rule, By by, Instant from, long least) {
    var column =
        switch (by) {
          case DEPARTMENT -> "department";
          case OS -> "os";
          case RING -> "ring";
        };
    var table = by == By.RING ? "daily_ring" : Daily.table(part);
    var binds = new HashMap<String, Object>();
    var where =
        new Where()
            .add("t.rule_id = :rule and r.taken_at >= :from")
            .terms("t.department", "department", part.departments())
            .terms("t.os", "os", part.os())
            .terms("t.ring", "ring", part.rings());
    var courses = new HashMap<String, List<Long>>();
    handle
        .createQuery(
            "select t.day, t."
                + column
                + " as part, sum(t.n) as devices, sum(case when t.state in ("
                + HAVING
                + ") then t.n else 0 end) as having_it from daily_run r join "
                + table
                + " t on t.day = r.day"
                + where.text()
                + ScopeCondition.of(scope, "t.department", binds)
                + " group by t.day, t."
                + column
                + " order by t.day")
        .bindMap(binds)
        .bindMap(where.binds())
        .bind("rule", rule)
        .bind("from", from.toEpochMilli())
        .map((row, _) -> {
          var course = courses.computeIfAbsent(row.getString("part"), _ -> new ArrayList<>());
          return row.getLong("devices") >= least && course.add(row.getLong("having_it"));
        })
        .list();
    return courses;
  }
}
