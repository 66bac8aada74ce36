package dev.interdict.server.compliance;

import dev.interdict.policy.RuleId;
import dev.interdict.report.DeviceId;
import dev.interdict.server.scope.Scope;
import dev.interdict.server.scope.ScopeCondition;
import dev.interdict.server.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The read side of the fleet: everything a page, an export or the API shows comes from here.
///
/// Each answer is one consistent snapshot taken at the clock's now. Thread-safe; never writes.
public final class Compliance {
  /// How long a device may be out of contact before it counts as silent, unless configured.
  public static final Duration SILENT_AFTER = Duration.ofDays(7);

  private static final Set<Status> HAVING =
      Arrays.stream(Status.values()).filter(Status::hasIt).collect(Collectors.toSet());

  private static final DevicePage NOTHING = new DevicePage(List.of(), null, 0, false);

  /// Up to so many devices are counted through for what no count is kept of.
  private static final int MOST_COUNTED = 5_000;

  /// No rule's id.
  private static final String NO_RULE = "";

  private final Database database;
  private final InstantSource clock;
  private final Duration silentAfter;
  private final Scope scope;
  private final boolean personal;
  private final Part part;

  public Compliance(Database database, InstantSource clock, Duration silentAfter) {
    this.database = database;
    this.clock = clock;
    this.silentAfter = silentAfter;
    this.scope = Scope.WHOLE;
    this.personal = false;
    this.part = Part.WHOLE;
  }

  private Compliance(Compliance all, Scope scope, Part part) {
    this.database = all.database;
    this.clock = all.clock;
    this.silentAfter = all.silentAfter;
    this.scope = scope;
    this.personal = true;
    this.part = part;
  }

  /// The same as somebody sees it: of the departments of `scope`, as if there were no others, and
  /// with small groups taken together. What people are shown, on a page, by the API or in an
  /// export, comes from here.
  public Compliance within(Scope seen) {
    return new Compliance(this, seen, part);
  }

  /// The same of a part of the fleet alone, as people are shown it: overviews, totals, courses and
  /// failures. Lists of devices have filters of their own.
  public Compliance of(Part narrower) {
    return new Compliance(this, scope, narrower);
  }

  /// The ids of all rules that any device has reported on, in alphabetical order.
  public List<String> rules() {
    var binds = new HashMap<String, Object>();
    var seen = ScopeCondition.of(scope, "r.department", binds);
    // From one to the next: a rule has thousands of counts.
    return database.read(handle ->
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
    var horizon = horizon();
    var overview =
        database.read(handle -> {
          var whole = new Counting(handle, rule, horizon, scope, part).overview();
          return isTold(handle, horizon) ? whole : whole.untold();
        });
    if (overview.tooSmall()) {
      return overview;
    }
    var told = part.rings().isAll() ? overview : overview.with(sources(overview, horizon));
    return personal ? told.withoutSmallGroups() : told;
  }

  /// Whether people are told figures of this part of the fleet ([Overview#tooSmall]).
  public boolean isTold() {
    var horizon = horizon();
    return part.isWhole() || database.read(handle -> isTold(handle, horizon));
  }

  private boolean isTold(Handle handle, Horizon horizon) {
    return part.isWhole() || new Untold(new Kept(handle, NO_RULE, horizon), scope, part).isTold();
  }

  /// By which sources those of some rings have it, which no count knows: one by one, where they are
  /// few enough for a page; else none.
  private List<Overview.Source> sources(Overview overview, Horizon horizon) {
    var seen = seen(having(overview.rule()));
    return overview.counts().hasIt() > MOST_COUNTED || seen.isEmpty()
        ? List.of()
        : database.read(handle -> having(handle, horizon, seen.get()).sources());
  }

  private static Having having(Handle handle, Horizon horizon, DeviceFilter filter) {
    return new Having(handle, new DeviceList(handle, horizon, filter, false));
  }

  private DeviceFilter having(String rule) {
    return DeviceFilter.ofRule(rule).of(part).with(HAVING);
  }

  /// The same by version of the agent; the empty one is of devices that never reported.
  public List<Overview.Group> byVersion(String rule) {
    var horizon = horizon();
    return database.read(handle ->
        isTold(handle, horizon)
            ? shown(new Counting(handle, rule, horizon, scope, part).versions())
            : List.of());
  }

  /// The same by ring.
  public List<Overview.Group> byRing(String rule) {
    var horizon = horizon();
    return database.read(handle ->
        isTold(handle, horizon)
            ? shown(new Counting(handle, rule, horizon, scope, part).rings())
            : List.of());
  }

  /// Groups that are all of what is counted, as people are shown them.
  private List<Overview.Group> shown(List<Overview.Group> groups) {
    return personal ? Overview.Group.together(groups) : groups;
  }

  /// The same without its parts, for which nothing else need be read.
  public Total total(String rule) {
    var horizon = horizon();
    return database.read(handle -> new Counting(handle, rule, horizon, scope, part).total());
  }

  /// Whether the circuit breaker holds `rule`, and why; null where it does not. Its counts are of
  /// the whole fleet, and for those alone who see all of it.
  public @Nullable Halt halt(String rule) {
    return database.read(handle ->
        handle
            .createQuery(
                "select tripped_at, cause, words from breaker_trip where rule_id = :rule and"
                    + " resumed_at is null")
            .bind("rule", rule)
            .map((row, _) ->
                new Halt(
                    Instant.ofEpochMilli(row.getLong("tripped_at")),
                    row.getString(scope.isWhole() ? "words" : "cause")))
            .findFirst()
            .orElse(null));
  }

  /// What the enrolled devices of each ring count as under `rule`; as people are shown it, of small
  /// rings together ([Overview.Group#SMALL]).
  public SortedMap<String, Counts> enrolledByRing(String rule) {
    var horizon = horizon();
    var rings =
        database.read(handle -> new Counting(handle, rule, horizon, scope, part).enrolledByRing());
    var groups = new ArrayList<Overview.Group>();
    rings.forEach((ring, counts) -> groups.add(new Overview.Group(ring, counts)));
    var told = new TreeMap<String, Counts>();
    shown(groups).forEach(each -> told.put(each.name(), each.counts()));
    return told;
  }

  /// How many devices that report hold each list, by its serial, as they tell it: a device holds a
  /// list once it verified it from its own trust root. 0 stands for none. One pass over the
  /// devices.
  public SortedMap<Long, Long> holding() {
    var binds = new HashMap<String, Object>();
    var seen = ScopeCondition.of(scope, "d.department", binds);
    binds.put("since", clock.instant().minus(silentAfter).toEpochMilli());
    var bySerial = new TreeMap<Long, Long>();
    database.read(handle ->
        handle
            .createQuery(
                "select coalesce(d.policy_serial, 0) as serial, count(*) as n from device d where"
                    + " d.standing = 'active' and d.last_contact >= :since"
                    + seen
                    + " group by coalesce(d.policy_serial, 0)")
            .bindMap(binds)
            .map((row, _) -> bySerial.put(row.getLong("serial"), row.getLong("n")))
            .list());
    return bySerial;
  }

  /// How many devices there are, whatever they count as.
  public long size() {
    var horizon = horizon();
    return database.read(handle -> new Kept(handle, NO_RULE, horizon).size(Kept.Which.of(scope)));
  }

  /// How many devices there are in each department, whatever they count as.
  public SortedMap<String, Long> departments() {
    var horizon = horizon();
    return database.read(handle -> {
      var kept = new Kept(handle, NO_RULE, horizon);
      var all = Kept.Which.of(scope);
      var departments = new TreeMap<String, Long>();
      kept.fleet(Kept.By.DEPARTMENT, all)
          .forEach(each -> departments.merge(each.group(), each.n(), Long::sum));
      kept.absent(all).forEach((cell, n) -> departments.merge(cell.department(), n, Long::sum));
      return departments;
    });
  }

  /// The rings of all devices, by name.
  public SortedSet<String> rings() {
    var horizon = horizon();
    return database.read(handle -> {
      var kept = new Kept(handle, NO_RULE, horizon);
      var all = Kept.Which.of(scope);
      var rings = new TreeSet<>(kept.absent(Kept.By.RING, all).keySet());
      kept.fleet(Kept.By.RING, all).forEach(each -> rings.add(each.group()));
      return rings;
    });
  }

  /// How many enrolled devices have each version of the agent; the empty one never reported.
  public SortedMap<String, Long> versions() {
    var horizon = horizon();
    return database.read(handle -> {
      var versions = new TreeMap<String, Long>();
      new Kept(handle, NO_RULE, horizon)
          .fleet(Kept.By.VERSION, Kept.Which.of(scope))
          .forEach(each -> versions.merge(each.group(), each.n(), Long::sum));
      return versions;
    });
  }

  /// Devices where removal of `rule` failed and no overlay hides it, longest failing first.
  public List<Failure> failures(String rule, int most) {
    var seen = seen(DeviceFilter.ofRule(rule).of(part));
    if (seen.isEmpty()) {
      return List.of();
    }
    var horizon = horizon();
    return database.read(
        handle -> new DeviceList(handle, horizon, seen.get(), false).failures(most));
  }

  /// How many people have a workstation that still has the software of `rule`, by the company's
  /// list; null where so many workstations told that they have it that they are not counted through
  /// for a page, and where a part of the fleet has so few such people that each would be known.
  public @Nullable Long people(Overview overview) {
    var told =
        overview.counts().hasIt() + overview.hiddenBySilence() + overview.hiddenByExemption();
    if (overview.tooSmall() || told > MOST_COUNTED) {
      return null;
    }
    var seen = seen(having(overview.rule()));
    if (seen.isEmpty()) {
      return 0L;
    }
    var horizon = horizon();
    var people = database.read(handle -> having(handle, horizon, seen.get()).people());
    return !part.isWhole() && people > 0 && people < Overview.Group.SMALLEST ? null : people;
  }

  /// Those people, by name; nobody where [#people(Overview)] does not count them.
  ///
  /// @param after whose name comes before; null for the first
  public List<Owner> people(Overview overview, @Nullable String after, int most) {
    var seen = seen(having(overview.rule()));
    if (people(overview) == null || seen.isEmpty()) {
      return List.of();
    }
    var horizon = horizon();
    return database.read(handle -> having(handle, horizon, seen.get()).people(after, most));
  }

  /// The devices behind some of those people: as many as each of them was told to have.
  public List<DeviceId> devicesOf(String rule, Collection<String> people) {
    var seen = seen(having(rule));
    if (people.isEmpty() || seen.isEmpty()) {
      return List.of();
    }
    var horizon = horizon();
    return database.read(handle -> having(handle, horizon, seen.get()).devices(people));
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
    var seen = seen(filter);
    if (seen.isEmpty()) {
      return NOTHING;
    }
    var horizon = horizon();
    return database.read(
        handle -> new DeviceList(handle, horizon, seen.get(), falling).page(after, size));
  }

  /// Enrolled devices that count, by name; whoever is not seen, or is none, is left out.
  ///
  /// @param named at most 1000
  public List<DevicePage.Row> devices(Collection<DeviceId> named) {
    var seen = seen(DeviceFilter.ALL);
    if (seen.isEmpty() || named.isEmpty()) {
      return List.of();
    }
    var horizon = horizon();
    return database.read(
        handle -> new DeviceList(handle, horizon, seen.get(), false).enrolled(named));
  }

  /// What is left of a filter within the scope; empty if nothing is.
  private Optional<DeviceFilter> seen(DeviceFilter filter) {
    if (scope.isWhole()) {
      return Optional.of(filter);
    }
    var departments = new HashSet<>(departments().keySet());
    departments.removeIf(name -> !filter.departments().allows(name));
    return departments.isEmpty() ? Optional.empty() : Optional.of(filter.of(departments));
  }

  /// What a list tells beside states, of the devices of a page.
  public Map<DeviceId, Beside> beside(Collection<DeviceId> shown) {
    return database.read(handle -> Beside.of(handle, shown));
  }

  /// All that is known of one device, or null if it is not enrolled.
  public @Nullable DeviceDetail device(DeviceId id) {
    var horizon = horizon();
    var detail = database.read(handle -> new DevicePortrait(handle, horizon, id).detail());
    return detail == null || !scope.includes(detail.membership().department()) ? null : detail;
  }

  /// How many had the software of `rule`, as it was sampled from `from` up to and without `to`,
  /// oldest first; none of a part that is not told of.
  public List<Sample> history(String rule, Instant from, Instant to) {
    var horizon = horizon();
    return database.read(handle ->
        isTold(handle, horizon) ? History.read(handle, scope, part, rule, from, to) : List.of());
  }

  /// How many devices of each part of the fleet had the software of `rule` on each day since
  /// `from`, oldest first; as somebody sees it, without the days on which a part was small.
  public Map<String, List<Long>> courses(String rule, Courses.By by, Instant from) {
    var least = personal ? Overview.Group.SMALLEST : 0;
    return database.read(handle -> Courses.of(handle, scope, part, rule, by, from, least));
  }

  /// Whom a rule concerns, as far as the devices told.
  ///
  /// @param vocabulary what the rule needs ([dev.interdict.policy.Vocabulary#needs])
  /// @param since the serial from which on the published list recognises the software as the rule
  ///   does; empty if it does not, so that no device can have looked
  public Reach reach(RuleId rule, int vocabulary, OptionalLong since) {
    return database.read(
        handle -> new Reaching(handle, clock.instant()).reach(rule, vocabulary, since));
  }

  /// How many devices verified and read the published list of that serial, or a later one.
  public long readSince(long serial) {
    return database.read(handle ->
        handle
            .createQuery(
                "select department, count(*) as n from device where standing = 'active' and"
                    + " policy_serial >= :serial group by department")
            .bind("serial", serial)
            .map((row, _) -> scope.includes(row.getString("department")) ? row.getLong("n") : 0)
            .list()
            .stream()
            .mapToLong(Long::longValue)
            .sum());
  }

  /// How many devices reported that they cannot read `rule`, and so skip it.
  public long skipping(String rule) {
    return database.read(handle ->
        handle
            .createQuery(
                "select d.department, count(distinct n.device_id) as n from device_note n join"
                    + " device d on d.device_id = n.device_id where n.problem = 'rule-unreadable'"
                    + " and n.subject = :rule and d.standing = 'active' group by d.department")
            .bind("rule", rule)
            .map((row, _) -> scope.includes(row.getString("department")) ? row.getLong("n") : 0)
            .list()
            .stream()
            .mapToLong(Long::longValue)
            .sum());
  }

  /// The devices that cannot read rules of this vocabulary.
  public OldAgents unreadable(int vocabulary) {
    return database.read(handle -> new Reaching(handle, clock.instant()).unreadable(vocabulary));
  }

  private Horizon horizon() {
    return Horizon.at(clock.instant(), silentAfter);
  }
}
