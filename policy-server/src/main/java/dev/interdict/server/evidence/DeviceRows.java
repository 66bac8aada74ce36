package dev.interdict.server.evidence;

import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// Each workstation under each rule, as the server knows it now. What it was at the end of a period
/// is said only where it is known: its state has been the same since before.
///
/// @param rules the ids of those to tell of
/// @param end of the period
record DeviceRows(Database database, Collection<String> rules, Instant end) {
  private static final List<String> COLUMNS =
      List.of(
          "device",
          "host",
          "department",
          "os",
          "os-version",
          "agent-version",
          "standing",
          "supported",
          "enrolled",
          "last-contact",
          "list-serial",
          "rule",
          "state-now",
          "since",
          "state-at-end",
          "first-seen",
          "exempt-until",
          "error",
          "error-at");

  /// A workstation under a rule.
  ///
  /// @param enrolled whether a device stands behind it, or an entry of the company's list alone
  record Row(String device, String rule, boolean enrolled, List<@Nullable Object> values) {}

  Table<Row> table() {
    return new Table<>(COLUMNS, this::page, Row::values);
  }

  /// The ids of those behind which a device stands.
  static List<String> devices(List<Row> rows) {
    return rows.stream().filter(Row::enrolled).map(Row::device).distinct().toList();
  }

  private List<Row> page(@Nullable Row last, int most) {
    if (last != null && !last.enrolled()) {
      return absent(last.device(), most);
    }
    var rows = enrolled(last, most);
    if (rows.size() < most) {
      var all = new java.util.ArrayList<>(rows);
      all.addAll(absent("", most - rows.size()));
      return all;
    }
    return rows;
  }

  private List<Row> enrolled(@Nullable Row last, int most) {
    var binds = new HashMap<String, Object>();
    var names = new StringJoiner(", ");
    names.add("''");
    for (var rule : rules) {
      var name = "rule" + binds.size();
      binds.put(name, rule);
      names.add(":" + name);
    }
    return database.read(handle ->
        handle
            .createQuery(
                "select d.*, coalesce(s.rule_id, '') as rule, s.state, s.since, s.first_seen,"
                    + " s.exempt_until, s.error, s.error_identity from device d left join"
                    + " rule_state s on s.device_id = d.device_id and s.rule_id in ("
                    + names
                    + ") where d.enrolled_at < :end and d.device_id >= :device and (d.device_id >"
                    + " :device or coalesce(s.rule_id, '') > :after) order by d.device_id,"
                    + " coalesce(s.rule_id, '') limit :most")
            .bindMap(binds)
            .bind("end", end.toEpochMilli())
            .bind("device", last == null ? "" : last.device())
            .bind("after", last == null ? "" : last.rule())
            .bind("most", most)
            .map((row, _) -> row(row))
            .list());
  }

  private Row row(ResultSet row) throws SQLException {
    var since = Sql.nullableInstant(row, "since");
    var state = row.getString("state");
    return new Row(
        row.getString("device_id"),
        row.getString("rule"),
        true,
        Arrays.asList(
            row.getString("device_id"),
            row.getString("host"),
            row.getString("department"),
            row.getString("os"),
            row.getString("os_version"),
            row.getString("agent_version"),
            row.getString("standing"),
            row.getInt("supported") == 1 ? "true" : "false",
            Instant.ofEpochMilli(row.getLong("enrolled_at")),
            Instant.ofEpochMilli(row.getLong("last_contact")),
            Sql.nullableLong(row, "policy_serial"),
            row.getString("rule"),
            state,
            since,
            since != null && since.isBefore(end) ? state : null,
            Sql.nullableInstant(row, "first_seen"),
            Sql.nullableInstant(row, "exempt_until"),
            row.getString("error"),
            row.getString("error_identity")));
  }

  private List<Row> absent(String after, int most) {
    return database.read(handle ->
        handle
            .createQuery(
                "select entry_id, coalesce(host, serial, asset, '') as host, department, os from"
                    + " expected_device where device_id is null and retired_at is null and in_use ="
                    + " 1 and added_at < :end and entry_id > :after order by entry_id limit :most")
            .bind("end", end.toEpochMilli())
            .bind("after", after)
            .bind("most", most)
            .map((row, _) -> absent(row))
            .list());
  }

  private static Row absent(ResultSet row) throws SQLException {
    var values = new @Nullable Object[COLUMNS.size()];
    values[0] = row.getString("entry_id");
    values[1] = row.getString("host");
    values[2] = row.getString("department");
    values[3] = row.getString("os");
    values[6] = "not-enrolled";
    return new Row(row.getString("entry_id"), "", false, Arrays.asList(values));
  }
}
