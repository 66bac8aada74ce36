package dev.interdict.server.compliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.interdict.report.Coverage;
import dev.interdict.report.EvidenceStrength;
import dev.interdict.report.OsFamily;
import dev.interdict.report.Presence;
import dev.interdict.report.Problem;
import dev.interdict.report.ReportedFinding;
import dev.interdict.report.ReportedGap;
import dev.interdict.report.ReportedRule;
import dev.interdict.report.RuleState;
import dev.interdict.server.fleet.Recount;
import dev.interdict.server.fleet.ReportOutcome;
import dev.interdict.server.fleet.Shading;
import dev.interdict.server.fleet.SimulatedDevice;
import dev.interdict.server.fleet.SimulatedFleet;
import dev.interdict.server.query.Asked;
import dev.interdict.server.query.Terms;
import dev.interdict.server.scope.Scope;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random fleets, reports and times: the counters, the lists behind them and a recount device by
/// device must say the same.
@Order(1)
class StatesAddUpIT {
  private static final List<String> RULES = List.of("claude-code", "claude-desktop");
  private static final List<String> SOURCES = List.of("npm", "homebrew", "vscode");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void counters_equal_lists_and_a_recount(long seed) {
    var random = new Random(seed);
    try (var fleet = new SimulatedFleet(folder)) {
      var devices = new ArrayList<SimulatedDevice>();
      var shading = new Shading(fleet.database, Compliance.SILENT_AFTER);
      for (var i = 0; i < 25; i++) {
        var os = OsFamily.values()[random.nextInt(3)];
        devices.add(fleet.enrolled("ws-" + i, os, "dept-" + random.nextInt(3)));
      }
      for (var round = 0; round < 12; round++) {
        for (var device : devices) {
          if (random.nextInt(6) == 0) {
            device.with("1." + random.nextInt(3), 1);
          }
          if (random.nextInt(4) == 0) {
            report(fleet, device, random);
          }
        }
        fleet.clock.move(Duration.ofHours(random.nextInt(60)));
        // What is shown is right whether or not what is kept has followed the time.
        if (random.nextBoolean()) {
          shading.turn(fleet.clock.instant());
          assertEquals(0, shading.turn(fleet.clock.instant()));
        }
        assertEquals(List.of(), Recount.differences(fleet.database));
        for (var rule : RULES) {
          check(fleet, rule, devices.size());
          versions(fleet, rule, devices.size());
        }
      }
    }
  }

  /// Each version counts what its lists hold, and all of them are the fleet.
  private static void versions(SimulatedFleet fleet, String rule, int size) {
    var all = 0L;
    for (var version : fleet.compliance.byVersion(rule)) {
      all += version.counts().total();
      var key = Terms.written(version.name());
      for (var status : Status.values()) {
        var asked =
            Map.of("rule", List.of(rule), "version", List.of(key), "state", List.of(status.word()));
        var list = fleet.compliance.devices(DeviceFilter.read(new Asked(asked)), null, 1000);
        assertEquals(version.counts().get(status), list.rows().size(), asked::toString);
      }
    }
    assertEquals(size, all);
  }

  private static void report(SimulatedFleet fleet, SimulatedDevice device, Random random) {
    var now = fleet.clock.instant();
    var gaps =
        random.nextInt(3) == 0
            ? List.of(new ReportedGap("npm", Problem.PARTLY_INSPECTED))
            : List.<ReportedGap>of();
    var coverage = new Coverage(now, random.nextInt(6) != 0, gaps);
    var rules = new ArrayList<ReportedRule>();
    for (var rule : RULES) {
      if (random.nextInt(5) != 0) {
        rules.add(rule(rule, coverage, fleet, random));
      }
    }
    assertInstanceOf(
        ReportOutcome.Accepted.class,
        fleet.send(device, coverage, rules.toArray(ReportedRule[]::new)));
  }

  private static ReportedRule rule(
      String rule, Coverage coverage, SimulatedFleet fleet, Random random) {
    var drawn = RuleState.values()[random.nextInt(RuleState.values().length)];
    var state = drawn.claimsClear() && !coverage.whole() ? RuleState.UNKNOWN : drawn;
    var findings = new ArrayList<ReportedFinding>();
    for (var i = random.nextInt(3); state.hasIt() && i >= 0; i--) {
      findings.add(
          new ReportedFinding(
              SOURCES.get(random.nextInt(SOURCES.size())),
              "pkg:npm/x",
              null,
              "/opt/x" + i,
              null,
              EvidenceStrength.STRONG,
              false));
    }
    var exempt =
        random.nextInt(5) == 0
            ? fleet.clock.instant().plus(Duration.ofHours(random.nextInt(100)))
            : null;
    var presence = state == RuleState.PRESENT ? Presence.NEW : null;
    return new ReportedRule(rule, state, presence, null, exempt, findings, List.of());
  }

  private static void check(SimulatedFleet fleet, String rule, int devices) {
    var overview = fleet.compliance.overview(rule);
    assertEquals(devices, overview.counts().total());
    var recount = recount(fleet, rule);
    assertEquals(new Counts(recount), overview.counts());
    for (var status : Status.values()) {
      var page =
          fleet.compliance.devices(DeviceFilter.ofRule(rule).with(Set.of(status)), null, 1000);
      assertEquals(overview.counts().get(status), page.total(), status::toString);
      assertEquals(page.total(), page.rows().size());
    }
    for (var group : overview.byDepartment()) {
      for (var status : Status.values()) {
        var filter =
            DeviceFilter.read(
                    new Asked(
                        Map.of(
                            "rule", List.of(rule), "dept", List.of(Terms.written(group.name())))))
                .with(Set.of(status));
        assertEquals(group.counts().get(status), fleet.compliance.devices(filter, null, 1).total());
      }
    }
    assertEquals(overview.counts(), sum(overview.byOs()));
    assertEquals(overview.counts(), sum(overview.byDepartment()));
    assertEquals(
        overview.counts().get(Status.FAILED), fleet.compliance.failures(rule, 1000).size());
    sources(fleet, overview);
    scopes(fleet, overview);
  }

  /// Whoever sees one department sees of it what the whole says of it, and nothing of the others.
  private static void scopes(SimulatedFleet fleet, Overview whole) {
    var silent = 0L;
    var exempt = 0L;
    var sources = new TreeMap<String, Long>();
    for (var group : whole.byDepartment()) {
      var seen = fleet.compliance.within(new Scope(Set.of(group.name())));
      var overview = seen.overview(whole.rule());
      assertEquals(group.counts(), overview.counts());
      assertEquals(Map.of(group.name(), group.counts().total()), seen.departments());
      for (var status : Status.values()) {
        var filter = DeviceFilter.ofRule(whole.rule()).with(Set.of(status));
        var page = seen.devices(filter, null, 1000);
        assertEquals(group.counts().get(status), page.total());
        assertEquals(page.total(), page.rows().size());
        page.rows().forEach(row -> assertEquals(group.name(), row.department()));
      }
      var failures = seen.failures(whole.rule(), 1000);
      assertEquals(group.counts().get(Status.FAILED), failures.size());
      silent += overview.hiddenBySilence();
      exempt += overview.hiddenByExemption();
      overview.bySource().forEach(each -> sources.merge(each.name(), each.devices(), Long::sum));
    }
    assertEquals(whole.hiddenBySilence(), silent);
    assertEquals(whole.hiddenByExemption(), exempt);
    var counted = new TreeMap<String, Long>();
    whole.bySource().forEach(source -> counted.put(source.name(), source.devices()));
    assertEquals(counted, sources);
  }

  private static Map<Status, Long> recount(SimulatedFleet fleet, String rule) {
    var recount = new EnumMap<Status, Long>(Status.class);
    var hidden = new HashMap<Status, Long>();
    for (var row : fleet.compliance.devices(DeviceFilter.ALL, null, 1000).rows()) {
      var detail = fleet.compliance.device(row.id());
      if (detail == null) {
        throw new AssertionError("a listed device has no page");
      }
      var now = fleet.clock.instant();
      var of = detail.rules().stream().filter(each -> each.rule().equals(rule)).findFirst();
      var status =
          Status.of(
              false,
              detail.contact().supported(),
              detail.contact().last(),
              of.map(DeviceDetail.Rule::exemptUntil).orElse(null),
              of.map(DeviceDetail.Rule::reported).orElse(null),
              now.minus(Compliance.SILENT_AFTER),
              now);
      recount.merge(status, 1L, Long::sum);
      if (of.isPresent() && of.get().reported().hasIt()) {
        hidden.merge(status, 1L, Long::sum);
      }
    }
    var overview = fleet.compliance.overview(rule);
    assertEquals(hidden.getOrDefault(Status.SILENT, 0L), overview.hiddenBySilence());
    assertEquals(hidden.getOrDefault(Status.EXEMPT, 0L), overview.hiddenByExemption());
    return recount;
  }

  private static void sources(SimulatedFleet fleet, Overview overview) {
    var has = Set.of(Status.PRESENT, Status.REMOVING, Status.FAILED);
    var expected = new TreeMap<String, Long>();
    for (var source : SOURCES) {
      var filter =
          DeviceFilter.read(
                  new Asked(Map.of("rule", List.of(overview.rule()), "detector", List.of(source))))
              .with(has);
      var total = fleet.compliance.devices(filter, null, 1).total();
      if (total > 0) {
        expected.put(source, total);
      }
    }
    var counted = new TreeMap<String, Long>();
    overview.bySource().forEach(source -> counted.put(source.name(), source.devices()));
    assertEquals(expected, counted);
  }

  private static Counts sum(List<Overview.Group> groups) {
    return groups.stream().map(Overview.Group::counts).reduce(Counts.NONE, Counts::plus);
  }

  @Test
  void paging_shows_each_device_once() {
    try (var fleet = new SimulatedFleet(folder)) {
      var token = fleet.token("R&D", 30);
      var expected = new ArrayList<String>();
      for (var i = 0; i < 30; i++) {
        var device = new SimulatedDevice("ws-" + i % 7, OsFamily.LINUX);
        fleet.enrolment.enrol(device.enrol(token, null, fleet.clock.instant()));
        expected.add(device.id().value());
      }
      var seen = new ArrayList<String>();
      DevicePage.Cursor after = null;
      do {
        var page = fleet.compliance.devices(DeviceFilter.ALL, after, 4);
        assertEquals(30, page.total());
        page.rows().forEach(row -> seen.add(row.id().value()));
        after = page.next();
      } while (after != null);
      assertEquals(expected.stream().sorted().toList(), seen.stream().sorted().toList());
    }
  }

  @Test
  void a_search_takes_wildcards_literally() {
    try (var fleet = new SimulatedFleet(folder)) {
      fleet.enrolled("a_b%c!d", OsFamily.LINUX, "R&D");
      fleet.enrolled("axbxcxd", OsFamily.LINUX, "R&D");
      for (var text : List.of("_", "%", "!", "A_B", "' or 1=1 --")) {
        var filter = DeviceFilter.read(new Asked(Map.of("q", List.of(text))));
        assertEquals(
            text.startsWith("'") ? 0 : 1, fleet.compliance.devices(filter, null, 10).total(), text);
      }
    }
  }

  @Test
  void a_sample_keeps_the_counts_of_its_time() {
    try (var fleet = new SimulatedFleet(folder)) {
      var device = fleet.enrolled("ws-1", OsFamily.LINUX, "R&D");
      var history = new History(fleet.database, fleet.compliance);
      var start = fleet.clock.instant();
      var whole = new Coverage(start, true, List.of());
      var has =
          new ReportedRule("claude-code", RuleState.FAILED, null, null, null, List.of(), List.of());
      fleet.send(device, whole, has);
      history.sample();
      history.sample();
      fleet.clock.move(Duration.ofHours(1));
      var gone =
          new ReportedRule(
              "claude-code", RuleState.REMOVED, null, null, null, List.of(), List.of());
      fleet.send(device, whole, gone);
      history.sample();
      assertEquals(
          List.of(new Sample(start, 1), new Sample(fleet.clock.instant(), 0)),
          fleet.compliance.history("claude-code", start, start.plus(Duration.ofDays(1))));
    }
  }
}
