package dev.interdict.server.compliance;

import dev.interdict.server.scope.Scope;
import dev.interdict.server.store.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What somebody sees of the fleet, and from when on a device is silent to them. Immutable.
///
/// @param scope the departments; of others there is nothing
/// @param part what of these is looked at
/// @param personal whether it is shown to people, for whom small groups are taken together
record Sight(
    Database database,
    InstantSource clock,
    Duration silentAfter,
    Scope scope,
    Part part,
    boolean personal) {
  /// No rule's id.
  static final String NO_RULE = "";

  Sight within(Scope seen) {
    return new Sight(database, clock, silentAfter, seen, part, true);
  }

  Sight of(Part narrower) {
    return new Sight(database, clock, silentAfter, scope, narrower, true);
  }

  <T extends @Nullable Object> T read(Function<Handle, T> query) {
    return database.read(query);
  }

  Horizon horizon() {
    return Horizon.at(clock.instant(), silentAfter);
  }

  Counting counting(Handle handle, String rule, Horizon horizon) {
    return new Counting(handle, rule, horizon, scope, part);
  }

  /// How many devices there are in each department, whatever they count as and whatever the part.
  SortedMap<String, Long> departments() {
    var horizon = horizon();
    return database.read(handle -> {
      var kept = new Kept(handle, NO_RULE, horizon);
      var all = Subset.of(scope);
      var departments = new TreeMap<String, Long>();
      kept.fleet(GroupBy.DEPARTMENT, all)
          .forEach(each -> departments.merge(each.group(), each.n(), Long::sum));
      kept.absent(all).forEach((cell, n) -> departments.merge(cell.department(), n, Long::sum));
      return departments;
    });
  }

  /// What is left of a filter within the scope; empty if nothing is.
  Optional<DeviceFilter> seen(DeviceFilter filter) {
    if (scope.isWhole()) {
      return Optional.of(filter);
    }
    var departments = new HashSet<>(departments().keySet());
    departments.removeIf(name -> !filter.departments().allows(name));
    return departments.isEmpty() ? Optional.empty() : Optional.of(filter.of(departments));
  }
}
