package dev.interdict.server.compliance;

import dev.interdict.server.query.Where;
import dev.interdict.server.scope.Scope;
import dev.interdict.server.scope.ScopeCondition;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/// Counts a rule's devices by the ring that they are in. No count of rings is kept, so each device
/// is looked at once. Used within one snapshot.
record ByRing(Handle handle, Horizon horizon, Scope scope, Part part) {
  private static final String ENROLLED =
      "select device_id, department, os, ring, last_contact, supported, entry_id, 1 as enrolled"
          + " from device where standing = 'active'";

  SortedMap<String, Counts> of(String rule) {
    var binds = horizon.binds(handle);
    var seen = ScopeCondition.of(scope, "d.department", binds);
    var within = within();
    binds.put("rule", rule);
    var rings = new TreeMap<String, Map<Status, Long>>();
    handle
        .createQuery(
            "select d.ring, "
                + Horizon.STATUS
                + " as status, count(*) as n from ("
                + ENROLLED
                + ") d"
                + DeviceList.STATE
                + within.text()
                + seen
                + " group by d.ring, 2")
        .bindMap(binds)
        .bindMap(within.binds())
        .map((row, _) ->
            rings
                .computeIfAbsent(row.getString("ring"), _ -> new EnumMap<>(Status.class))
                .put(Status.ofWord(row.getString("status")), row.getLong("n")))
        .list();
    var counts = new TreeMap<String, Counts>();
    rings.forEach((ring, each) -> counts.put(ring, new Counts(each)));
    return counts;
  }

  /// How many enrolled devices each ring has.
  SortedMap<String, Long> sizes() {
    var binds = new HashMap<String, Object>();
    var seen = ScopeCondition.of(scope, "d.department", binds);
    var within = within();
    var sizes = new TreeMap<String, Long>();
    handle
        .createQuery(
            "select d.ring, count(*) as n from ("
                + ENROLLED
                + ") d"
                + within.text()
                + seen
                + " group by d.ring")
        .bindMap(binds)
        .bindMap(within.binds())
        .map((row, _) -> sizes.put(row.getString("ring"), row.getLong("n")))
        .list();
    return sizes;
  }

  private Where within() {
    return new Where()
        .add("1 = 1")
        .terms("d.department", "department", part.departments())
        .terms("d.os", "os", part.os());
  }
}
