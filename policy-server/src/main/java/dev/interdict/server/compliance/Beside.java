package dev.interdict.server.compliance;

import dev.interdict.report.DeviceId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What a list of devices tells beside their states. Read for the rows that are shown, and for no
/// others, so that a list costs the same however many there are.
///
/// @param person whose it is, by the company's list; null where that does not say
/// @param problem the first that its last report named, as in `problems.md`; null for none
/// @param problems how many it named
public record Beside(@Nullable String person, @Nullable String problem, long problems) {

  /// @param ids of devices, or of entries of the list that no device counts as
  static Map<DeviceId, Beside> of(Handle handle, Collection<DeviceId> ids) {
    var beside = new HashMap<DeviceId, Beside>();
    if (ids.isEmpty()) {
      return beside;
    }
    var binds = new HashMap<String, String>();
    ids.forEach(id -> binds.put("d" + binds.size(), id.value()));
    var marks = ":" + String.join(", :", binds.keySet());
    handle
        .createQuery(
            "select d.device_id as id, e.person, (select n.problem from device_note n where"
                + " n.device_id = d.device_id order by n.n limit 1) as problem, (select count(*)"
                + " from device_note n where n.device_id = d.device_id) as problems from device d"
                + " left join expected_device e on e.entry_id = d.entry_id where d.device_id in ("
                + marks
                + ") union all select entry_id, person, null, 0 from expected_device where entry_id"
                + " in ("
                + marks
                + ")")
        .bindMap(binds)
        .map((row, _) ->
            Map.entry(
                new DeviceId(row.getString("id")),
                new Beside(
                    row.getString("person"), row.getString("problem"), row.getLong("problems"))))
        .forEach(one -> beside.put(one.getKey(), one.getValue()));
    return beside;
  }
}
