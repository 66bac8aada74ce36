package dev.interdict.server.compliance;

import dev.interdict.server.scope.Scope;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/// Keeps samples of the counts, so that a chart can show how they went down: the last weeks by
/// hours, what was before by days ([Daily]). Taking one twice at the same instant changes nothing.
/// Thread-safe.
public final class History {
  private static final String HAVING =
      Stream.of(Status.values())
          .filter(Status::hasIt)
          .map(status -> "'" + status.word() + "'")
          .collect(Collectors.joining(", "));

  private final Database database;
  private final Compliance compliance;

  public History(Database database, Compliance compliance) {
    this.database = database;
    this.compliance = compliance;
  }

  /// Takes a sample of every rule.
  public void sample() {
    var totals = new ArrayList<Total>();
    compliance.rules().forEach(rule -> totals.add(compliance.total(rule)));
    database.write(connection -> {
      for (var total : totals) {
        for (var status : Status.values()) {
          Sql.update(
              connection,
              "insert into history_sample (rule_id, sampled_at, status, n) values (?,?,?,?) on"
                  + " conflict (rule_id, sampled_at, status) do nothing",
              total.rule(),
              total.at().toEpochMilli(),
              status.word(),
              total.counts().get(status));
        }
      }
      return totals.size();
    });
  }

  /// Of a part of the fleet there are days alone.
  static List<Sample> read(
      Handle handle, Scope scope, Part part, String rule, Instant from, Instant to) {
    if (!scope.isWhole() || !part.isWhole()) {
      return Daily.samples(handle, scope, part, rule, from, to);
    }
    var hours =
        handle
            .createQuery(
                "select sampled_at, sum(n) from history_sample where rule_id = :rule and sampled_at"
                    + " >= :from and sampled_at < :to and status in ("
                    + HAVING
                    + ") group by sampled_at order by sampled_at")
            .bind("rule", rule)
            .bind("from", from.toEpochMilli())
            .bind("to", to.toEpochMilli())
            .map((row, _) -> new Sample(Instant.ofEpochMilli(row.getLong(1)), row.getLong(2)))
            .list();
    var until = hours.isEmpty() ? to : hours.getFirst().at();
    var days = Daily.samples(handle, scope, part, rule, from, until);
    return Stream.concat(days.stream(), hours.stream()).toList();
  }
}
