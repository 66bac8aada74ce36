package dev.interdict.server.review;

import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Rule;
import dev.interdict.policy.RuleReader;
import dev.interdict.policy.Scope;
import dev.interdict.server.review.Impact.Sample;
import dev.interdict.server.review.Impact.Unknown;
import dev.interdict.server.review.Previews.Sight;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Counts whom a rule would hit, workstation by workstation, in one snapshot. Used once.
final class ImpactQuery {
  private static final int MOST_SAMPLES = 12;
  private static final String HAVING =
      "from device d join rule_state s on s.device_id = d.device_id left join expected_device e on"
          + " e.device_id = d.device_id where d.standing = 'active' and s.rule_id = :rule and"
          + " s.state in ('present', 'removing', 'failed') and d.policy_serial >= :since";

  private final Handle handle;
  private final Instant now;
  private final Instant silentBefore;
  private final Set<String> criticalGroups;

  private final Set<String> hit = new HashSet<>();
  private final Set<String> people = new HashSet<>();
  private final Set<String> running = new HashSet<>();
  private final Set<String> critical = new HashSet<>();
  private final LinkedHashMap<String, Map<String, Long>> groups = new LinkedHashMap<>();
  private final Map<String, Set<String>> sources = new TreeMap<>();
  private final Map<String, Sample> samples = new HashMap<>();
  private final Map<String, Long> findings = new HashMap<>();
  private long unnamed;
  private long exempt;

  ImpactQuery(Handle handle, Instant now, Instant silentBefore, Set<String> criticalGroups) {
    this.handle = handle;
    this.now = now;
    this.silentBefore = silentBefore;
    this.criticalGroups = criticalGroups;
    for (var kind : List.of("department", "os", "critical-group", "detector")) {
      groups.put(kind, new TreeMap<>());
    }
  }

  /// @param inForce the rule of the same id that is published now
  Impact of(Rule rule, @Nullable Sight sight, @Nullable Json inForce, int vocabulary) {
    if (sight != null) {
      devices(rule.scope(), sight);
      findings(sight);
    }
    var before = before(inForce);
    var gained = hit.stream().filter(device -> !before.contains(device)).count();
    var lost = sight == null ? 0 : before.stream().filter(device -> !hit.contains(device)).count();
    var most = rule.maxItemsPerDevice();
    var tooMany = findings.values().stream().filter(n -> n > most).count();
    sources.forEach((source, devices) -> part("detector", source, devices.size()));
    return counted(rule, sight, vocabulary, gained, lost, tooMany);
  }

  private Impact counted(
      Rule rule, @Nullable Sight sight, int vocabulary, long gained, long lost, long tooMany) {
    return handle
        .createQuery(
            "select count(*) as enrolled, count(case when d.last_contact < :silent then 1 end) as"
                + " silent, count(case when d.supported = 0 then 1 end) as unsupported, count(case"
                + " when d.vocabulary < :vocabulary then 1 end) as old, count(case when"
                + " d.last_contact >= :silent then 1 end) as reachable, count(case when"
                + " d.last_contact >= :silent and d.policy_serial >= :since and s.state <>"
                + " 'unknown' then 1 end) as sighted, count(case when"
                + " d.policy_serial >= :since and s.state <> 'unknown' then 1 end) as looked from"
                + " device d left join rule_state s on s.device_id = d.device_id and s.rule_id ="
                + " :rule where d.standing = 'active'")
        .bind("silent", silentBefore.toEpochMilli())
        .bind("vocabulary", vocabulary)
        .bind("since", sight == null ? Long.MAX_VALUE : sight.since())
        .bind("rule", sight == null ? "" : sight.rule().value())
        .map((row, _) -> {
          var enrolled = row.getLong("enrolled");
          var looked = row.getLong("looked");
          var unknown =
              new Unknown(
                  row.getLong("silent"),
                  row.getLong("unsupported"),
                  row.getLong("old"),
                  enrolled - looked);
          return new Impact(
              sight == null ? null : sight.rule().value(),
              expected(),
              enrolled,
              looked,
              row.getLong("reachable"),
              row.getLong("sighted"),
              hit.size(),
              running.size(),
              people.size(),
              unnamed,
              exempt,
              tooMany,
              gained,
              lost,
              unknown,
              groups,
              critical.size(),
              samples(),
              warnings(rule, sight, unknown, looked, tooMany));
        })
        .one();
  }

  private long expected() {
    return handle.createQuery("select count(*) from fleet_member").mapTo(Long.class).one();
  }

  private void devices(Scope scope, Sight sight) {
    handle
        .createQuery(
            "select d.device_id, d.department, d.os, d.group_names, e.person, s.exempt_until "
                + HAVING)
        .bind("rule", sight.rule().value())
        .bind("since", sight.since())
        .map((row, _) -> inScope(scope, row) ? count(row) : 0)
        .list();
  }

  private int count(ResultSet row) throws SQLException {
    var device = row.getString("device_id");
    hit.add(device);
    var person = row.getString("person");
    if (person == null) {
      unnamed++;
    } else {
      people.add(person);
    }
    if (row.getLong("exempt_until") > now.toEpochMilli()) {
      exempt++;
    }
    part("department", row.getString("department"), 1);
    part("os", row.getString("os"), 1);
    for (var group : names(row)) {
      if (criticalGroups.contains(group)) {
        critical.add(device);
        part("critical-group", group, 1);
      }
    }
    return 1;
  }

  private void part(String kind, String name, long n) {
    groups.getOrDefault(kind, new TreeMap<>()).merge(name, n, Long::sum);
  }

  private static Set<String> names(ResultSet row) throws SQLException {
    var names = row.getString("group_names");
    return names.isEmpty() ? Set.of() : Set.of(names.split(","));
  }

  /// As the device decides, but for its network, which is not known here.
  private static boolean inScope(Scope scope, ResultSet row) throws SQLException {
    var groups = names(row);
    var os = row.getString("os");
    var systems = scope.systems().stream().map(Fields::written).toList();
    return (systems.isEmpty() || systems.contains(os))
        && groups.stream().noneMatch(scope.exclude()::contains)
        && (scope.include().isEmpty() || groups.stream().anyMatch(scope.include()::contains));
  }

  private void findings(Sight sight) {
    handle
        .createQuery(
            "select f.device_id, d.host, f.source, f.identity, f.version, f.location, f.running"
                + " from finding f join device d on d.device_id = f.device_id where f.rule_id ="
                + " :rule and f.strength <> 'residue' and d.standing = 'active' and d.policy_serial"
                + " >= :since order by f.device_id, f.n")
        .bind("rule", sight.rule().value())
        .bind("since", sight.since())
        .map((row, _) -> hit.contains(row.getString("device_id")) ? finding(row) : 0)
        .list();
  }

  private int finding(ResultSet row) throws SQLException {
    var device = row.getString("device_id");
    var runs = row.getInt("running") == 1;
    if (runs) {
      running.add(device);
    }
    findings.merge(device, 1L, Long::sum);
    var source = row.getString("source");
    sources.computeIfAbsent(source, _ -> new HashSet<>()).add(device);
    var identity = row.getString("identity");
    var one =
        new Sample(
            source,
            identity,
            1,
            row.getString("host"),
            row.getString("version"),
            row.getString("location"),
            runs);
    samples.merge(
        source + "\n" + identity,
        one,
        (old, _) ->
            new Sample(
                old.source(),
                old.identity(),
                old.devices() + 1,
                old.host(),
                old.version(),
                old.location(),
                old.running()));
    return 1;
  }

  private List<Sample> samples() {
    return samples.values().stream()
        .sorted(
            Comparator.comparingLong(Sample::devices)
                .reversed()
                .thenComparing(Sample::source)
                .thenComparing(Sample::identity))
        .limit(MOST_SAMPLES)
        .toList();
  }

  /// Where the rule in force does anything at all now.
  private Set<String> before(@Nullable Json inForce) {
    if (inForce == null
        || !(RuleReader.read(inForce) instanceof RuleReader.Result.Understood(var rule))
        || rule.enforcement() == Enforcement.OBSERVE) {
      return Set.of();
    }
    var before = new HashSet<String>();
    handle
        .createQuery("select d.device_id, d.os, d.group_names " + HAVING)
        .bind("rule", rule.id().value())
        .bind("since", 0L)
        .map((row, _) -> inScope(rule.scope(), row) && before.add(row.getString("device_id")))
        .list();
    return before;
  }

  private List<String> warnings(
      Rule rule, @Nullable Sight sight, Unknown unknown, long looked, long tooMany) {
    var warnings = new ArrayList<String>();
    if (sight == null) {
      warnings.add(
          "not observed: no published rule recognises the tool as this text does, so no workstation"
              + " has looked");
    } else if (looked > 0 && unknown.notLooked() > looked) {
      warnings.add("most workstations have not looked yet; what they have is not counted");
    }
    if (looked > 0 && hit.isEmpty()) {
      warnings.add("it matches nowhere");
    }
    if (!critical.isEmpty()) {
      warnings.add("it hits workstations of critical groups: look at the sample matches");
    }
    if (tooMany > 0) {
      warnings.add(
          tooMany
              + " workstations have more than "
              + rule.maxItemsPerDevice()
              + " matches: nothing will happen there");
    }
    if (unknown.silent() > 0) {
      warnings.add(unknown.silent() + " workstations are silent; they count as last heard");
    }
    if (unknown.tooOld() > 0) {
      warnings.add(unknown.tooOld() + " workstations have agents too old to read it");
    }
    return warnings;
  }
}
