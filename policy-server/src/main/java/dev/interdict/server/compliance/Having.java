package dev.interdict.server.compliance;

import dev.interdict.report.DeviceId;
import dev.interdict.server.query.Where;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What is told of those devices of a list that told of its rule that they have the software, read
/// along the index of these. Used once.
record Having(Handle handle, DeviceCondition condition) {
  private static final String DEVICES =
      " from rule_state s cross join (" + DeviceList.ENROLLED + ") d";

  /// How many people they belong to, by the company's list.
  long people() {
    var where = where().and(owned());
    return handle
        .createQuery(
            "select count(distinct e.person)"
                + DEVICES
                + " cross join expected_device e"
                + where.text())
        .bindMap(where.binds())
        .mapTo(Long.class)
        .one();
  }

  /// Those people by name.
  ///
  /// @param after whose name comes before; null for the first
  List<Owner> people(@Nullable String after, int most) {
    var where = where().and(owned());
    if (after != null) {
      where.add("e.person > :after").bind("after", after);
    }
    return handle
        .createQuery(
            "select e.person, count(*) as devices, max(d.department) as department, count(distinct"
                + " d.department) as departments"
                + DEVICES
                + " cross join expected_device e"
                + where.text()
                + " group by e.person order by e.person limit :most")
        .bindMap(where.bind("most", most).binds())
        .map((row, _) ->
            new Owner(
                row.getString("person"),
                row.getLong("devices"),
                row.getLong("departments") == 1 ? row.getString("department") : null))
        .list();
  }

  /// Which of them these people have.
  List<DeviceId> devices(Collection<String> people) {
    var where = where().and(owned()).any("e.person", "owner", people);
    return handle
        .createQuery(
            "select d.device_id" + DEVICES + " cross join expected_device e" + where.text())
        .bindMap(where.binds())
        .map((row, _) -> new DeviceId(row.getString("device_id")))
        .list();
  }

  /// How many there are by what the list says of them, without those of which it does not say it.
  Map<String, Long> by(ListColumn listed) {
    var column = "e." + listed.key();
    var where = where().add("e.entry_id = d.entry_id").add(column + " <> ''");
    var groups = new HashMap<String, Long>();
    handle
        .createQuery(
            "select "
                + column
                + " as name, count(*) as n"
                + DEVICES
                + " cross join expected_device e"
                + where.text()
                + " group by "
                + column)
        .bindMap(where.binds())
        .map((row, _) -> groups.put(row.getString("name"), row.getLong("n")))
        .list();
    return groups;
  }

  /// By which sources they have it, most first.
  List<Overview.Source> sources() {
    var where =
        where()
            .add("f.device_id = s.device_id and f.rule_id = s.rule_id and f.strength <> 'residue'");
    return handle
        .createQuery(
            "select f.source, count(distinct d.device_id) as n"
                + DEVICES
                + " cross join finding f"
                + where.text()
                + " group by f.source order by n desc, f.source")
        .bindMap(where.binds())
        .map((row, _) -> new Overview.Source(row.getString("source"), row.getLong("n")))
        .list();
  }

  private Where where() {
    return new Where()
        .add("s.rule_id = :rule and s.listed in (0, 1) and d.device_id = s.device_id")
        .any("s.shade", "shade", List.of("plain", "silent", "exempt"))
        .any("s.state", "told", List.of("present", "removing", "failed"))
        // By what the index knows, so that only a department's own devices are looked up.
        .and(condition.of("s"));
  }

  private static Where owned() {
    return new Where().add("e.entry_id = d.entry_id and e.person <> ''");
  }
}
