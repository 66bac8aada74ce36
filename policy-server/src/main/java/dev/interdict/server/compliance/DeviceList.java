package dev.interdict.server.compliance;

import dev.interdict.report.DeviceId;
import dev.interdict.server.query.Where;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Lists devices by one filter. The text of the query is made of constants only; every value is a
/// bound parameter. Used once.
final class DeviceList {
  static final String STATE =
      " left join rule_state s on s.device_id = d.device_id and s.rule_id = :rule";

  /// The two parts of the view `fleet_member`, each of which can be read in the order of names.
  static final String ENROLLED =
      "select device_id, host, department, os, ring, agent_version, last_contact, supported,"
          + " entry_id, shade, 1 as enrolled from device where standing = 'active'";

  static final String ABSENT =
      "select entry_id as device_id, coalesce(host, serial, asset, '') as host, department, os,"
          + " coalesce(ring, '') as ring, null as agent_version, 0 as last_contact, 1 as supported,"
          + " entry_id, 'plain' as shade, 0 as enrolled from expected_device where device_id is"
          + " null and retired_at is null and in_use = 1";

  private static final Comparator<DevicePage.Row> BY_HOST =
      Comparator.comparing(DevicePage.Row::host).thenComparing(row -> row.id().value());

  private static final int SLICE = 200;

  private final Handle handle;
  private final DeviceFilter filter;
  private final boolean falling;
  private final Kept kept;
  private final DeviceCondition condition;
  private final DeviceTotal total;

  /// @param falling whether names come in the other order
  DeviceList(Handle handle, Horizon horizon, DeviceFilter filter, boolean falling) {
    this.falling = falling;
    this.handle = handle;
    this.filter = filter;
    var rule = filter.rule();
    this.kept = new Kept(handle, rule == null ? "" : rule, horizon);
    this.condition = new DeviceCondition(filter, horizon.binds(handle));
    this.total = new DeviceTotal(handle, filter, condition, kept);
  }

  DevicePage page(DevicePage.@Nullable Cursor after, int size) {
    return filter.text() == null
        ? listed(after, size)
        : new NameSearch(handle, filter.text(), new Found()).page(after, size);
  }

  private DevicePage listed(DevicePage.@Nullable Cursor after, int size) {
    var all = total.counted();
    var found = new TreeSet<>(falling ? BY_HOST.reversed() : BY_HOST);
    if (all.n() > 0) {
      for (var part : parts(all.n(), size + 1)) {
        found.addAll(rows(part, after, size + 1));
      }
    }
    var rows = List.copyOf(found);
    if (rows.size() <= size) {
      // What is shown whole is its own total.
      return after == null
          ? new DevicePage(rows, null, rows.size(), false)
          : new DevicePage(rows, null, all.n(), all.more());
    }
    var shown = rows.subList(0, size);
    var last = shown.getLast();
    return new DevicePage(
        shown, new DevicePage.Cursor(last.host(), last.id()), all.n(), all.more());
  }

  /// What is read for a page: the way along names, and the few that are not where they are kept.
  private List<Ways.Part> parts(long total, int most) {
    var parts = new ArrayList<>(new Ways(kept, filter, most).shortest(total));
    var moved = kept.moved().stream().map(Moved.Row::device).toList();
    for (var from = 0; from < moved.size(); from += SLICE) {
      var slice = moved.subList(from, Math.min(moved.size(), from + SLICE));
      var where = new Where().any("d.device_id", "moved", slice);
      parts.add(new Ways.Part("(" + ENROLLED + ") d" + STATE, "d", "d", where, 0, 0));
    }
    if (kept.listed()) {
      parts.add(new Ways.Part("(" + ABSENT + ") d" + STATE, "d", "d", new Where(), 0, 0));
    }
    return parts;
  }

  private List<DevicePage.Row> rows(Ways.Part part, DevicePage.@Nullable Cursor after, int most) {
    var named = part.named();
    var where = new Where().and(part.where());
    if (after != null) {
      where
          .add(
              (falling
                      ? "(%s.host, %s.device_id) < (:host, :id)"
                      : "(%s.host, %s.device_id) > (:host, :id)")
                  .formatted(named, named))
          .bind("host", after.host())
          .bind("id", after.id().value());
    }
    var order =
        (falling ? "%s.host desc, %s.device_id desc" : "%s.host, %s.device_id")
            .formatted(named, named);
    return rows(part.from(), where.and(condition.of(part.placed())), order, most);
  }

  private List<DevicePage.Row> rows(String from, Where where, String order, int most) {
    var ruled = filter.rule() != null;
    return handle
        .createQuery(
            "select d.device_id, d.host, d.department, d.os, d.ring, d.agent_version,"
                + " d.last_contact, d.enrolled, s.state, s.due_at, s.error, "
                + Horizon.STATUS
                + " as status from "
                + from
                + where.text()
                + " order by "
                + order
                + " limit :most")
        .bindMap(where.bind("most", most).binds())
        .map((row, _) -> row(row, ruled))
        .list();
  }

  /// Those of `named` that are enrolled and count, by name.
  List<DevicePage.Row> enrolled(Collection<DeviceId> named) {
    var ids = named.stream().map(DeviceId::value).toList();
    return rows(
        "(" + ENROLLED + ") d" + STATE,
        new Where().any("d.device_id", "named", ids).and(condition.of("d")),
        "d.host, d.device_id",
        ids.size());
  }

  /// What a text is looked for among.
  private final class Found implements NameSearch.Devices {
    @Override
    public List<DevicePage.Row> enrolled(Where of) {
      var from = "(" + ENROLLED + ") d" + STATE;
      return rows(from, of.and(condition.of("d")), "d.device_id", Integer.MAX_VALUE);
    }

    @Override
    public List<DevicePage.Row> absent(Where of, int most) {
      var from = "(" + ABSENT + ") d" + STATE;
      return kept.listed()
          ? rows(from, of.and(condition.of("d")), "lower(d.host), d.device_id", most)
          : List.of();
    }

    @Override
    public long absent(Where of) {
      return kept.listed() ? total.oneByOne(ABSENT, of, Integer.MAX_VALUE) : 0;
    }
  }

  private static DevicePage.Row row(java.sql.ResultSet row, boolean ruled)
      throws java.sql.SQLException {
    var agent = row.getString("agent_version");
    return new DevicePage.Row(
        new DeviceId(row.getString("device_id")),
        row.getString("host"),
        row.getString("department"),
        row.getString("os"),
        row.getString("ring"),
        agent == null ? "" : agent,
        row.getInt("enrolled") == 1 ? Instant.ofEpochMilli(row.getLong("last_contact")) : null,
        ruled ? Status.ofWord(row.getString("status")) : null,
        Counting.state(row.getString("state")),
        DevicePortrait.instant(row, "due_at"),
        row.getString("error"));
  }
}
