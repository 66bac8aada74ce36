package dev.interdict.server.compliance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.policy.RuleId;
import dev.interdict.report.Coverage;
import dev.interdict.report.OsFamily;
import dev.interdict.report.Presence;
import dev.interdict.report.Problem;
import dev.interdict.report.ReportFixtures;
import dev.interdict.report.ReportedProblem;
import dev.interdict.report.ReportedRule;
import dev.interdict.report.RuleState;
import dev.interdict.server.fleet.SimulatedFleet;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReachIT {
  private static final RuleId RULE = new RuleId("claude-code");
  private static final OptionalLong SERIAL_1 = OptionalLong.of(1);

  @TempDir Path folder;
  private SimulatedFleet fleet;

  @BeforeEach
  void open() {
    fleet = new SimulatedFleet(folder);
  }

  @AfterEach
  void close() {
    fleet.close();
  }

  @Test
  void devices_are_counted_as_they_last_reported() {
    report("has", RuleState.PRESENT);
    report("fails", RuleState.FAILED);
    report("clear", RuleState.CLEAR);
    report("unsure", RuleState.UNKNOWN);
    report("other-rule");
    fleet.enrolled("mute", OsFamily.LINUX, "R&D");
    var reach = fleet.compliance.reaching().reach(RULE, 1, SERIAL_1);
    assertEquals(OptionalLong.of(2), reach.matched());
    assertEquals(3, reach.looked());
    assertEquals(6, reach.enrolled());
    assertEquals(fleet.clock.instant(), reach.asOf());
  }

  @Test
  void nobody_having_it_is_said_only_where_somebody_looked() {
    report("unsure", RuleState.UNKNOWN);
    assertEquals(
        OptionalLong.empty(),
        fleet.compliance.reaching().reach(RULE, 1, OptionalLong.of(1)).matched());
    report("clear", RuleState.CLEAR);
    assertEquals(
        OptionalLong.of(0), fleet.compliance.reaching().reach(RULE, 1, SERIAL_1).matched());
  }

  @Test
  void what_was_reported_under_other_matchers_says_nothing() {
    report("has", RuleState.PRESENT);
    for (var since : List.of(OptionalLong.empty(), OptionalLong.of(2))) {
      var reach = fleet.compliance.reaching().reach(RULE, 1, since);
      assertEquals(OptionalLong.empty(), reach.matched());
      assertEquals(0, reach.looked());
      assertEquals(1, reach.enrolled());
    }
  }

  @Test
  void a_silent_device_and_an_exempt_one_still_have_it() {
    var exempt = fleet.clock.instant().plus(Duration.ofDays(30));
    var device = fleet.enrolled("exempt", OsFamily.LINUX, "R&D");
    fleet.send(
        device,
        whole(),
        new ReportedRule(
            RULE.value(),
            RuleState.PRESENT,
            Presence.NOTIFIED,
            null,
            exempt,
            List.of(),
            List.of()));
    fleet.clock.move(Duration.ofDays(20));
    var reach = fleet.compliance.reaching().reach(RULE, 1, SERIAL_1);
    assertEquals(OptionalLong.of(1), reach.matched());
    assertEquals(1, reach.exempt());
    fleet.clock.move(Duration.ofDays(11));
    assertEquals(0, fleet.compliance.reaching().reach(RULE, 1, SERIAL_1).exempt());
  }

  @Test
  void an_agent_that_reads_less_than_the_rule_needs_is_counted_by_its_version() {
    for (var agent : List.of("0.1.0", "0.1.0", "0.2.0")) {
      var device = fleet.enrolled("old", OsFamily.LINUX, "R&D").with(agent, 1);
      fleet.send(device, whole());
    }
    report("new", RuleState.CLEAR);
    var old = fleet.compliance.reaching().unreadable(2);
    assertEquals(new OldAgents(2, 4, new TreeMap<>(Map.of("0.1.0", 2L, "0.2.0", 1L))), old);
    assertEquals(3, old.devices());
    assertEquals(old, fleet.compliance.reaching().reach(RULE, 2, SERIAL_1).unreadable());
    assertEquals(0, fleet.compliance.reaching().unreadable(1).devices());
  }

  @Test
  void a_device_counts_as_its_agent_says_last_from_enrolment_on() {
    var before = fleet.enrolled("fresh", OsFamily.LINUX, "R&D");
    assertEquals(0, fleet.compliance.reaching().unreadable(2).devices());
    fleet.send(before.with("0.1.0", 1), whole());
    assertEquals(1, fleet.compliance.reaching().unreadable(2).devices());
    fleet.send(before.with("0.3.0", 2), whole());
    assertEquals(0, fleet.compliance.reaching().unreadable(2).devices());
    assertEquals(1, fleet.compliance.reaching().unreadable(3).devices());
  }

  @Test
  void devices_that_skipped_a_rule_are_counted_until_they_read_it() {
    var unreadable = new ReportedProblem(Problem.RULE_UNREADABLE, RULE.value());
    var device = fleet.enrolled("old", OsFamily.LINUX, "R&D").suffering(unreadable);
    fleet.send(device, whole());
    var other = new ReportedProblem(Problem.RULE_UNREADABLE, "other-rule");
    fleet.send(fleet.enrolled("other", OsFamily.LINUX, "R&D").suffering(other), whole());
    assertEquals(1, fleet.compliance.reaching().skipping(RULE.value()));
    fleet.send(device.suffering(), whole());
    assertEquals(0, fleet.compliance.reaching().skipping(RULE.value()));
  }

  private void report(String host, RuleState... states) {
    var device = fleet.enrolled(host, OsFamily.LINUX, "R&D");
    var rules =
        states.length == 0
            ? new ReportedRule[0]
            : new ReportedRule[] {ReportFixtures.rule(RULE.value(), states[0])};
    fleet.send(device, whole(), rules);
  }

  private Coverage whole() {
    return new Coverage(fleet.clock.instant(), true, List.of());
  }
}
