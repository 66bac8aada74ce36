package dev.interdict.server.compliance;

import dev.interdict.report.DeviceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Lists devices by one filter. The text of the query is made of constants only; every value is a
/// bound parameter. Used once.
final class DeviceList {
  private static final String STATE =
      " left join rule_state s on s.device_id = d.device_id and s.rule_id = :rule";

  /// The two parts of the view `fleet_member`, each of which can be read in the order of names.
  private static final String ENROLLED =
      "select device_id, host, department, os, agent_version, last_contact, contact_day, supported,"
          + " entry_id, 1 as enrolled from device where standing = 'active'";

  private static final String ABSENT =
      "select entry_id as device_id, coalesce(host, serial, asset, '') as host, department, os,"
          + " null as agent_version, 0 as last_contact, 0 as contact_day, 1 as supported, entry_id,"
          + " 0 as enrolled from expected_device where device_id is null and retired_at is null and"
          + " in_use = 1";

  private static final Comparator<DevicePage.Row> ORDER =
      Comparator.comparing(DevicePage.Row::host).thenComparing(row -> row.id().value());

  /// So many rows are sorted in no time.
  private static final long FEW = 3_000;

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

    /// The same, after other conditions.
    String and() {
      return conditions.stream().map(each -> " and " + each).collect(Collectors.joining());
    }

    String text() {
      return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    }
  }

  /// What the counts say of a filter.
  ///
  /// @param total how many it let through a moment ago
  /// @param allTold whether every device has told something of its rule
  record Sought(long total, boolean allTold) {}

  DevicePage page(DeviceFilter filter, Sought sought, DevicePage.@Nullable Cursor after, int size) {
    var rows = new ArrayList<DevicePage.Row>();
    if (sought.total() > 0) {
      rows.addAll(rows(ENROLLED, filter, sought, after, size + 1));
      if (Horizon.listed(handle)) {
        rows.addAll(rows(ABSENT, filter, sought, after, size + 1));
        rows.sort(ORDER);
      }
    }
    if (rows.size() <= size) {
      // What is shown whole is its own total.
      return new DevicePage(rows, null, after == null ? rows.size() : sought.total());
    }
    var shown = rows.subList(0, size);
    var last = shown.getLast();
    return new DevicePage(shown, new DevicePage.Cursor(last.host(), last.id()), sought.total());
  }

  /// How many the filter lets through, device by device.
  long count(DeviceFilter filter) {
    var enrolled = count(ENROLLED, filter);
    return Horizon.listed(handle) ? enrolled + count(ABSENT, filter) : enrolled;
  }

  private long count(String members, DeviceFilter filter) {
    var where = where(filter, true);
    return handle
        .createQuery("select count(*) from (" + members + ") d" + STATE + where.text())
        .bindMap(where.binds)
        .mapTo(Long.class)
        .one();
  }

  private List<DevicePage.Row> rows(
      String members,
      DeviceFilter filter,
      Sought sought,
      DevicePage.@Nullable Cursor after,
      int most) {
    var few = sought.total() <= FEW;
    var where = where(filter, few);
    if (after != null) {
      // The first alone lets an index begin there.
      where.conditions.add("d.host >= :host and (d.host > :host or d.device_id > :id)");
      where.binds.put("host", after.host());
      where.binds.put("id", after.id().value());
    }
    // Many are met soon on the way along the names; few are found first, and then sorted. The names
    // of a department, and names themselves, have their own ways.
    var along = !few || !filter.departments().isEmpty() || filter.text() != null;
    if (!along) {
      narrow(filter, sought.allTold()).ifPresent(where.conditions::add);
    }
    var order = along ? "d.host" : "d.host || ''";
    where.binds.put("most", most);
    var ruled = filter.rule() != null;
    return handle
        .createQuery(
            "select d.device_id, d.host, d.department, d.os, d.agent_version, d.last_contact,"
                + " d.enrolled, s.state, s.due_at, s.error, "
                + Horizon.STATUS
                + " as status from ("
                + members
                + ") d"
                + STATE
                + where.text()
                + " order by "
                + order
                + ", d.device_id limit :most")
        .bindMap(where.binds)
        .map((row, _) -> row(row, ruled))
        .list();
  }

  /// What follows from the statuses that are asked for, in a form for which there is an index.
  private static Optional<String> narrow(DeviceFilter filter, boolean allTold) {
    if (filter.statuses().isEmpty()) {
      return Optional.empty();
    }
    if (filter.statuses().equals(Set.of(Status.FAILED))) {
      return Optional.of("s.state = 'failed'");
    }
    if (filter.statuses().stream().allMatch(Status::hasIt)) {
      return Optional.of(
          Counting.HAVING + " and (s.exempt_until is null or s.exempt_until <= :now)");
    }
    return filter.statuses().size() > 1
        ? Optional.empty()
        : switch (filter.statuses().iterator().next()) {
          case EXEMPT -> Optional.of("s.exempt_until > :now");
          case UNSUPPORTED -> Optional.of("d.supported = 0");
          case SILENT -> Optional.of("d.contact_day <= :day");
          case UNEXPECTED -> Optional.of("d.entry_id is null");
          case UNKNOWN -> allTold ? Optional.of("s.state = 'unknown'") : Optional.empty();
          case NOT_ENROLLED, FAILED, REMOVING, PRESENT, REMOVED, CLEAR -> Optional.empty();
        };
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

  /// @param few whether it lets so few through that it is better to find them than to meet them
  private Where where(DeviceFilter filter, boolean few) {
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
          (few
                  ? "d.device_id in (select f.device_id from finding f where"
                  : "exists (select 1 from finding f where f.device_id = d.device_id and")
              + " f.rule_id = :rule and f.strength <> 'residue' and "
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

  /// @param departments only of these; of all if there are none
  List<Failure> failures(String rule, Set<String> departments, int most) {
    var where = new Where();
    where.any("d.department", "department", departments);
    return handle
        .createQuery(
            "select d.device_id, d.host, d.department, s.error, s.error_identity, s.since from"
                + " rule_state s join ("
                + ENROLLED
                + ") d on d.device_id = s.device_id where s.rule_id = :rule and s.state = 'failed'"
                + " and "
                + Horizon.STATUS
                + " = 'failed'"
                + where.and()
                + " order by s.since, d.device_id limit :most")
        .bind("rule", rule)
        .bindMap(where.binds)
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
