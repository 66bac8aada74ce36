package dev.interdict.server.compliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.report.Coverage;
import dev.interdict.report.OsFamily;
import dev.interdict.report.ReportedRule;
import dev.interdict.report.RuleState;
import dev.interdict.server.fleet.SimulatedDevice;
import dev.interdict.server.fleet.SimulatedFleet;
import dev.interdict.server.query.Terms;
import dev.interdict.server.scope.Scope;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoursesIT {
  private static final String RULE = "claude-code";

  @TempDir Path folder;
  private SimulatedFleet fleet;
  private Instant start;

  /// Six devices of two departments that lose it one by one, a day each.
  @BeforeEach
  void three_days() {
    fleet = new SimulatedFleet(folder);
    start = fleet.clock.instant();
    var daily =
        new DailyRun(
            fleet.database, fleet.compliance, fleet.clock, Compliance.SILENT_AFTER, ZoneOffset.UTC);
    var devices = new ArrayList<SimulatedDevice>();
    for (var i = 0; i < 5; i++) {
      devices.add(fleet.enrolled("ws-" + i, OsFamily.LINUX, "R&D"));
    }
    devices.add(fleet.enrolled("ws-5", OsFamily.MACOS, "Quality"));
    for (var day = 0; day < 3; day++) {
      for (var i = 0; i < devices.size(); i++) {
        report(devices.get(i), i < day ? RuleState.REMOVED : RuleState.FAILED);
      }
      daily.runOnceFor(daily.today());
      fleet.clock.move(Duration.ofDays(1));
    }
  }

  @AfterEach
  void stop() {
    fleet.close();
  }

  private void report(SimulatedDevice device, RuleState state) {
    var rule = new ReportedRule(RULE, state, null, null, null, List.of(), List.of());
    fleet.send(device, new Coverage(fleet.clock.instant(), true, List.of()), rule);
  }

  @Test
  void each_part_has_its_days_oldest_first() {
    assertEquals(
        Map.of("R&D", List.of(5L, 4L, 3L), "Quality", List.of(1L, 1L, 1L)),
        fleet.compliance.courses(RULE, Courses.By.DEPARTMENT, start));
    assertEquals(
        Map.of("linux", List.of(4L, 3L), "macos", List.of(1L, 1L)),
        fleet.compliance.courses(RULE, Courses.By.OS, start.plusSeconds(1)));
    assertEquals(Map.of(), fleet.compliance.courses("other", Courses.By.OS, start));
  }

  @Test
  void people_see_their_part_alone_and_no_day_of_a_small_one() {
    var everything = fleet.compliance.within(Scope.WHOLE);
    assertEquals(List.of(), everything.courses(RULE, Courses.By.DEPARTMENT, start).get("Quality"));
    var part = fleet.compliance.within(new Scope(Set.of("R&D")));
    assertEquals(Map.of("linux", List.of(5L, 4L, 3L)), part.courses(RULE, Courses.By.OS, start));
  }

  private List<Long> history(Part part) {
    var now = fleet.clock.instant();
    return fleet.compliance.of(part).history(RULE, start, now).stream().map(Sample::hasIt).toList();
  }

  @Test
  void what_differs_from_the_fleet_by_few_devices_is_not_told() {
    for (var part :
        List.of(
            new Part(Terms.ALL, Terms.of("linux"), Terms.ALL),
            new Part(Terms.read(List.of("!Quality")), Terms.ALL, Terms.ALL),
            new Part(Terms.of("R&D"), Terms.ALL, Terms.ALL))) {
      assertTrue(fleet.compliance.of(part).overview(RULE).tooSmall(), part::toString);
      assertEquals(List.of(), history(part));
    }
    var both = new Part(Terms.of("R&D", "Quality"), Terms.ALL, Terms.ALL);
    assertEquals(6, fleet.compliance.of(both).overview(RULE).counts().total());
  }

  @Test
  void a_part_is_not_told_from_which_a_small_one_across_two_keys_could_be() {
    for (var i = 6; i < 23; i++) {
      fleet.enrolled(
          "ws-" + i, i < 9 ? OsFamily.LINUX : OsFamily.MACOS, i > 8 && i < 15 ? "Quality" : "R&D");
    }
    for (var i = 23; i < 26; i++) {
      fleet.enrolled("ws-" + i, OsFamily.LINUX, "Quality");
    }
    var linux = new Part(Terms.ALL, Terms.of("linux"), Terms.ALL);
    var crossed = new Part(Terms.of("R&D"), Terms.of("macos"), Terms.ALL);
    var ringed = new Part(Terms.of("R&D"), Terms.of("macos"), Terms.of("everyone"));
    assertEquals(11, fleet.compliance.of(linux).overview(RULE).counts().total());
    assertFalse(fleet.compliance.of(crossed).isTold(), "11 - (16 - 8) is 3");
    assertFalse(fleet.compliance.of(ringed).isTold());
    for (var i = 26; i < 28; i++) {
      fleet.enrolled("ws-" + i, OsFamily.LINUX, "Quality");
    }
    assertEquals(8, fleet.compliance.of(crossed).overview(RULE).counts().total());
    assertEquals(8, fleet.compliance.of(ringed).overview(RULE).counts().total());
  }

  @Test
  void of_no_rule_nothing_was_told() {
    var rings = fleet.compliance.enrolledByRing("");
    assertEquals(6, Objects.requireNonNull(rings.get("everyone")).total());
    assertEquals(6, rings.get("everyone").get(Status.UNKNOWN));
  }

  @Test
  void of_groups_of_one_size_the_same_stand_together_in_whatever_order_they_are_read() {
    var sizes = new LinkedHashMap<>(Map.of("Quality", 3L));
    sizes.put("Sales", 5L);
    sizes.put("Legal", 5L);
    assertEquals(Set.of("Quality", "Legal"), Overview.Group.small(sizes));
    assertEquals(Set.of("Quality", "Legal"), Overview.Group.small(sizes.reversed()));
  }

  @Test
  void a_ring_has_its_own_course_from_the_first_day_on() {
    var ring = new Part(Terms.ALL, Terms.ALL, Terms.of("everyone"));
    assertEquals(List.of(6L, 5L, 4L), history(ring));
    assertEquals(
        Map.of("everyone", List.of(6L, 5L, 4L)),
        fleet.compliance.courses(RULE, Courses.By.RING, start));
    assertEquals(4, fleet.compliance.of(ring).overview(RULE).counts().hasIt());
    assertEquals(0, history(new Part(Terms.ALL, Terms.ALL, Terms.of("pilot"))).size());
  }

  @Test
  void a_part_of_the_fleet_has_its_own_course_and_no_day_on_which_it_was_small() {
    var linux = new Part(Terms.ALL, Terms.of("linux"), Terms.ALL);
    for (var i = 6; i < 11; i++) {
      fleet.enrolled("ws-" + i, OsFamily.MACOS, "Quality");
    }
    assertEquals(List.of(5L, 4L, 3L), history(linux));
    assertEquals(List.of(5L, 4L, 3L), history(new Part(Terms.of("R&D"), Terms.ALL, Terms.ALL)));
    assertEquals(List.of(), history(new Part(Terms.of("Quality"), Terms.ALL, Terms.ALL)));
    assertEquals(List.of(), history(new Part(Terms.of("R&D"), Terms.of("macos"), Terms.ALL)));
    assertEquals(
        Map.of("R&D", List.of(5L, 4L, 3L)),
        fleet.compliance.of(linux).courses(RULE, Courses.By.DEPARTMENT, start));
    assertEquals(3, fleet.compliance.of(linux).overview(RULE).counts().hasIt());
    assertEquals(3, fleet.compliance.of(linux).failures(RULE, 10).size());
    assertEquals(4, fleet.compliance.of(Part.WHOLE).failures(RULE, 10).size());
  }
}
