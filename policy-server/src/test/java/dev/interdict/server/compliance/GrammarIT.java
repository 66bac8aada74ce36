package dev.interdict.server.compliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.Json;
import dev.interdict.report.Coverage;
import dev.interdict.report.EvidenceStrength;
import dev.interdict.report.OsFamily;
import dev.interdict.report.Presence;
import dev.interdict.report.ReportedFinding;
import dev.interdict.report.ReportedRule;
import dev.interdict.report.RuleState;
import dev.interdict.server.audit.AuditFilter;
import dev.interdict.server.audit.AuditLog;
import dev.interdict.server.compliance.DevicePage.Row;
import dev.interdict.server.failures.FailureFilter;
import dev.interdict.server.failures.FailureQueue;
import dev.interdict.server.fleet.ReportOutcome;
import dev.interdict.server.fleet.SimulatedFleet;
import dev.interdict.server.fleet.expected.DeviceLists;
import dev.interdict.server.query.Asked;
import dev.interdict.server.query.Terms;
import dev.interdict.server.scope.Scope;
import dev.interdict.server.store.Sql;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random filters over one fleet: the total, the rows of a walk by pages, and what a reader of the
/// whole list picks out of it must be the same, for everybody who may see a part of it.
class GrammarIT {
  private static final String RULE = "claude-code";
  private static final List<String> DEPARTMENTS = List.of("R&D", "R&D/platform", "!Sales", "-");
  private static final List<String> SOURCES = List.of("npm", "homebrew", "vscode", "");
  private static final Set<String> NO_SOURCE = Set.of("");
  private static final List<String> PEOPLE = List.of("li.wei", "!anna", "");

  /// The last is of those that never reported.
  private static final List<String> VERSIONS = List.of("1.4.0", "1.5.0-rc.1", "2.0", "");

  private static final List<String> RINGS = List.of("pilot", "everyone", "!odd");

  private static final List<String> DEEDS = List.of("draft", "draft.edit", "draftsman", "rule.put");

  /// One is of a newer agent, one was not told.
  private static final List<@Nullable String> ERRORS =
      java.util.Arrays.asList("timeout", "new-one", null);

  private final Map<String, String> people = new HashMap<>();
  private final Map<String, String> versions = new HashMap<>();
  private final Map<String, Set<String>> sources = new HashMap<>();

  @TempDir Path folder;

  /// Some on the list and enrolled, some on it alone, some on none.
  private void fill(SimulatedFleet fleet, Random random) {
    var csv = new StringBuilder("hostname,department,os,person,ring\n");
    for (var i = 0; i < 30; i++) {
      if (i % 5 != 0) {
        var person = PEOPLE.get(random.nextInt(PEOPLE.size()));
        people.put("ws-" + i, person);
        csv.append("ws-" + i + "," + DEPARTMENTS.get(i % 4) + ",linux," + person + ",")
            .append(RINGS.get(random.nextInt(3)) + "\n");
      }
    }
    DeviceLists.apply(fleet, csv.toString());
    for (var i = 0; i < 24; i++) {
      var system = OsFamily.values()[random.nextInt(3)];
      var device = fleet.enrolled("ws-" + i, system, DEPARTMENTS.get(random.nextInt(4)));
      if (random.nextInt(6) == 0) {
        fleet.clock.move(Duration.ofDays(2));
      }
      var version = VERSIONS.get(random.nextInt(VERSIONS.size() - 1));
      if (random.nextInt(5) != 0) {
        device.with(version, 1);
        versions.put("ws-" + i, version);
        var state = RuleState.values()[random.nextInt(RuleState.values().length)];
        var found = new ArrayList<ReportedFinding>();
        for (var n = random.nextInt(3); state.hasIt() && n >= 0; n--) {
          var source = SOURCES.get(random.nextInt(SOURCES.size() - 1));
          found.add(
              new ReportedFinding(
                  source, "pkg:npm/x", null, "/x" + n, null, EvidenceStrength.STRONG, false));
          sources.computeIfAbsent("ws-" + i, _ -> new HashSet<>()).add(source);
        }
        var coverage = new Coverage(fleet.clock.instant(), true, List.of());
        var presence = state == RuleState.PRESENT ? Presence.NEW : null;
        var rule = new ReportedRule(RULE, state, presence, null, null, found, List.of());
        assertInstanceOf(ReportOutcome.Accepted.class, fleet.send(device, coverage, rule));
      }
    }
  }

  /// One or two of `values`, each meant or not.
  private static List<String> terms(Random random, List<String> values) {
    var terms = new ArrayList<String>();
    for (var n = random.nextInt(2); n >= 0; n--) {
      var value = Terms.written(values.get(random.nextInt(values.size())));
      terms.add(random.nextBoolean() ? value : "!" + value);
    }
    return terms;
  }

  private static Asked asked(Random random) {
    var values = new HashMap<String, List<String>>();
    values.put("rule", List.of(RULE));
    var states = Stream.of(Status.values()).map(Status::word).toList();
    var keys =
        Map.of(
            "dept", DEPARTMENTS,
            "state", states,
            "os", List.of("linux", "macos", "windows", "other"),
            "ring", RINGS,
            "version", VERSIONS,
            "detector", SOURCES,
            "owner", PEOPLE);
    keys.forEach((key, known) -> {
      if (random.nextInt(3) == 0) {
        values.put(key, terms(random, known));
      }
    });
    if (random.nextInt(5) == 0) {
      values.put("q", List.of("WS-1"));
    }
    return new Asked(values);
  }

  private boolean allows(DeviceFilter filter, Row row) {
    var by = sources.getOrDefault(row.host(), NO_SOURCE);
    var any = filter.sources().any();
    return (filter.statuses().isEmpty() || filter.statuses().contains(row.status()))
        && filter.departments().allows(row.department())
        && filter.os().allows(row.os())
        && filter.rings().allows(row.ring())
        && filter.versions().allows(versions.getOrDefault(row.host(), ""))
        && filter.people().allows(people.getOrDefault(row.host(), ""))
        && (any.isEmpty() || any.stream().anyMatch(by::contains))
        && filter.sources().none().stream().noneMatch(by::contains)
        && (filter.text() == null || row.host().startsWith("ws-1"));
  }

  private static List<Row> walk(
      Compliance seen, DeviceFilter filter, boolean falling, int size, long expected) {
    var rows = new ArrayList<Row>();
    DevicePage.Cursor after = null;
    do {
      var page = seen.devices(filter, falling, after, size);
      assertEquals(expected, page.total(), filter::toString);
      rows.addAll(page.rows());
      after = page.next();
    } while (after != null);
    return rows;
  }

  @Test
  void totals_walks_and_a_look_at_every_row_agree_for_random_filters() {
    var random = new Random(62);
    try (var fleet = new SimulatedFleet(folder)) {
      fill(fleet, random);
      var met = 0;
      for (var round = 0; round < 150; round++) {
        var seen =
            random.nextBoolean()
                ? fleet.compliance
                : fleet.compliance.within(new Scope(Set.of(random.nextBoolean() ? "R&D" : "-")));
        DeviceFilter filter;
        try {
          filter = DeviceFilter.read(asked(random));
        } catch (IllegalArgumentException e) {
          // A state that is meant and not meant at once.
          continue;
        }
        var all = seen.devices(DeviceFilter.ofRule(RULE), null, 1000).rows();
        var expected = all.stream().filter(row -> allows(filter, row)).toList();
        met += expected.size();
        var rows = walk(seen, filter, false, 3, expected.size());
        if (filter.text() != null) {
          // What is looked for comes in the order in which it is found.
          assertEquals(Set.copyOf(expected), Set.copyOf(rows), filter::toString);
          assertEquals(expected.size(), rows.size(), filter::toString);
          continue;
        }
        assertEquals(expected, rows, filter::toString);
        var other = new ArrayList<>(expected);
        Collections.reverse(other);
        assertEquals(other, walk(seen, filter, true, 4, expected.size()), filter::toString);
      }
      assertTrue(met > 200, "too few rows to mean anything: " + met);
    }
  }

  @Test
  void what_a_value_lets_through_and_what_its_opposite_does_are_all() {
    try (var fleet = new SimulatedFleet(folder)) {
      fill(fleet, new Random(63));
      var findings = new Findings(fleet.database);
      var scope = new Scope(Set.of("R&D"));
      for (var seen : List.of(fleet.compliance, fleet.compliance.within(scope))) {
        var all = seen.devices(DeviceFilter.ofRule(RULE), null, 1).total();
        halves()
            .forEach((key, values) -> {
              for (var value : values) {
                var half = total(seen, key, Terms.written(value));
                assertEquals(
                    all - half, total(seen, key, "!" + Terms.written(value)), key + " " + value);
              }
            });
      }
      for (var key : List.of("dept", "os", "ring", "detector", "owner")) {
        for (var value : halves().getOrDefault(key, List.of())) {
          var of = Map.of(key, List.of(Terms.written(value)));
          var not = Map.of(key, List.of("!" + Terms.written(value)));
          assertEquals(
              findings.count(FindingFilter.ALL),
              findings.count(FindingFilter.read(Scope.WHOLE, null, new Asked(of)))
                  + findings.count(FindingFilter.read(Scope.WHOLE, null, new Asked(not))),
              key);
        }
      }
    }
  }

  @Test
  void findings_failures_software_and_the_log_agree_with_a_look_at_every_row() {
    var random = new Random(64);
    try (var fleet = new SimulatedFleet(folder)) {
      fill(fleet, random);
      fail(fleet, random);
      for (var n = 0; n < 30; n++) {
        var actor = PEOPLE.get(random.nextInt(2));
        var action = DEEDS.get(random.nextInt(DEEDS.size()));
        var object = DEPARTMENTS.get(random.nextInt(4));
        fleet.database.write(connection ->
            fleet.audit.append(connection, actor, action, object, Json.object().build()));
      }
      var rows = new HashMap<String, Row>();
      fleet.compliance.devices(DeviceFilter.ofRule(RULE), null, 1000).rows().stream()
          .filter(row -> row.lastContact() != null)
          .forEach(row -> rows.put(row.id().value(), row));
      var met = new HashMap<String, Long>();
      for (var round = 0; round < 150; round++) {
        var scope = random.nextBoolean() ? Scope.WHOLE : new Scope(Set.of("R&D"));
        met.merge("findings", findings(fleet, scope, rows, random), Long::sum);
        met.merge("failures", failures(fleet, scope, rows, random), Long::sum);
        met.merge("software", software(fleet, scope, random), Long::sum);
        met.merge("log", log(fleet, random), Long::sum);
      }
      met.forEach((list, n) -> assertTrue(n > 150, "too few of " + list + " to mean anything"));
      assertEquals(4, met.size());
    }
  }

  /// Some removals fail, each by a class or none; some of them somebody looks after.
  private static void fail(SimulatedFleet fleet, Random random) {
    fleet.database.write(connection -> {
      var told = "select device_id from rule_state order by host";
      for (var device : Sql.list(connection, told, row -> row.getString(1))) {
        if (random.nextBoolean()) {
          Sql.update(
              connection,
              "update rule_state set failing_since = ?, failed_at = 5, failing_error = ? where"
                  + " device_id = ?",
              random.nextInt(4),
              ERRORS.get(random.nextInt(ERRORS.size())),
              device);
        }
        if (random.nextBoolean()) {
          Sql.update(
              connection,
              "insert into failure_case (device_id, rule_id, owner, resolved_at) values (?,?,?,?)",
              device,
              RULE,
              random.nextBoolean() ? null : PEOPLE.get(random.nextInt(2)),
              random.nextBoolean() ? null : 9);
        }
      }
      return null;
    });
  }

  private static Asked asked(Random random, Map<String, List<String>> known) {
    var values = new HashMap<String, List<String>>();
    known.forEach((key, all) -> {
      if (random.nextInt(3) == 0) {
        values.put(key, terms(random, all));
      }
    });
    return new Asked(values);
  }

  private static final Map<String, List<String>> PLACES =
      Map.of("dept", DEPARTMENTS, "os", List.of("linux", "macos", "windows"), "ring", RINGS);

  private long findings(
      SimulatedFleet fleet, Scope scope, Map<String, Row> devices, Random random) {
    var known = new HashMap<>(PLACES);
    known.putAll(Map.of("rule", List.of(RULE, "other"), "detector", SOURCES, "owner", PEOPLE));
    var asked = asked(random, known);
    var filter = FindingFilter.read(scope, null, asked);
    var findings = new Findings(fleet.database);
    var expected =
        findings.list(FindingFilter.ALL, null, 1000).stream()
            .filter(row ->
                scope.includes(row.department())
                    && filter.rules().allows(row.rule())
                    && filter.departments().allows(row.department())
                    && filter.os().allows(row.os())
                    && filter.rings().allows(at(devices, row.device()).ring())
                    && filter.sources().allows(row.source())
                    && filter.people().allows(people.getOrDefault(row.host(), "")))
            .toList();
    assertEquals(expected, findings.list(filter, null, 1000), asked::toString);
    assertEquals(expected.size(), findings.count(filter), asked::toString);
    return expected.size();
  }

  private static Row at(Map<String, Row> devices, String id) {
    return java.util.Objects.requireNonNull(devices.get(id));
  }

  private static long failures(
      SimulatedFleet fleet, Scope scope, Map<String, Row> devices, Random random) {
    var known = new HashMap<>(PLACES);
    known.putAll(
        Map.of(
            "rule", List.of(RULE, "other"),
            "class", List.of("other", "timeout", "new-one", ""),
            "owner", List.of("li.wei", "!anna", ""),
            "state", List.of("open", "resolved", "closed")));
    var asked = asked(random, known);
    FailureFilter filter;
    try {
      filter = FailureFilter.read(scope, asked, null);
    } catch (IllegalArgumentException e) {
      // A state that is meant and not meant at once.
      return 0;
    }
    var queue = new FailureQueue(fleet.database);
    var every = new Asked(Map.of("state", List.of("open,resolved,closed")));
    var expected =
        queue.list(FailureFilter.read(Scope.WHOLE, every, null), 1000).stream()
            .filter(row ->
                scope.includes(row.department())
                    && filter.states().contains(row.state())
                    && filter.rules().allows(row.rule())
                    && filter.errors().allows(row.error())
                    && filter.owners().allows(row.owner() == null ? "" : row.owner())
                    && filter.departments().allows(row.department())
                    && filter.os().allows(row.os())
                    && filter.rings().allows(at(devices, row.device()).ring()))
            .toList();
    assertEquals(expected, queue.list(filter, 1000), asked::toString);
    assertEquals(expected.size(), queue.count(filter), asked::toString);
    return expected.size();
  }

  private static long software(SimulatedFleet fleet, Scope scope, Random random) {
    var sources = asked(random, Map.of("detector", SOURCES)).names("detector");
    var installed = new Installed(fleet.database);
    var expected =
        installed.list(new Installed.Filter(scope, Terms.ALL, null, null), null, 1000).stream()
            .filter(one -> sources.allows(one.source()))
            .toList();
    var filter = new Installed.Filter(scope, sources, null, null);
    assertEquals(expected, installed.list(filter, null, 1000), sources::toString);
    assertEquals(expected.size(), installed.count(filter), sources::toString);
    return expected.size();
  }

  private static long log(SimulatedFleet fleet, Random random) {
    var asked =
        asked(
            random, Map.of("actor", PEOPLE.subList(0, 2), "action", DEEDS, "object", DEPARTMENTS));
    var filter = AuditFilter.read(asked);
    var log = new AuditLog(fleet.database);
    var expected =
        log.list(AuditFilter.ALL, null, 1000).stream()
            .filter(entry ->
                filter.actors().allows(entry.actor())
                    && filter.objects().allows(entry.object())
                    && (filter.actions().any().isEmpty()
                        || begins(entry.action(), filter.actions().any()))
                    && !begins(entry.action(), filter.actions().none()))
            .toList();
    assertEquals(expected, log.list(filter, null, 1000), asked::toString);
    assertEquals(expected.size(), log.count(filter), asked::toString);
    return expected.size();
  }

  private static boolean begins(String action, Set<String> with) {
    return with.stream().anyMatch(each -> action.equals(each) || action.startsWith(each + "."));
  }

  private static Map<String, List<String>> halves() {
    return Map.of(
        "dept", DEPARTMENTS,
        "state", Stream.of(Status.values()).map(Status::word).toList(),
        "os", List.of("linux", "macos", "windows"),
        "ring", RINGS,
        "version", VERSIONS,
        "detector", SOURCES,
        "owner", PEOPLE);
  }

  private static long total(Compliance seen, String key, String value) {
    var asked = new Asked(Map.of("rule", List.of(RULE), key, List.of(value)));
    return seen.devices(DeviceFilter.read(asked), null, 1).total();
  }
}
