package dev.interdict.server.fleet;

import static dev.interdict.report.EvidenceStrength.STRONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.interdict.report.Coverage;
import dev.interdict.report.OsFamily;
import dev.interdict.report.Presence;
import dev.interdict.report.Report;
import dev.interdict.report.ReportJson;
import dev.interdict.report.ReportedAnswer;
import dev.interdict.report.ReportedFinding;
import dev.interdict.report.ReportedRule;
import dev.interdict.report.RuleState;
import dev.interdict.server.compliance.Status;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Reports that wait at the same time come to the same as one after the other.
class ReportsTogetherIT {
  @TempDir Path folder;
  private SimulatedFleet fleet;
  private Storing storing;
  private final List<Arrived> waiting = new ArrayList<>();

  @BeforeEach
  void open() {
    fleet = new SimulatedFleet(folder);
    storing = new Storing(fleet.clock, new DeviceEvents(fleet.audit), Holdings.UNHEARD);
  }

  @AfterEach
  void close() {
    fleet.close();
  }

  private void waits(SimulatedDevice device, ReportedRule... rules) throws Exception {
    var at = fleet.clock.instant();
    var body = device.report(new Coverage(at, true, List.of()), at, rules);
    Report report = ReportJson.read(body);
    waiting.add(new Arrived(report, key(device), body, ReportJson.hash(body), Set.of()));
  }

  private String key(SimulatedDevice device) {
    return fleet.database.read(handle ->
        handle
            .createQuery("select public_key from device where device_id = :id")
            .bind("id", device.id().value())
            .mapTo(String.class)
            .one());
  }

  private List<ReportOutcome> store() {
    return fleet.database.write(connection -> storing.run(connection, waiting));
  }

  private static ReportedRule rule(RuleState state) {
    return new ReportedRule("claude-code", state, null, null, null, List.of(), List.of());
  }

  private long clear() {
    return fleet.compliance.overview("claude-code").counts().get(Status.CLEAR);
  }

  @Test
  void many_devices_are_stored_and_counted() throws Exception {
    for (var n = 0; n < 70; n++) {
      var device = fleet.enrolled("ws-" + n, OsFamily.LINUX, "R&D " + n % 3);
      waits(device, rule(n % 7 == 0 ? RuleState.UNKNOWN : RuleState.CLEAR));
    }
    store().forEach(outcome -> assertInstanceOf(ReportOutcome.Accepted.class, outcome));
    assertEquals(60, clear());
  }

  @Test
  void findings_are_those_of_the_last_report_whatever_else_is_stored_with_it() throws Exception {
    var one = fleet.enrolled("ws-1", OsFamily.LINUX, "R&D");
    waits(one, found("cursor", 1), found("aider", 2));
    store();
    waiting.clear();
    waits(fleet.enrolled("ws-2", OsFamily.LINUX, "R&D"), found("cursor", 2));
    waits(one, found("cursor", 2), found("opencode", 1), found("aider", 1));
    store();
    var stored =
        fleet.database.read(handle ->
            handle
                .createQuery(
                    "select rule_id, count(*) as n from finding where device_id = :id group by"
                        + " rule_id order by rule_id")
                .bind("id", one.id().value())
                .map((row, _) -> row.getString(1) + " " + row.getLong(2))
                .list());
    assertEquals(List.of("aider 1", "cursor 2", "opencode 1"), stored);
  }

  private static ReportedRule found(String rule, int findings) {
    var all = new ArrayList<ReportedFinding>();
    for (var n = 0; n < findings; n++) {
      all.add(
          new ReportedFinding(
              "npm", "pkg:npm/" + rule, n + "." + findings, "~/x", null, STRONG, false));
    }
    return new ReportedRule(rule, RuleState.PRESENT, Presence.NEW, null, null, all, List.of());
  }

  @Test
  void several_reports_of_one_device_follow_each_other() throws Exception {
    var device = fleet.enrolled("ws-1", OsFamily.LINUX, "R&D");
    waits(device, rule(RuleState.CLEAR));
    waits(fleet.enrolled("ws-2", OsFamily.MACOS, "R&D"), rule(RuleState.CLEAR));
    waits(device, rule(RuleState.UNKNOWN));
    waits(device, rule(RuleState.CLEAR));
    waits(device, rule(RuleState.UNKNOWN));
    store().forEach(outcome -> assertInstanceOf(ReportOutcome.Accepted.class, outcome));
    assertEquals(1, clear());
    int stored =
        fleet.database.read(
            handle -> handle.createQuery("select count(*) from report").mapTo(Integer.class).one());
    assertEquals(5, stored);
  }

  @Test
  void one_that_came_twice_is_stored_once() throws Exception {
    var device = fleet.enrolled("ws-1", OsFamily.LINUX, "R&D");
    waits(device, rule(RuleState.CLEAR));
    waiting.add(waiting.getFirst());
    var outcomes = store();
    assertInstanceOf(ReportOutcome.Accepted.class, outcomes.getFirst());
    assertInstanceOf(ReportOutcome.Repeated.class, outcomes.getLast());
    assertEquals(1, clear());
  }

  @Test
  void of_an_answer_that_is_told_twice_in_one_report_the_last_holds() throws Exception {
    var at = fleet.clock.instant();
    var device = fleet.enrolled("ws-1", OsFamily.LINUX, "R&D");
    waits(
        device,
        rule(RuleState.CLEAR)
            .with(
                List.of(),
                List.of(
                    new ReportedAnswer("a-1", "remind", at, at, null, "first", null),
                    new ReportedAnswer("a-1", "remind", at, at, null, "second", null))));
    assertInstanceOf(ReportOutcome.Accepted.class, store().getFirst());
    var kept =
        fleet.database.read(
            handle -> handle.createQuery("select reason from answer").mapTo(String.class).list());
    assertEquals(List.of("second"), kept);
  }

  @Test
  void a_key_that_was_replaced_meanwhile_proves_nothing() throws Exception {
    var device = fleet.enrolled("ws-1", OsFamily.LINUX, "R&D");
    waits(device, rule(RuleState.CLEAR));
    var arrived = waiting.removeFirst();
    var other = HexFormat.of().formatHex(new byte[32]);
    waiting.add(new Arrived(arrived.report(), other, arrived.body(), arrived.hash(), Set.of()));
    assertInstanceOf(ReportOutcome.NotProven.class, store().getFirst());
    var stored =
        fleet.database.read(handle ->
            handle.createQuery("select device_id from report").mapTo(String.class).list());
    assertEquals(List.of(), stored);
  }
}
