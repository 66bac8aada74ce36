package dev.interdict.server.compliance;

import dev.interdict.server.store.Database;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// How all devices counted under one rule at an earlier instant, as it was written down then.
public record Taken(Instant at, Counts counts) {
  private static final String DAYS =
      "select r.taken_at as at, t.state as status, t.n from daily_run r join daily_total t on t.day"
          + " = r.day where t.rule_id = :rule and r.taken_at >= :from and r.taken_at < :until";

  private static final String HOURS =
      "select sampled_at as at, status, n from history_sample where rule_id = :rule and sampled_at"
          + " >= :from and sampled_at < :until";

  /// The figures of days, which are kept for years, oldest first.
  ///
  /// @param until the first instant that is not meant any more
  public static List<Taken> ofDays(Database database, String rule, Instant from, Instant until) {
    return read(database, DAYS, rule, from, until);
  }

  /// Those of hours, which are kept for weeks.
  public static List<Taken> ofHours(Database database, String rule, Instant from, Instant until) {
    return read(database, HOURS, rule, from, until);
  }

  private static List<Taken> read(
      Database database, String sql, String rule, Instant from, Instant until) {
    var taken = new TreeMap<Long, Map<Status, Long>>();
    database.read(handle ->
        handle
            .createQuery(sql)
            .bind("rule", rule)
            .bind("from", from.toEpochMilli())
            .bind("until", until.toEpochMilli())
            .map((row, _) ->
                taken
                    .computeIfAbsent(row.getLong("at"), _ -> new EnumMap<>(Status.class))
                    .merge(Status.ofWord(row.getString("status")), row.getLong("n"), Long::sum))
            .list());
    return taken.entrySet().stream()
        .map(one -> new Taken(Instant.ofEpochMilli(one.getKey()), new Counts(one.getValue())))
        .toList();
  }
}
