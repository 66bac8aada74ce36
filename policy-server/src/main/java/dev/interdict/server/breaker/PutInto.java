package dev.interdict.server.breaker;

import dev.interdict.server.store.Sql;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Removals by the ring that people put workstations into, against the bounds that they gave these
/// rings. Such a bound only lets the breaker hold a rule sooner: those of the settings hold as
/// well. Used once.
final class PutInto {
  private record Bound(@Nullable Long failures, @Nullable Long percent) {}

  private static final class Count {
    private long failed;
    private long tried;
  }

  private final Map<String, Bound> bounds = new TreeMap<>();
  private final Map<String, Count> counts = new HashMap<>();

  PutInto(Handle handle) {
    handle
        .createQuery(
            "select name, failures, percent from ring where failures is not null or percent is not"
                + " null")
        .map((row, _) ->
            bounds.put(
                row.getString("name"),
                new Bound(Sql.nullableLong(row, "failures"), Sql.nullableLong(row, "percent"))))
        .list();
  }

  /// One workstation on which removal was tried.
  void add(String ring, boolean failed) {
    if (bounds.containsKey(ring)) {
      var count = counts.computeIfAbsent(ring, _ -> new Count());
      count.tried++;
      count.failed += failed ? 1 : 0;
    }
  }

  /// What is beyond the bounds of the first ring in which something is.
  ///
  /// @param floor for fewer workstations no percentage counts
  Optional<String> beyond(long floor) {
    for (var each : bounds.entrySet()) {
      var count = counts.get(each.getKey());
      if (count == null) {
        continue;
      }
      var failures = each.getValue().failures();
      var percent = each.getValue().percent();
      if (failures != null && count.failed > failures
          || percent != null
              && count.failed >= floor
              && count.failed * 100 > percent * count.tried) {
        return Optional.of(
            "removal failed on %d of %d workstations that were put into ring %s, more than it allows"
                .formatted(count.failed, count.tried, each.getKey()));
      }
    }
    return Optional.empty();
  }
}
