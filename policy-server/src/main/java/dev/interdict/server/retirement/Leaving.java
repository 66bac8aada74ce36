package dev.interdict.server.retirement;

import dev.interdict.server.query.Where;
import dev.interdict.server.store.Sql;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.SortedMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// A workstation that a proposal would take out of the fleet, with what is known of it now, so that
/// whoever is to agree knows which it is. Immutable.
///
/// @param device its id, or that of its entry of the company's list: what is agreed to
/// @param department that it was of when it was proposed
/// @param host empty where none is known
/// @param lastContact null of one that is on the list alone
public record Leaving(
    String device, String department, String host, @Nullable Instant lastContact) {
  private static final int SLICE = 500;

  /// Those of `departments`, which has the department of each.
  static List<Leaving> of(Handle handle, SortedMap<String, String> departments) {
    var known = new HashMap<String, Leaving>();
    var ids = List.copyOf(departments.keySet());
    for (var from = 0; from < ids.size(); from += SLICE) {
      var slice = ids.subList(from, Math.min(ids.size(), from + SLICE));
      var where = new Where().any("id", "device", slice);
      handle
          .createQuery(
              "select id, host, last_contact from (select device_id as id, host, last_contact from"
                  + " device union all select entry_id as id, host, cast(null as bigint) as"
                  + " last_contact from expected_device) d"
                  + where.text())
          .bindMap(where.binds())
          .map((row, _) -> {
            var id = row.getString("id");
            var host = row.getString("host");
            return new Leaving(
                id,
                departments.getOrDefault(id, ""),
                host == null ? "" : host,
                Sql.nullableInstant(row, "last_contact"));
          })
          .forEach(one -> known.put(one.device(), one));
    }
    var leaving = new ArrayList<Leaving>();
    departments.forEach((id, department) ->
        leaving.add(known.getOrDefault(id, new Leaving(id, department, "", null))));
    return leaving;
  }
}
