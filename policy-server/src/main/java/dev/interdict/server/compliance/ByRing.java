package dev.interdict.server.compliance;

import dev.interdict.server.scope.Scope;
import dev.interdict.server.scope.ScopeCondition;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/// Counts a rule's devices by the ring that they are in. No count of rings is kept, so each device
/// is looked at once. Used within one snapshot.
record ByRing(Handle handle, Horizon horizon, Scope scope) {
  private static final String ENROLLED =
      "select device_id, department, ring, last_contact, supported, entry_id, 1 as enrolled from"
          + " device where standing = 'active'";

  SortedMap<String, Counts> of(String rule) {
    var binds = horizon.binds(handle);
    var seen = ScopeCondition.of(scope, "d.department", binds);
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
                + " where 1 = 1"
                + seen
                + " group by d.ring, 2")
        .bindMap(binds)
        .map((row, _) ->
            rings
                .computeIfAbsent(row.getString("ring"), _ -> new EnumMap<>(Status.class))
                .put(Status.ofWord(row.getString("status")), row.getLong("n")))
        .list();
    var counts = new TreeMap<String, Counts>();
    rings.forEach((ring, each) -> counts.put(ring, new Counts(each)));
    return counts;
  }
}
