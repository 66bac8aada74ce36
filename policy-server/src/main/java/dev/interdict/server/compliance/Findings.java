package dev.interdict.server.compliance;

import dev.interdict.server.query.Where;
import dev.interdict.server.scope.ScopeCondition;
import dev.interdict.server.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
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

  private static Where where(FindingFilter filter) {
    var binds = new HashMap<String, Object>();
    var where =
        new Where()
            .terms("f.rule_id", "rule", filter.rules())
            .terms("d.department", "department", filter.departments())
            .terms("d.os", "os", filter.os())
            .terms("d.ring", "ring", filter.rings())
            .terms("f.source", "source", filter.sources())
            .add("1 = 1" + ScopeCondition.of(filter.scope(), "d.department", binds))
            .bind(binds)
            .search("d.host", "d.device_id", filter.text());
    Owned.by(filter.people(), where);
    if (filter.device() != null) {
      where.add("f.device_id = :one").bind("one", filter.device());
    }
    return where;
  }

  /// Rows that the filter lets through, by device, rule and place, in the order it names.
  ///
  /// @param after where the page before ended; null for the first
  public List<FindingRow> list(FindingFilter filter, @Nullable Cursor after, int most) {
    var where = where(filter);
    if (after != null) {
      // The first alone lets an index begin there.
      where
          .add(
              filter.falling()
                  ? "f.device_id <= :device and (f.device_id < :device or f.rule_id < :after or"
                      + " (f.rule_id = :after and f.n < :n))"
                  : "f.device_id >= :device and (f.device_id > :device or f.rule_id > :after or"
                      + " (f.rule_id = :after and f.n > :n))")
          .bind("device", after.device())
          .bind("after", after.rule())
          .bind("n", after.n());
    }
    return database.read(handle ->
        handle
            .createQuery(
                "select f.device_id, f.rule_id, f.n, f.source, f.identity, f.version, f.location,"
                    + " f.strength, f.running, d.host, d.department, d.os, d.last_contact,"
                    + " s.first_seen"
                    + FROM
                    + " and "
                    + where.conditions()
                    + (filter.falling()
                        ? " order by f.device_id desc, f.rule_id desc, f.n desc limit :most"
                        : " order by f.device_id, f.rule_id, f.n limit :most"))
            .bindMap(where.binds())
            .bind("most", most)
            .map((row, _) -> row(row))
            .list());
  }

  /// How many the filter lets through.
  public long count(FindingFilter filter) {
    var where = where(filter);
    return database.read(handle ->
        handle
            .createQuery("select count(*)" + FROM + " and " + where.conditions())
            .bindMap(where.binds())
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
