package dev.interdict.server.compliance;

import dev.interdict.server.scope.ScopeCondition;
import dev.interdict.server.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the devices of the fleet found of each rule, row by row. Thread-safe; never writes.
public final class Findings {
  private static final String FROM =
      " from finding f join device d on d.device_id = f.device_id left join rule_state s on"
          + " s.device_id = f.device_id and s.rule_id = f.rule_id where d.standing = 'active'";

  private final Database database;

  public Findings(Database database) {
    this.database = database;
  }

  /// The place after a row.
  public record Cursor(String device, String rule, long n) {}

  /// Conditions with their parameters, while they come together.
  private static final class Where {
    private final StringBuilder text = new StringBuilder();
    private final Map<String, Object> binds = new HashMap<>();

    void any(String column, String name, Set<String> values) {
      if (values.isEmpty()) {
        return;
      }
      var names = new ArrayList<String>();
      for (var value : values) {
        names.add(":" + bound(name + names.size(), value));
      }
      text.append(" and " + column + " in (" + String.join(", ", names) + ")");
    }

    String bound(String name, Object value) {
      binds.put(name, value);
      return name;
    }
  }

  private static Where where(FindingFilter filter) {
    var where = new Where();
    where.any("f.rule_id", "rule", filter.rules());
    where.any("d.department", "department", filter.departments());
    where.any("d.os", "os", filter.os());
    where.any("f.source", "source", filter.sources());
    where.text.append(ScopeCondition.of(filter.scope(), "d.department", where.binds));
    if (filter.device() != null) {
      where.text.append(" and f.device_id = :one");
      where.bound("one", filter.device());
    }
    if (filter.text() != null) {
      where.text.append(
          " and (lower(d.host) like :part escape '!' or d.device_id like :start escape '!')");
      var text = filter.text().toLowerCase(Locale.ROOT).replaceAll("([!%_])", "!$1");
      where.bound("part", "%" + text + "%");
      where.bound("start", text + "%");
    }
    return where;
  }

  /// Rows that the filter lets through, by device, rule and place.
  ///
  /// @param after where the page before ended; null for the first
  public List<FindingRow> list(FindingFilter filter, @Nullable Cursor after, int most) {
    var where = where(filter);
    if (after != null) {
      // The first alone lets an index begin there.
      where.text.append(
          " and f.device_id >= :device and (f.device_id > :device or f.rule_id > :after or"
              + " (f.rule_id = :after and f.n > :n))");
      where.bound("device", after.device());
      where.bound("after", after.rule());
      where.bound("n", after.n());
    }
    return database.read(handle ->
        handle
            .createQuery(
                "select f.device_id, f.rule_id, f.n, f.source, f.identity, f.version, f.location,"
                    + " f.strength, f.running, d.host, d.department, d.os, d.last_contact,"
                    + " s.first_seen"
                    + FROM
                    + where.text
                    + " order by f.device_id, f.rule_id, f.n limit :most")
            .bindMap(where.binds)
            .bind("most", most)
            .map((row, _) -> row(row))
            .list());
  }

  /// How many the filter lets through.
  public long count(FindingFilter filter) {
    var where = where(filter);
    return database.read(handle ->
        handle
            .createQuery("select count(*)" + FROM + where.text)
            .bindMap(where.binds)
            .mapTo(Long.class)
            .one());
  }

  private static FindingRow row(ResultSet row) throws SQLException {
    return new FindingRow(
        row.getString("device_id"),
        row.getString("host"),
        row.getString("department"),
        row.getString("os"),
        row.getString("rule_id"),
        row.getLong("n"),
        row.getString("source"),
        row.getString("identity"),
        row.getString("version"),
        row.getString("location"),
        row.getString("strength"),
        row.getInt("running") == 1,
        DevicePortrait.instant(row, "first_seen"),
        Instant.ofEpochMilli(row.getLong("last_contact")));
  }
}
