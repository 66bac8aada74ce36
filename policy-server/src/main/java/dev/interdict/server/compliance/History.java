package dev.interdict.server.compliance;

import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/// Keeps samples of the counts, so that a chart can show how they went down: the last weeks by
/// hours, what was before by days ([Daily]). Taking one twice at the same instant changes nothing.
/// Thread-safe.
public final class History {
  private final Database database;
  private final Compliance compliance;

  public History(Database database, Compliance compliance) {
    this.database = database;
    this.compliance = compliance;
  }

  /// Takes a sample of every rule.
  public void sample() {
    var overviews = new ArrayList<Overview>();
    compliance.rules().forEach(rule -> overviews.add(compliance.overview(rule)));
    database.write(connection -> {
      for (var overview : overviews) {
        for (var status : Status.values()) {
          Sql.update(
              connection,
              "insert into history_sample (rule_id, sampled_at, status, n) values (?,?,?,?) on"
                  + " conflict (rule_id, sampled_at, status) do nothing",
              overview.rule(),
              overview.at().toEpochMilli(),
              status.word(),
              overview.counts().get(status));
        }
      }
      return overviews.size();
    });
  }

  static List<Sample> read(Handle handle, String rule, Instant from, Instant to) {
    var samples = new TreeMap<Instant, Map<Status, Long>>();
    handle
        .createQuery(
            "select sampled_at, status, n from history_sample where rule_id = :rule and sampled_at"
                + " >= :from and sampled_at < :to")
        .bind("rule", rule)
        .bind("from", from.toEpochMilli())
        .bind("to", to.toEpochMilli())
        .map((row, _) ->
            samples
                .computeIfAbsent(
                    Instant.ofEpochMilli(row.getLong("sampled_at")),
                    _ -> new EnumMap<>(Status.class))
                .put(Status.ofWord(row.getString("status")), row.getLong("n")))
        .list();
    var hours =
        samples.entrySet().stream()
            .map(entry -> new Sample(entry.getKey(), new Counts(entry.getValue())))
            .toList();
    var days = Daily.samples(handle, rule, from, samples.isEmpty() ? to : samples.firstKey());
    return Stream.concat(days.stream(), hours.stream()).toList();
  }
}
