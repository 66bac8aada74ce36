package dev.interdict.server.compliance;

import dev.interdict.report.DeviceId;
import dev.interdict.server.scope.Scope;
import dev.interdict.server.scope.ScopeCondition;
import dev.interdict.server.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The read side of the fleet: everything a page, an export or the API shows comes from here.
///
/// Each answer is one consistent snapshot taken at the clock's now. Thread-safe; never writes.
public final class Compliance {
  /// How long a device may be out of contact before it counts as silent, unless configured.
  public static final Duration SILENT_AFTER = Duration.ofDays(7);

  private static final DevicePage NOTHING = new DevicePage(List.of(), null, 0, false);

  private final Sight sight;

  /// Whether the part may be told of, once that was asked: a look at a part asks it for each of its
  /// cards. Null before. Who looks again asks for the part again ([#of]).
  private volatile @Nullable Boolean told;

  public Compliance(Database database, InstantSource clock, Duration silentAfter) {
    this(new Sight(database, clock, silentAfter, Scope.WHOLE, Part.WHOLE, false));
  }

  private Compliance(Sight sight) {
    this.sight = sight;
  }

  /// The same as somebody sees it: of the departments of `scope`, as if there were no others, and
  /// with small groups taken together. What people are shown, on a page, by the API or in an
  /// export, comes from here.
  public Compliance within(Scope seen) {
    return new Compliance(sight.within(seen));
  }

  /// The same of a part of the fleet alone, as people are shown it: overviews, totals, courses and
  /// failures. Lists of devices have filters of their own. For one look: whether the part is too
  /// small to be told of is asked once.
  public Compliance of(Part narrower) {
    return new Compliance(sight.of(narrower));
  }

  /// The people behind what an overview counts, of the same part of the fleet.
  public Affected affected() {
    return new Affected(sight);
  }

  /// How far published lists have come.
  public Reaching reaching() {
    return new Reaching(sight);
  }

  /// The ids of all rules that any device has reported on, in alphabetical order.
  public List<String> rules() {
    var binds = new HashMap<String, Object>();
    var seen = ScopeCondition.of(sight.scope(), "r.department", binds);
    // From one to the next: a rule has thousands of counts.
    return sight.read(handle ->
        handle
            .createQuery(
                "with recursive told (rule) as (select min(rule_id) from rule_rollup union all"
                    + " select (select min(rule_id) from rule_rollup where rule_id > told.rule)"
                    + " from told where told.rule is not null) select rule from told where rule is"
                    + " not null and exists (select 1 from rule_rollup r where r.rule_id ="
                    + " told.rule and r.shade <> 'aside' and r.n > 0"
                    + seen
                    + ") order by rule")
            .bindMap(binds)
            .mapTo(String.class)
            .list());
  }

  /// One rule over the whole fleet. A rule that nobody reported on is unknown everywhere. Of a part
  /// of the fleet that is small nothing is told ([Overview#tooSmall]).
  public Overview overview(String rule) {
    var horizon = sight.horizon();
    var overview =
        sight.read(handle -> {
          var whole = sight.counting(handle, rule, horizon).overview();
          return isTold(handle, horizon) ? whole : whole.untold();
        });
    if (overview.tooSmall()) {
      return overview;
    }
    var told =
        sight.part().rings().isAll() ? overview : overview.with(affected().sources(overview));
    return sight.personal() ? told.withoutSmallGroups() : told;
  }

  /// Whether people are told figures of this part of the fleet ([Overview#tooSmall]).
  public boolean isTold() {
    var horizon = sight.horizon();
    return sight.part().isWhole() || sight.read(handle -> isTold(handle, horizon));
  }

  private boolean isTold(Handle handle, Horizon horizon) {
    if (sight.part().isWhole()) {
      return true;
    }
    var known = told;
    if (known == null) {
      known =
          new Untold(new Kept(handle, Sight.NO_RULE, horizon), sight.scope(), sight.part())
              .isTold();
      told = known;
    }
    return known;
  }

  /// The same by version of the agent; the empty one is of devices that never reported.
  public List<Overview.Group> byVersion(String rule) {
    var horizon = sight.horizon();
    return sight.read(handle ->
        isTold(handle, horizon)
            ? shown(sight.counting(handle, rule, horizon).versions())
            : List.of());
  }

  /// The same by ring.
  public List<Overview.Group> byRing(String rule) {
    var horizon = sight.horizon();
    return sight.read(handle ->
        isTold(handle, horizon) ? shown(sight.counting(handle, rule, horizon).rings()) : List.of());
  }

  /// Groups that are all of what is counted, as people are shown them.
  private List<Overview.Group> shown(List<Overview.Group> groups) {
    return sight.personal() ? Overview.Group.together(groups) : groups;
  }

  /// The same without its parts, for which nothing else need be read.
  public Total total(String rule) {
    var horizon = sight.horizon();
    return sight.read(handle -> sight.counting(handle, rule, horizon).total());
  }

  /// Whether the circuit breaker holds `rule`, and why; null where it does not. Its counts are of
  /// the whole fleet, and for those alone who see all of it.
  public @Nullable Halt halt(String rule) {
    return sight.read(handle ->
        handle
            .createQuery(
                "select tripped_at, cause, words from breaker_trip where rule_id = :rule and"
                    + " resumed_at is null")
            .bind("rule", rule)
            .map((row, _) ->
                new Halt(
                    Instant.ofEpochMilli(row.getLong("tripped_at")),
                    row.getString(sight.scope().isWhole() ? "words" : "cause")))
            .findFirst()
            .orElse(null));
  }

  /// What the enrolled devices of each ring count as under `rule`; as people are shown it, of small
  /// rings together ([Overview.Group#SMALL]).
  public SortedMap<String, Counts> enrolledByRing(String rule) {
    var horizon = sight.horizon();
    var rings = sight.read(handle -> sight.counting(handle, rule, horizon).enrolledByRing());
    var groups = new ArrayList<Overview.Group>();
    rings.forEach((ring, counts) -> groups.add(new Overview.Group(ring, counts)));
    var told = new TreeMap<String, Counts>();
    shown(groups).forEach(each -> told.put(each.name(), each.counts()));
    return told;
  }

  /// How many devices there are, whatever they count as.
  public long size() {
    var horizon = sight.horizon();
    return sight.read(
        handle -> new Kept(handle, Sight.NO_RULE, horizon).size(Subset.of(sight.scope())));
  }

  /// How many devices there are in each department, whatever they count as.
  public SortedMap<String, Long> departments() {
    return sight.departments();
  }

  /// The rings of all devices, by name.
  public SortedSet<String> rings() {
    var horizon = sight.horizon();
    return sight.read(handle -> {
      var kept = new Kept(handle, Sight.NO_RULE, horizon);
      var all = Subset.of(sight.scope());
      var rings = new TreeSet<>(kept.absent(GroupBy.RING, all).keySet());
      kept.fleet(GroupBy.RING, all).forEach(each -> rings.add(each.group()));
      return rings;
    });
  }

  /// How many enrolled devices have each version of the agent; the empty one never reported.
  public SortedMap<String, Long> versions() {
    var horizon = sight.horizon();
    return sight.read(handle -> {
      var versions = new TreeMap<String, Long>();
      new Kept(handle, Sight.NO_RULE, horizon)
          .fleet(GroupBy.VERSION, Subset.of(sight.scope()))
          .forEach(each -> versions.merge(each.group(), each.n(), Long::sum));
      return versions;
    });
  }

  /// Devices where removal of `rule` failed and no overlay hides it, longest failing first.
  public List<Failure> failures(String rule, int most) {
    var seen = sight.seen(DeviceFilter.ofRule(rule).of(sight.part()));
    if (seen.isEmpty()) {
      return List.of();
    }
    var horizon = sight.horizon();
    return sight.read(handle -> Failing.of(handle, horizon, seen.get(), most));
  }

  /// A page of the devices that `filter` lets through.
  ///
  /// @param after the [DevicePage#next] of the page before; null for the first
  /// @param size 1 to 1000
  public DevicePage devices(DeviceFilter filter, DevicePage.@Nullable Cursor after, int size) {
    return devices(filter, false, after, size);
  }

  /// The same in either order of names.
  public DevicePage devices(
      DeviceFilter filter, boolean falling, DevicePage.@Nullable Cursor after, int size) {
    if (size < 1 || size > 1000) {
      throw new IllegalArgumentException("a page has 1 to 1000 rows");
    }
    var seen = sight.seen(filter);
    if (seen.isEmpty()) {
      return NOTHING;
    }
    var horizon = sight.horizon();
    return sight.read(
        handle -> new DeviceList(handle, horizon, seen.get(), falling).page(after, size));
  }

  /// Enrolled devices that count, by name; whoever is not seen, or is none, is left out.
  ///
  /// @param named at most 1000
  public List<DevicePage.Row> devices(Collection<DeviceId> named) {
    var seen = sight.seen(DeviceFilter.ALL);
    if (seen.isEmpty() || named.isEmpty()) {
      return List.of();
    }
    var horizon = sight.horizon();
    return sight.read(handle -> new DeviceList(handle, horizon, seen.get(), false).enrolled(named));
  }

  /// What a list tells beside states, of the devices of a page.
  public Map<DeviceId, Beside> beside(Collection<DeviceId> shown) {
    return sight.read(handle -> Beside.of(handle, shown));
  }

  /// When the newest report of any device of the fleet came in; null before the first.
  public @Nullable Instant lastReport() {
    var horizon = sight.horizon();
    return sight.read(handle -> sight.counting(handle, Sight.NO_RULE, horizon).lastReport());
  }

  /// When the newest figures of the history by days were counted; null before the first.
  public @Nullable Instant lastDay() {
    return sight.read(handle -> Courses.last(handle));
  }

  /// What devices last told of rules, beside what is asked there; whoever is not seen is left out.
  public Map<Evidence.On, Evidence> evidence(Collection<Evidence.On> shown) {
    return sight.read(handle -> Evidence.of(handle, sight.scope(), shown));
  }

  /// All that is known of one device, or null if it is not enrolled.
  public @Nullable DeviceDetail device(DeviceId id) {
    var horizon = sight.horizon();
    var detail = sight.read(handle -> new DevicePortrait(handle, horizon, id).detail());
    return detail == null || !sight.scope().includes(detail.membership().department())
        ? null
        : detail;
  }

  /// The reports that what is known of one device comes from, as far as they are kept: its last one
  /// and those that came at one of `times`; oldest first. None of a device that is not seen.
  public List<SourceReport> sources(DeviceDetail detail, Collection<Instant> times) {
    return sight.scope().includes(detail.membership().department())
        ? sight.read(handle -> SourceReport.of(handle, detail.device().id(), times))
        : List.of();
  }

  /// How many had the software of `rule`, as it was sampled from `from` up to and without `to`,
  /// oldest first; none of a part that is not told of.
  public List<Sample> history(String rule, Instant from, Instant to) {
    var horizon = sight.horizon();
    return sight.read(handle ->
        isTold(handle, horizon)
            ? History.read(handle, sight.scope(), sight.part(), rule, from, to)
            : List.of());
  }

  /// How many devices of each part of the fleet had the software of `rule` on each day since
  /// `from`, oldest first; as somebody sees it, without the days on which a part was small.
  public Map<String, List<Long>> courses(String rule, Courses.By by, Instant from) {
    var least = sight.personal() ? Overview.Group.SMALLEST : 0;
    return sight.read(
        handle -> Courses.of(handle, sight.scope(), sight.part(), rule, by, from, least));
  }
}
