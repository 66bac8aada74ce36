package dev.interdict.server.compliance;

import dev.interdict.server.query.Where;
import dev.interdict.server.scope.Scope;
import dev.interdict.server.scope.ScopeCondition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/// What a device last told of a rule, for lists that show it beside what is asked there. Read for
/// the rows that are shown, and for no others. Immutable.
///
/// @param heard when the device was last in contact
/// @param told whether it ever told anything of the rule
/// @param found the first of what it has, at most [#MOST]
/// @param total how many it has
public record Evidence(Instant heard, boolean told, List<Found> found, long total) {
  /// So many of one device and rule are told.
  static final int MOST = 3;

  /// A device and a rule.
  public record On(String device, String rule) {}

  /// One thing that a device has, as it reported it.
  public record Found(
      String source, String identity, String version, String location, boolean running) {}

  public Evidence {
    found = List.copyOf(found);
  }

  /// Of those that are enrolled in departments of `scope`; whoever is not seen, or is none, is left
  /// out.
  static Map<On, Evidence> of(Handle handle, Scope scope, Collection<On> wanted) {
    if (wanted.isEmpty()) {
      return Map.of();
    }
    var found = new HashMap<On, List<Found>>();
    var totals = new HashMap<On, Long>();
    var only = new Where();
    named(only, "device_id", "rule_id", wanted);
    handle
        .createQuery(
            "select * from (select device_id, rule_id, n, source, identity, version, location,"
                + " running, row_number() over (partition by device_id, rule_id order by n) as nth,"
                + " count(*) over (partition by device_id, rule_id) as total from finding"
                + only.text()
                + ") f where nth <= :most order by device_id, rule_id, n")
        .bindMap(only.binds())
        .bind("most", MOST)
        .map((row, _) -> {
          var on = new On(row.getString("device_id"), row.getString("rule_id"));
          totals.put(on, row.getLong("total"));
          var version = row.getString("version");
          return Map.entry(
              on,
              new Found(
                  row.getString("source"),
                  row.getString("identity"),
                  version == null ? "" : version,
                  row.getString("location"),
                  row.getInt("running") == 1));
        })
        .forEach(
            one -> found.computeIfAbsent(one.getKey(), _ -> new ArrayList<>()).add(one.getValue()));
    var evidence = new HashMap<On, Evidence>();
    var told = told(handle, wanted);
    contacts(handle, scope, wanted)
        .forEach((device, heard) -> {
          for (var on : wanted) {
            if (on.device().equals(device)) {
              var rows = found.getOrDefault(on, List.of());
              evidence.put(
                  on, new Evidence(heard, told.contains(on), rows, totals.getOrDefault(on, 0L)));
            }
          }
        });
    return evidence;
  }

  /// Those devices with those rules: a few more pairs than are wanted, none of which is told.
  private static void named(Where where, String device, String rule, Collection<On> wanted) {
    var rules = new TreeSet<String>();
    wanted.forEach(on -> rules.add(on.rule()));
    where.any(device, "device", devices(wanted)).any(rule, "rule", rules);
  }

  private static Collection<String> devices(Collection<On> wanted) {
    var devices = new TreeSet<String>();
    wanted.forEach(on -> devices.add(on.device()));
    return devices;
  }

  private static Collection<On> told(Handle handle, Collection<On> wanted) {
    var where = new Where();
    named(where, "device_id", "rule_id", wanted);
    return handle
        .createQuery("select device_id, rule_id from rule_state" + where.text())
        .bindMap(where.binds())
        .map((row, _) -> new On(row.getString("device_id"), row.getString("rule_id")))
        .set();
  }

  private static Map<String, Instant> contacts(Handle handle, Scope scope, Collection<On> wanted) {
    var binds = new HashMap<String, Object>();
    var seen = ScopeCondition.of(scope, "department", binds);
    var where = new Where().any("device_id", "device", devices(wanted)).bind(binds);
    var contacts = new HashMap<String, Instant>();
    handle
        .createQuery("select device_id, last_contact from device" + where.text() + seen)
        .bindMap(where.binds())
        .map((row, _) ->
            Map.entry(
                row.getString("device_id"), Instant.ofEpochMilli(row.getLong("last_contact"))))
        .forEach(one -> contacts.put(one.getKey(), one.getValue()));
    return contacts;
  }
}
