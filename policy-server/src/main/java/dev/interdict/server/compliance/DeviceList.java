package dev.interdict.server.compliance;

import dev.interdict.report.DeviceId;
import dev.interdict.server.query.Where;
import dev.interdict.server.scope.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

  private static final String ABSENT =
      "select entry_id as device_id, coalesce(host, serial, asset, '') as host, department, os,"
          + " coalesce(ring, '') as ring, null as agent_version, 0 as last_contact, 1 as supported,"
          + " entry_id, 'plain' as shade, 0 as enrolled from expected_device where device_id is"
          + " null and retired_at is null and in_use = 1";

  private static final Comparator<DevicePage.Row> BY_HOST =
      Comparator.comparing(DevicePage.Row::host).thenComparing(row -> row.id().value());

  private static final int SLICE = 200;

  /// Up to so many devices are counted one by one.
  static final int COUNTED = 10_000;

  private final Handle handle;
  private final DeviceFilter filter;
  private final boolean falling;
  private final Kept kept;
  private final Map<String, Object> instants;

  /// @param falling whether names come in the other order
  DeviceList(Handle handle, Horizon horizon, DeviceFilter filter, boolean falling) {
    this.falling = falling;
    this.handle = handle;
    this.filter = filter;
    var rule = filter.rule();
    this.kept = new Kept(handle, rule == null ? "" : rule, horizon);
    this.instants = horizon.binds(handle);
  }

  DevicePage page(DevicePage.@Nullable Cursor after, int size) {
    return filter.text() == null
        ? listed(after, size)
        : new NameSearch(handle, filter.text(), new Found()).page(after, size);
  }

  private DevicePage listed(DevicePage.@Nullable Cursor after, int size) {
    var total = total();
    var found = new TreeSet<>(falling ? BY_HOST.reversed() : BY_HOST);
    if (total.n() > 0) {
      for (var part : parts(total.n(), size + 1)) {
        found.addAll(rows(part, after, size + 1));
      }
    }
    var rows = List.copyOf(found);
    if (rows.size() <= size) {
      // What is shown whole is its own total.
      return after == null
          ? new DevicePage(rows, null, rows.size(), false)
          : new DevicePage(rows, null, total.n(), total.more());
    }
    var shown = rows.subList(0, size);
    var last = shown.getLast();
    return new DevicePage(
        shown, new DevicePage.Cursor(last.host(), last.id()), total.n(), total.more());
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

  /// @param more whether there may be more than these
  private record Counted(long n, boolean more) {}

  /// By the counts wherever they know it: counting devices one by one takes seconds where there are
  /// many, so it ends at [#COUNTED]. They know of none that was found by no source: there, no
  /// source is all that told. Nor do they tell sources and rings, or versions, together.
  private Counted total() {
    var by = filter.sources();
    if (!filter.people().isAll()
        || !by.isAll() && !(filter.versions().isAll() && filter.rings().isAll())
        || by.any().size() + by.none().size() > 1
        || by.any().contains("")
        || by.none().contains("")) {
      var n = count(ENROLLED, new Where(), COUNTED + 1);
      if (kept.listed() && n <= COUNTED) {
        n += count(ABSENT, new Where(), COUNTED + 1);
      }
      return new Counted(Math.min(n, COUNTED), n > COUNTED);
    }
    var without = by.none().stream().findFirst();
    return new Counted(
        without.isPresent()
            ? counted(null) - counted(without.get())
            : counted(by.any().stream().findFirst().orElse(null)),
        false);
  }

  /// Those that have it by `source`; null for all, whether they have it or not.
  private long counted(@Nullable String source) {
    var which =
        new Kept.Which(
            Scope.WHOLE,
            filter.departments(),
            filter.os(),
            filter.rings(),
            filter.versions(),
            source);
    var any = filter.statuses().isEmpty();
    var absent =
        any || filter.statuses().contains(Status.NOT_ENROLLED)
            ? kept.absent(which).values().stream().mapToLong(Long::longValue).sum()
            : 0;
    if (any && source == null) {
      return absent + sum(kept.fleet(Kept.By.NOTHING, which));
    }
    return absent
        + kept.tallies(Kept.By.NOTHING, which).stream()
            .filter(each -> any || filter.statuses().contains(each.status()))
            .mapToLong(Kept.Tally::n)
            .sum();
  }

  private static long sum(List<Kept.Count> counts) {
    return counts.stream().mapToLong(Kept.Count::n).sum();
  }

  /// How many the filter lets through, device by device, up to `most`.
  private long count(String members, Where which, int most) {
    var where = which.and(filtered("d"));
    return handle
        .createQuery(
            "select count(*) from (select 1 from ("
                + members
                + ") d"
                + (filter.rule() == null ? "" : STATE)
                + where.text()
                + " limit :counted) found")
        .bindMap(where.bind("counted", most).binds())
        .mapTo(Long.class)
        .one();
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
    return rows(part.from(), where.and(filtered(part.placed())), order, most);
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
        new Where().any("d.device_id", "named", ids).and(filtered("d")),
        "d.host, d.device_id",
        ids.size());
  }

  /// What a text is looked for among.
  private final class Found implements NameSearch.Devices {
    @Override
    public List<DevicePage.Row> enrolled(Where of) {
      var from = "(" + ENROLLED + ") d" + STATE;
      return rows(from, of.and(filtered("d")), "d.device_id", Integer.MAX_VALUE);
    }

    @Override
    public List<DevicePage.Row> absent(Where of, int most) {
      var from = "(" + ABSENT + ") d" + STATE;
      return kept.listed()
          ? rows(from, of.and(filtered("d")), "lower(d.host), d.device_id", most)
          : List.of();
    }

    @Override
    public long absent(Where of) {
      return kept.listed() ? count(ABSENT, of, Integer.MAX_VALUE) : 0;
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

  /// What the filter says of member `d` and its rule `s`.
  ///
  /// @param placed which of the two tells department and system first
  Where filtered(String placed) {
    var where =
        new Where()
            .bind("rule", filter.rule())
            .bind(instants)
            .terms(placed + ".department", "department", filter.departments())
            .terms(placed + ".os", "os", filter.os())
            .terms("d.ring", "ring", filter.rings())
            .terms("coalesce(d.agent_version, '')", "version", filter.versions())
            .many(Horizon.STATUS, "status", filter.statuses().stream().map(Status::word).toList());
    Owned.by(filter.people(), where);
    sources(where);
    return where;
  }

  private void sources(Where where) {
    var sources = filter.sources();
    if (sources.isAll()) {
      return;
    }
    where.bind("nl", "\n");
    var any = new ArrayList<String>();
    for (var source : sources.any()) {
      any.add(has(where, "source" + any.size(), source));
    }
    if (!any.isEmpty()) {
      where.add("(" + String.join(" or ", any) + ")");
    }
    var n = 0;
    for (var source : sources.none()) {
      where.add("not " + has(where, "no_source" + n++, source));
    }
  }

  private static String has(Where where, String name, String source) {
    where.bind(name, "\n" + source + "\n");
    return "(replace(:nl || coalesce(s.sources, '') || :nl, :%s, '') <> :nl || coalesce(s.sources, '') || :nl)"
        .formatted(name);
  }

  /// Those whose removal failed, longest failing first.
  List<Failure> failures(int most) {
    var where =
        new Where()
            .bind("rule", filter.rule())
            .bind(instants)
            .bind("most", most)
            // As it is kept with the rule: of a department few devices are to be looked up.
            .terms("s.department", "department", filter.departments())
            .terms("s.os", "os", filter.os())
            .terms("d.ring", "ring", filter.rings())
            .add("s.rule_id = :rule and s.state = 'failed' and d.device_id = s.device_id")
            .many(Horizon.STATUS, "status", List.of(Status.FAILED.word()));
    return handle
        .createQuery(
            "select d.device_id, d.host, d.department, s.error, s.error_identity, s.since from"
                + " rule_state s cross join ("
                + ENROLLED
                + ") d"
                + where.text()
                + " order by s.since, d.device_id limit :most")
        .bindMap(where.binds())
        .map((row, _) -> {
          var error = row.getString("error");
          return new Failure(
              new DeviceId(row.getString("device_id")),
              row.getString("host"),
              row.getString("department"),
              Objects.requireNonNull(filter.rule()),
              error == null ? "other" : error,
              row.getString("error_identity"),
              Instant.ofEpochMilli(row.getLong("since")));
        })
        .list();
  }
}
