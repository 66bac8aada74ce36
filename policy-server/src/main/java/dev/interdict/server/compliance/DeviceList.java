package dev.interdict.server.compliance;

import dev.interdict.report.DeviceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Lists devices by one filter. The text of the query is made of constants only; every value is a
/// bound parameter. Used once.
final class DeviceList {
  private static final String FROM =
      " from fleet_member d left join rule_state s on s.device_id = d.device_id and s.rule_id ="
          + " :rule";

  private final Handle handle;
  private final Horizon horizon;

  DeviceList(Handle handle, Horizon horizon) {
    this.handle = handle;
    this.horizon = horizon;
  }

  /// Conditions with their parameters, while they come together.
  private static final class Where {
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, @Nullable Object> binds = new HashMap<>();

    void any(String expression, String name, Set<String> values) {
      if (values.isEmpty()) {
        return;
      }
      var names = new ArrayList<String>();
      for (var value : values) {
        var bind = name + names.size();
        names.add(":" + bind);
        binds.put(bind, value);
      }
      conditions.add(expression + " in (" + String.join(", ", names) + ")");
    }

    String text() {
      return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    }
  }

  DevicePage page(DeviceFilter filter, DevicePage.@Nullable Cursor after, int size) {
    var where = where(filter);
    var total =
        handle
            .createQuery("select count(*)" + FROM + where.text())
            .bindMap(where.binds)
            .mapTo(Long.class)
            .one();
    if (after != null) {
      where.conditions.add("(d.host, d.device_id) > (:host, :id)");
      where.binds.put("host", after.host());
      where.binds.put("id", after.id().value());
    }
    where.binds.put("size", size + 1);
    var ruled = filter.rule() != null;
    var rows =
        handle
            .createQuery(
                "select d.device_id, d.host, d.department, d.os, d.agent_version, d.last_contact,"
                    + " d.enrolled, s.state, s.due_at, s.error, "
                    + Horizon.STATUS
                    + " as status"
                    + FROM
                    + where.text()
                    + " order by d.host, d.device_id limit :size")
            .bindMap(where.binds)
            .map((row, _) -> row(row, ruled))
            .list();
    if (rows.size() <= size) {
      return new DevicePage(rows, null, total);
    }
    var shown = rows.subList(0, size);
    var last = shown.getLast();
    return new DevicePage(shown, new DevicePage.Cursor(last.host(), last.id()), total);
  }

  private static DevicePage.Row row(java.sql.ResultSet row, boolean ruled)
      throws java.sql.SQLException {
    var agent = row.getString("agent_version");
    return new DevicePage.Row(
        new DeviceId(row.getString("device_id")),
        row.getString("host"),
        row.getString("department"),
        row.getString("os"),
        agent == null ? "" : agent,
        row.getInt("enrolled") == 1 ? Instant.ofEpochMilli(row.getLong("last_contact")) : null,
        ruled ? Status.ofWord(row.getString("status")) : null,
        Counting.state(row.getString("state")),
        DevicePortrait.instant(row, "due_at"),
        row.getString("error"));
  }

  private Where where(DeviceFilter filter) {
    var where = new Where();
    where.binds.put("rule", filter.rule());
    where.binds.putAll(horizon.binds(handle));
    where.any(
        Horizon.STATUS,
        "status",
        Set.copyOf(filter.statuses().stream().map(Status::word).toList()));
    where.any("d.department", "department", filter.departments());
    where.any("d.os", "os", filter.os());
    if (!filter.sources().isEmpty()) {
      var inner = new Where();
      inner.any("f.source", "source", filter.sources());
      where.conditions.add(
          "exists (select 1 from finding f where f.device_id = d.device_id and f.rule_id = :rule"
              + " and "
              + inner.conditions.getFirst()
              + ")");
      where.binds.putAll(inner.binds);
    }
    if (filter.text() != null) {
      where.conditions.add(
          "(lower(d.host) like :part escape '!' or d.device_id like :start escape '!')");
      var literal =
          filter
              .text()
              .toLowerCase(java.util.Locale.ROOT)
              .replace("!", "!!")
              .replace("%", "!%")
              .replace("_", "!_");
      where.binds.put("part", "%" + literal + "%");
      where.binds.put("start", literal + "%");
    }
    return where;
  }

  List<Failure> failures(String rule, int most) {
    return handle
        .createQuery(
            "select d.device_id, d.host, d.department, s.error, s.error_identity, s.since from"
                + " rule_state s join fleet_member d on d.device_id = s.device_id where s.rule_id ="
                + " :rule and s.state = 'failed' and "
                + Horizon.STATUS
                + " = 'failed' order by s.since, d.device_id limit :most")
        .bind("rule", rule)
        .bindMap(horizon.binds(handle))
        .bind("most", most)
        .map((row, _) -> {
          var error = row.getString("error");
          return new Failure(
              new DeviceId(row.getString("device_id")),
              row.getString("host"),
              row.getString("department"),
              rule,
              error == null ? "other" : error,
              row.getString("error_identity"),
              Instant.ofEpochMilli(row.getLong("since")));
        })
        .list();
  }
}
