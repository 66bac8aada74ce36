package dev.interdict.server.compliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.report.Coverage;
import dev.interdict.report.OsFamily;
import dev.interdict.report.ReportedRule;
import dev.interdict.report.RuleState;
import dev.interdict.server.fleet.RandomHistory;
import dev.interdict.server.fleet.SimulatedDevice;
import dev.interdict.server.fleet.SimulatedFleet;
import dev.interdict.server.fleet.expected.RefusedException;
import dev.interdict.server.store.Sql;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DailyIT {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final String RULE = "claude-code";

  @TempDir Path folder;
  private SimulatedFleet fleet;

  @BeforeEach
  void start() {
    fleet = new SimulatedFleet(folder);
  }

  @AfterEach
  void stop() {
    fleet.close();
  }

  private Daily daily() {
    return new Daily(fleet.database, fleet.clock, ZONE);
  }

  private DailyRun run() {
    return new DailyRun(
        fleet.database, fleet.compliance, fleet.clock, Compliance.SILENT_AFTER, ZONE);
  }

  private void reports(SimulatedDevice device, RuleState state) {
    var rule = new ReportedRule(RULE, state, null, null, null, List.of(), List.of());
    fleet.send(device, new Coverage(fleet.clock.instant(), true, List.of()), rule);
  }

  private void setClock(String instant) {
    fleet.clock.move(Duration.between(fleet.clock.instant(), Instant.parse(instant)));
  }

  @Test
  void a_day_begins_where_the_company_is() {
    setClock("2026-07-01T15:59:59Z");
    assertEquals(LocalDate.parse("2026-07-01"), daily().today());
    setClock("2026-07-01T16:00:00Z");
    assertEquals(LocalDate.parse("2026-07-02"), daily().today());
  }

  @Test
  void a_day_is_taken_once_and_never_changed() {
    var device = fleet.enrolled("ws-1", OsFamily.LINUX, "R&D");
    reports(device, RuleState.FAILED);
    var today = daily().today();
    assertTrue(run().runOnceFor(today));
    reports(device, RuleState.REMOVED);
    assertFalse(run().runOnceFor(today));
    assertEquals(
        List.of(new Daily.Day(today, Optional.of(new Counts(Map.of(Status.FAILED, 1L))))),
        daily().days(RULE, today, today, null, null));
  }

  @Test
  void several_servers_take_a_day_once() throws Exception {
    var device = fleet.enrolled("ws-1", OsFamily.LINUX, "R&D");
    reports(device, RuleState.FAILED);
    var today = daily().today();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Boolean> server = () -> run().runOnceFor(today);
      var took = 0;
      for (var result : threads.invokeAll(java.util.Collections.nCopies(8, server))) {
        took += result.get() ? 1 : 0;
      }
      assertEquals(1, took);
    }
    assertEquals(1, total(daily().days(RULE, today, today, "R&D", "linux").getFirst()));
  }

  private static long total(Daily.Day day) {
    return day.counts().map(Counts::total).orElse(-1L);
  }

  @Test
  void a_day_on_which_no_server_ran_is_a_gap() {
    var device = fleet.enrolled("ws-1", OsFamily.LINUX, "R&D");
    reports(device, RuleState.FAILED);
    var first = daily().today();
    run().runOnceFor(first);
    fleet.clock.move(Duration.ofDays(3));
    run().runOnceFor(daily().today());
    var days = daily().days(RULE, first, first.plusDays(3), null, null);
    assertEquals(
        List.of(true, false, false, true), days.stream().map(d -> d.counts().isPresent()).toList());
    // Neither of a department: one that had nobody is 0 on a day that was taken.
    var other = daily().days(RULE, first, first.plusDays(1), "Sales", null);
    assertEquals(List.of(0L, -1L), other.stream().map(DailyIT::total).toList());
  }

  @Test
  void hours_go_and_their_days_stay_in_the_chart() {
    var device = fleet.enrolled("ws-1", OsFamily.LINUX, "R&D");
    var start = fleet.clock.instant();
    var history = new History(fleet.database, fleet.compliance);
    for (var hour = 0; hour < 24 * 6; hour++) {
      reports(device, RuleState.FAILED);
      history.sample();
      run().runOnceFor(daily().today());
      fleet.clock.move(Duration.ofHours(1));
    }
    var now = fleet.clock.instant();
    assertEquals(24 * 6, fleet.compliance.history(RULE, start, now).size());
    assertEquals(
        24 * 4, run().thin(fleet.clock.instant(), Duration.ofDays(2)) / Status.values().length);
    var course = fleet.compliance.history(RULE, start, now);
    assertTrue(course.size() > 48 + 3 && course.size() < 48 + 6, () -> "" + course.size());
    assertEquals(start, course.getFirst().at());
    for (var i = 1; i < course.size(); i++) {
      assertTrue(course.get(i - 1).at().isBefore(course.get(i).at()));
    }
    assertEquals(0, run().thin(fleet.clock.instant(), Duration.ofDays(2)));
  }

  /// Whatever happened, the states of each rule in each department on each system are as many as
  /// the company expects there, each device counted as what ux.md says comes first.
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void states_add_up_in_every_part_of_the_fleet_on_every_day(long seed) {
    var random = new Random(seed);
    var history = new RandomHistory(fleet, seed, 12);
    var days = 0;
    for (var round = 0; round < 14; round++) {
      for (var i = 0; i < 20; i++) {
        history.step();
      }
      try {
        var one = history.devices().get(random.nextInt(12)).id().value();
        if (random.nextBoolean()) {
          fleet.expected.retire("anna", one, "test");
        } else {
          fleet.expected.restore("anna", one, "test");
        }
      } catch (RefusedException e) {
        // It is so already.
      }
      fleet.clock.move(Duration.ofHours(random.nextInt(40)));
      var today = daily().today();
      if (run().runOnceFor(today)) {
        days++;
        for (var rule : RandomHistory.RULES) {
          assertEquals(oracle(rule), stored(rule, today), rule);
        }
      }
    }
    assertTrue(days > 8, () -> "nothing was tried");
  }

  private Map<String, Long> stored(String rule, LocalDate day) {
    return fleet.database.write(connection -> {
      var counts = new HashMap<String, Long>();
      Sql.list(
          connection,
          "select * from daily where rule_id = ? and day = ?",
          row ->
              counts.put(
                  row.getString("department")
                      + " "
                      + row.getString("os")
                      + " "
                      + row.getString("state"),
                  row.getLong("n")),
          rule,
          Math.toIntExact(day.toEpochDay()));
      return counts;
    });
  }

  /// Device by device, by nothing but what is stored of it.
  private Map<String, Long> oracle(String rule) {
    var now = fleet.clock.instant();
    return fleet.database.write(connection -> {
      var counts = new HashMap<String, Long>();
      Sql.list(
          connection,
          "select d.department, d.os, d.supported, d.last_contact, s.state, s.exempt_until from"
              + " device d left join rule_state s on s.device_id = d.device_id and s.rule_id = ?"
              + " where d.standing = 'active'",
          row -> {
            var silent = now.minus(Compliance.SILENT_AFTER).toEpochMilli();
            String state;
            if (row.getInt("supported") == 0) {
              state = "unsupported";
            } else if (row.getLong("last_contact") < silent) {
              state = "silent";
            } else if (row.getLong("exempt_until") > now.toEpochMilli()) {
              state = "exempt";
            } else {
              state = row.getString("state") == null ? "unknown" : row.getString("state");
            }
            var cell = row.getString("department") + " " + row.getString("os") + " " + state;
            return counts.merge(cell, 1L, Long::sum);
          },
          rule);
      return counts;
    });
  }
}
