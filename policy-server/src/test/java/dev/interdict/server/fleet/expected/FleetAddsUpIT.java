package dev.interdict.server.fleet.expected;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.report.Coverage;
import dev.interdict.report.OsFamily;
import dev.interdict.report.Presence;
import dev.interdict.report.ReportedRule;
import dev.interdict.report.RuleState;
import dev.interdict.report.SerialNumber;
import dev.interdict.server.compliance.Counts;
import dev.interdict.server.compliance.DeviceFilter;
import dev.interdict.server.compliance.Overview;
import dev.interdict.server.compliance.Status;
import dev.interdict.server.fleet.Placement;
import dev.interdict.server.fleet.SimulatedDevice;
import dev.interdict.server.fleet.SimulatedFleet;
import dev.interdict.server.query.Asked;
import dev.interdict.server.query.Terms;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random lists, enrolments, machines set up anew, approvals, retirements and reports: the states
/// add up to the list and the devices beside it, and each number is its list.
class FleetAddsUpIT {
  private static final String RULE = "claude-code";
  private static final int SERIALS = 14;

  @TempDir Path folder;
  private final List<SimulatedDevice> devices = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void states_add_up_whatever_happens(long seed) {
    var random = new Random(seed);
    try (var fleet = new SimulatedFleet(folder)) {
      for (var round = 0; round < 70; round++) {
        step(fleet, random);
        check(fleet);
      }
    }
  }

  private void step(SimulatedFleet fleet, Random random) {
    try {
      switch (random.nextInt(11)) {
        case 0 -> lists(fleet, random);
        case 1, 2 -> enrols(fleet, random);
        case 3, 4, 5, 6 -> reports(fleet, random);
        case 7 -> {
          if (random.nextBoolean()) {
            fleet.expected.retire("anna", name(random), "test");
          } else {
            fleet.expected.restore("anna", name(random), "test");
          }
        }
        case 8 -> {
          if (!devices.isEmpty()) {
            fleet.expected.bind(
                "anna", any(random).id().value(), serial(random), random.nextBoolean());
          }
        }
        case 9 -> {
          if (!devices.isEmpty()) {
            var name = any(random).id().value();
            if (random.nextInt(4) != 0) {
              fleet.admissions.approve("anna", name, random.nextBoolean());
            } else {
              fleet.admissions.refuse("anna", name, "test");
            }
          }
        }
        default -> fleet.clock.move(Duration.ofHours(random.nextInt(60)));
      }
    } catch (RefusedException e) {
      // A decision about something that is not so; it must have changed nothing.
    }
  }

  private SimulatedDevice any(Random random) {
    return devices.get(random.nextInt(devices.size()));
  }

  private static String serial(Random random) {
    return "PF" + (100 + random.nextInt(SERIALS));
  }

  private String name(Random random) {
    return devices.isEmpty() || random.nextBoolean() ? serial(random) : any(random).id().value();
  }

  private static void lists(SimulatedFleet fleet, Random random) {
    var csv = new StringBuilder("serial,hostname,department,os,lifecycle\n");
    for (var i = 0; i < SERIALS; i++) {
      if (random.nextInt(4) != 0) {
        csv.append(
            "PF%d,ws-%d,dept-%d,%s,%s\n"
                .formatted(
                    100 + i,
                    i % 10,
                    random.nextInt(3),
                    random.nextBoolean() ? "Windows" : "Linux",
                    List.of("in-use", "in-use", "stock", "retired").get(random.nextInt(4))));
      }
    }
    if (random.nextBoolean()) {
      DeviceLists.applyWhole(fleet, csv.toString());
    } else {
      try (var list = DeviceLists.read(fleet, csv.toString())) {
        list.apply("anna", false, false, java.util.OptionalLong.of(list.plan().retiring(false)));
      }
    }
  }

  private void enrols(SimulatedFleet fleet, Random random) {
    var device = new SimulatedDevice("ws-" + random.nextInt(10), OsFamily.LINUX);
    var token =
        fleet.tokens.create(
            "tester",
            new Placement("unassigned", "everyone", List.of()),
            Duration.ofDays(1),
            1,
            new Arrival.Allowed(random.nextInt(4) == 0, random.nextBoolean()),
            10);
    var told = random.nextInt(3) == 0 ? null : SerialNumber.told(serial(random));
    fleet.enrolment.enrol(device.enrol(token.secret(), told, fleet.clock.instant()));
    devices.add(device);
  }

  private void reports(SimulatedFleet fleet, Random random) {
    if (devices.isEmpty()) {
      return;
    }
    var drawn = RuleState.values()[random.nextInt(RuleState.values().length)];
    var supported = random.nextInt(8) != 0;
    var state = drawn.claimsClear() && !supported ? RuleState.UNKNOWN : drawn;
    var presence = state == RuleState.PRESENT ? Presence.NEW : null;
    var exempt = random.nextInt(6) == 0 ? fleet.clock.instant().plus(Duration.ofHours(50)) : null;
    fleet.send(
        any(random),
        new Coverage(fleet.clock.instant(), supported, List.of()),
        new ReportedRule(RULE, state, presence, null, exempt, List.of(), List.of()));
  }

  private static void check(SimulatedFleet fleet) {
    var overview = fleet.compliance.overview(RULE);
    var counts = overview.counts();
    var census = fleet.expected.census();
    var listed = census.expected() + census.stock() > 0;
    if (listed) {
      // Expected or in stock and enrolled, expected and absent, on no list: nothing else.
      assertEquals(census.enrolled() + census.notEnrolled() + census.onNoList(), counts.total());
    }
    assertEquals(census.notEnrolled(), counts.get(Status.NOT_ENROLLED));
    assertEquals(census.onNoList(), overview.onNoList());
    for (var status : Status.values()) {
      var filter = DeviceFilter.ofRule(RULE).with(Set.of(status));
      assertEquals(
          counts.get(status), fleet.compliance.devices(filter, null, 1).total(), status::toString);
    }
    assertEquals(counts.total(), fleet.compliance.devices(DeviceFilter.ALL, null, 1).total());
    for (var groups : List.of(overview.byDepartment(), overview.byOs())) {
      assertEquals(
          counts, groups.stream().map(Overview.Group::counts).reduce(Counts.NONE, Counts::plus));
    }
    for (var group : overview.byDepartment()) {
      for (var status : Status.values()) {
        var filter =
            DeviceFilter.read(
                    new Asked(
                        Map.of(
                            "rule", List.of(RULE), "dept", List.of(Terms.written(group.name())))))
                .with(Set.of(status));
        assertEquals(group.counts().get(status), fleet.compliance.devices(filter, null, 1).total());
      }
    }
  }
}
