package dev.interdict.server.compliance;

import dev.interdict.server.store.Database;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/// Counts what the counters say one by one, in one snapshot.
public final class Recount {
  private final Database database;

  public Recount(Database database) {
    this.database = database;
  }

  /// Where a counter and what it counts differ; none while all is well.
  public List<String> differences() {
    return database.read(handle -> {
      var found = new ArrayList<String>();
      compare(
          found,
          counts(
              handle,
              "select os, department, supported, sum(n) as n from fleet_rollup group by os,"
                  + " department, supported having sum(n) <> 0"),
          counts(
              handle,
              "select os, department, supported, count(*) as n from device where standing ="
                  + " 'active' group by os, department, supported"));
      compare(
          found,
          counts(
              handle,
              "select rule_id, state, os, department, sum(n) as n from rule_rollup group by"
                  + " rule_id, state, os, department having sum(n) <> 0"),
          counts(
              handle,
              "select s.rule_id, s.state, d.os, d.department, count(*) as n from rule_state s join"
                  + " device d on d.device_id = s.device_id where d.supported = 1 and d.standing ="
                  + " 'active' group by s.rule_id, s.state, d.os, d.department"));
      return found;
    });
  }

  private static Map<List<String>, Long> counts(Handle handle, String sql) {
    var counts = new HashMap<List<String>, Long>();
    handle
        .createQuery(sql)
        .map((row, _) -> {
          var last = row.getMetaData().getColumnCount();
          var key = new ArrayList<String>();
          for (var i = 1; i < last; i++) {
            key.add(row.getString(i));
          }
          return counts.put(key, row.getLong(last));
        })
        .list();
    return counts;
  }

  private static void compare(
      List<String> found, Map<List<String>, Long> counters, Map<List<String>, Long> counted) {
    var all = new java.util.HashSet<>(counters.keySet());
    all.addAll(counted.keySet());
    for (var key : all) {
      long says = counters.getOrDefault(key, 0L);
      long is = counted.getOrDefault(key, 0L);
      if (says != is) {
        found.add("the counter of " + String.join(", ", key) + " says " + says + ", it is " + is);
      }
    }
  }
}
