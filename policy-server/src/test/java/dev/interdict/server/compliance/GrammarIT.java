package dev.interdict.server.compliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.report.Coverage;
import dev.interdict.report.EvidenceStrength;
import dev.interdict.report.OsFamily;
import dev.interdict.report.Presence;
import dev.interdict.report.ReportedFinding;
import dev.interdict.report.ReportedRule;
import dev.interdict.report.RuleState;
import dev.interdict.server.compliance.DevicePage.Row;
import dev.interdict.server.fleet.ReportOutcome;
import dev.interdict.server.fleet.SimulatedFleet;
import dev.interdict.server.fleet.expected.DeviceLists;
import dev.interdict.server.query.Asked;
import dev.interdict.server.query.Terms;
import dev.interdict.server.scope.Scope;
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
