package dev.interdict.server.compliance;

import dev.interdict.report.RuleState;
import dev.interdict.server.compliance.Counting.Cell;
import dev.interdict.server.query.Where;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Devices whose kept [Shade] the time has overtaken: few, since they are set right every minute.
/// What is read of the kept ones is right once these are taken from where they are kept and put
/// where they belong.
public final class Moved {
  private static final int SLICE = 200;

  /// Silent by now, heard of since, exemption ended; the last is of clocks that were set back.
  private static final List<String> BY_TIME =
      List.of(
          "select device_id from device where shade = 'plain' and contact_day <= :day and"
              + " last_contact < :silent",
          "select device_id from device where shade = 'silent' and contact_day >= :day and"
              + " last_contact >= :silent",
          "select device_id from rule_state where shade = 'exempt' and exempt_until <= :now",
          "select device_id from rule_state where shade = 'plain' and exempt_until > :now");

  private Moved() {}

  /// One of them, under a rule.
  ///
  /// @param kept as what it is kept
  /// @param status as what it counts
  record Row(
      String device,
      Cell cell,
      String ring,
      String version,
      Shade kept,
      boolean listed,
      @Nullable RuleState state,
      List<String> sources,
      Status status) {}

  /// The ids of all there are.
  public static List<String> at(Handle handle, Instant now, Duration silentAfter) {
    return at(handle, Horizon.at(now, silentAfter));
  }

  static List<String> at(Handle handle, Horizon horizon) {
    var all = new TreeSet<String>();
    for (var sql : BY_TIME) {
      all.addAll(handle.createQuery(sql).bindMap(horizon.instants()).mapTo(String.class).list());
    }
    return List.copyOf(all);
  }

  /// All of them that count, under `rule`.
  static List<Row> under(Handle handle, Horizon horizon, String rule) {
    var ids = at(handle, horizon);
    var rows = new ArrayList<Row>();
    for (var from = 0; from < ids.size(); from += SLICE) {
      var slice = ids.subList(from, Math.min(ids.size(), from + SLICE));
      var where =
          new Where()
              .any("d.device_id", "id", slice)
              .bind("rule", rule)
              .bind(horizon.binds(handle));
      rows.addAll(
          handle
              .createQuery(
                  "select d.device_id, d.os, d.department, d.ring, coalesce(d.agent_version, '') as"
                      + " version, coalesce(s.shade, d.shade) as kept, case when d.entry_id is null"
                      + " then 0 else 1 end as listed, s.state, s.sources, "
                      + Horizon.STATUS
                      + " as status from ("
                      + DeviceList.ENROLLED
                      + ") d"
                      + DeviceList.STATE
                      + where.text())
              .bindMap(where.binds())
              .map((row, _) -> row(row))
              .list());
    }
    return rows;
  }

  private static Row row(ResultSet row) throws SQLException {
    var sources = row.getString("sources");
    return new Row(
        row.getString("device_id"),
        new Cell(row.getString("os"), row.getString("department")),
        row.getString("ring"),
        row.getString("version"),
        Shade.ofWord(row.getString("kept")),
        row.getInt("listed") == 1,
        Counting.state(row.getString("state")),
        sources == null || sources.isEmpty() ? List.of() : List.of(sources.split("\n")),
        Status.ofWord(row.getString("status")));
  }
}
