package dev.interdict.server.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.Json;
import dev.interdict.policy.Blocklist;
import dev.interdict.report.ActionKind;
import dev.interdict.report.Coverage;
import dev.interdict.report.ErrorClass;
import dev.interdict.report.EvidenceStrength;
import dev.interdict.report.OsFamily;
import dev.interdict.report.Presence;
import dev.interdict.report.ReportedAction;
import dev.interdict.report.ReportedAnswer;
import dev.interdict.report.ReportedFinding;
import dev.interdict.report.ReportedRule;
import dev.interdict.report.RuleState;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.compliance.Compliance;
import dev.interdict.server.fleet.Contacts;
import dev.interdict.server.fleet.Holdings;
import dev.interdict.server.fleet.Intake;
import dev.interdict.server.fleet.ReportOutcome;
import dev.interdict.server.fleet.Silences;
import dev.interdict.server.fleet.SimulatedDevice;
import dev.interdict.server.fleet.SimulatedFleet;
import dev.interdict.server.ocsf.Ocsf;
import dev.interdict.server.publish.KnownRules;
import dev.interdict.server.store.Sql;
import dev.interdict.server.store.StoreException;
import dev.interdict.server.syslog.Cef;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventsIT {
  private static final String RULE = "claude-code";

  @TempDir Path folder;
  private SimulatedFleet fleet;
  private EventLog log;
  private long seen;

  @BeforeEach
  void open() {
    fleet = new SimulatedFleet(folder);
    log = new EventLog(fleet.database);
  }

  @AfterEach
  void close() {
    fleet.close();
  }

  private static ReportedFinding finding() {
    return new ReportedFinding(
        "npm",
        "pkg:npm/%40anthropic-ai/claude-code",
        "2.1.198",
        "/home/ada/.npm",
        null,
        EvidenceStrength.STRONG,
        false);
  }

  private static ReportedRule rule(RuleState state, ReportedAction... actions) {
    return new ReportedRule(
        RULE,
        state,
        state == RuleState.PRESENT ? Presence.NEW : null,
        null,
        null,
        state.hasIt() ? List.of(finding()) : List.of(),
        List.of(actions));
  }

  private void report(SimulatedDevice device, ReportedRule rule) {
    fleet.clock.move(Duration.ofMinutes(1));
    fleet.send(device, new Coverage(fleet.clock.instant(), true, List.of()), rule);
  }

  /// The words of what was told since the last call.
  private List<String> told() {
    var events = log.after(seen, 1_000);
    seen = log.newest();
    return events.stream().map(event -> event.kind().word()).toList();
  }

  @Test
  void a_device_is_told_of_by_what_changes_and_by_nothing_else() {
    var device = fleet.enrolled("ws-1", OsFamily.LINUX, "R&D");
    assertEquals(List.of("device.enrolled"), told());

    report(device, rule(RuleState.CLEAR));
    assertEquals(List.of(), told());
    report(device, rule(RuleState.PRESENT));
    assertEquals(List.of("finding.opened"), told());
    report(device, rule(RuleState.PRESENT));
    assertEquals(List.of(), told());
    report(
        device,
        rule(
            RuleState.FAILED,
            new ReportedAction(
                ActionKind.FAILED, "npm", ErrorClass.FILE_IN_USE, fleet.clock.instant())));
    assertEquals(List.of("removal.failed"), told());
    report(device, rule(RuleState.FAILED));
    assertEquals(List.of(), told());
    report(device, rule(RuleState.REMOVED));
    assertEquals(List.of("removal.succeeded", "finding.cleared"), told());
    report(device, rule(RuleState.REMOVED));
    assertEquals(List.of(), told());
    report(
        device,
        rule(
            RuleState.PRESENT,
            new ReportedAction(ActionKind.LAUNCH_BLOCKED, "npm", null, fleet.clock.instant()),
            new ReportedAction(ActionKind.LAUNCH_BLOCKED, "npm", null, fleet.clock.instant())));
    assertEquals(List.of("finding.reappeared", "launch.blocked"), told());
    report(device, rule(RuleState.UNKNOWN));
    assertEquals(List.of(), told(), "what is not seen is not gone");
  }

  @Test
  void what_a_device_makes_up_is_told_to_nobody() {
    var device = fleet.enrolled("ws-1", OsFamily.LINUX, "R&D");
    var intake =
        new Intake(
            fleet.database,
            new Audit(fleet.database, fleet.clock),
            fleet.clock,
            Holdings.UNHEARD,
            new Contacts(),
            new KnownRules(() -> Blocklist.EMPTY));
    told();

    var coverage = new Coverage(fleet.clock.instant(), true, List.of());
    var body = device.report(coverage, fleet.clock.instant(), rule(RuleState.PRESENT));
    var outcome = intake.accept(device.signedReport(body, fleet.clock.instant()));

    assertInstanceOf(ReportOutcome.Accepted.class, outcome);
    assertEquals(List.of(), told());
  }

  @Test
  void an_event_says_what_it_is_about() {
    var device = fleet.enrolled("ws-1", OsFamily.LINUX, "R&D");
    report(device, rule(RuleState.PRESENT));
    var event = log.after(0, 10).getLast();
    assertEquals(device.id().value(), event.device());
    assertEquals(RULE, event.rule());
    assertEquals("ws-1", event.text("host"));
    assertEquals("pkg:npm/%40anthropic-ai/claude-code", event.text("software"));
    assertEquals("2.1.198", event.text("version"));
    assertEquals("1", event.text("findings"));
    assertFalse(event.toString().contains(".npm"), "no path of a person's home");
    assertTrue(event.id().matches("evt_[0-9a-f]{32}"), event.id());
  }

  @Test
  void a_request_is_told_once_however_often_the_device_repeats_it() {
    var device = fleet.enrolled("ws-1", OsFamily.LINUX, "R&D");
    told();
    var answer =
        new ReportedAnswer(
            "r-1", "exemption-request", fleet.clock.instant(), null, null, "plugin", null);
    report(device, rule(RuleState.PRESENT).with(List.of(), List.of(answer)));
    assertEquals(List.of("finding.opened", "exemption.requested"), told());
    report(device, rule(RuleState.PRESENT).with(List.of(), List.of(answer)));
    assertEquals(List.of(), told());
  }

  @Test
  void silence_and_return_are_told_once_each() {
    fleet.enrolled("ws-1", OsFamily.LINUX, "R&D");
    var other = fleet.enrolled("ws-2", OsFamily.LINUX, "R&D");
    var silences = new Silences(fleet.database, Compliance.SILENT_AFTER);
    silences.tell(fleet.clock.instant());
    told();
    fleet.clock.move(Duration.ofDays(8));
    silences.tell(fleet.clock.instant());
    assertEquals(List.of("device.silent", "device.silent"), told());
    silences.tell(fleet.clock.instant());
    assertEquals(List.of(), told());
    report(other, rule(RuleState.CLEAR));
    silences.tell(fleet.clock.instant());
    assertEquals(List.of("device.returned"), told());
    assertEquals("ws-2", log.after(0, 99).getLast().text("host"));
  }

  @Test
  void there_is_no_event_of_what_was_not_committed() {
    assertThrows(
        StoreException.class,
        () ->
            fleet.database.write(connection -> {
              Events.add(
                  connection,
                  EventKind.KEY_ROTATED,
                  fleet.clock.instant(),
                  "ada",
                  Json.object().build());
              throw new java.sql.SQLException("the change fails");
            }));
    assertEquals(0, log.newest());
  }

  private void add(int many) {
    fleet.database.write(connection -> {
      for (var i = 0; i < many; i++) {
        Events.add(
            connection,
            EventKind.KEY_ROTATED,
            fleet.clock.instant(),
            "ada",
            Json.object().put("n", i).build());
      }
      return many;
    });
  }

  @Test
  void old_events_go_and_whoever_did_not_read_them_is_told_how_many() {
    var feed = new Feed(fleet.database, "siem");
    feed.begin();
    add(5);
    fleet.clock.move(Duration.ofDays(40));
    add(3);
    assertEquals(5, log.prune(fleet.clock.instant().minus(Duration.ofDays(30)), 1_000));
    var batch = feed.next(2);
    assertEquals(5, batch.lost());
    assertEquals(List.of(6L, 7L), batch.events().stream().map(Event::seq).toList());
    feed.done(batch);
    assertEquals(1, feed.waiting());
    assertEquals(5, feed.lost());
  }

  @Test
  void there_are_never_more_than_was_set_and_no_number_comes_twice() {
    add(10);
    log.prune(fleet.clock.instant().minus(Duration.ofDays(30)), 4);
    assertEquals(List.of(7L, 8L, 9L, 10L), log.after(0, 99).stream().map(Event::seq).toList());
    fleet.clock.move(Duration.ofDays(400));
    log.prune(fleet.clock.instant().minus(Duration.ofDays(30)), 4);
    add(1);
    assertEquals(List.of(10L, 11L), log.after(0, 99).stream().map(Event::seq).toList());
  }

  @Test
  void what_a_newer_server_wrote_goes_on_under_its_word_and_holds_nothing_up() {
    var feed = new Feed(fleet.database, "siem");
    feed.begin();
    add(1);
    fleet.database.write(connection ->
        Sql.update(
            connection,
            "insert into event (seq, event_id, at, kind, actor, device_id, rule_id, detail) values"
                + " (2,'evt_2',0,'future.kind','ada',null,'claude-code','{\"reason\":\"x\"}')"));
    add(1);
    var batch = feed.next(10);
    assertEquals(
        List.of("key.rotated", "future.kind", "key.rotated"),
        batch.events().stream().map(Event::type).toList());
    var future = batch.events().get(1);
    assertEquals(EventKind.OTHER, future.kind());
    assertEquals(
        "future.kind",
        future.json("https://i.example/").get("type") instanceof Json.Text(var type) ? type : "");
    var cef = Cef.of(future, "1.0", "https://i.example/");
    assertTrue(
        cef.startsWith(
            "CEF:0|Interdict|Server|1.0|future.kind|Something that a newer server knows happened:"
                + " future.kind|5|"),
        cef);
    var ocsf = Ocsf.ours().event(future, "https://i.example/");
    assertTrue(ocsf.toString().contains("future.kind"), ocsf::toString);
    feed.done(batch);
    assertEquals(0, feed.waiting());
    assertEquals(
        List.of("future.kind"),
        new EventLog(fleet.database).find("evt_2").stream().map(Event::type).toList());
  }

  @Test
  void a_word_is_the_same_for_ever() {
    assertEquals("ring.breaker_tripped", EventKind.RING_BREAKER_TRIPPED.word());
    for (var kind : EventKind.values()) {
      assertEquals(kind, EventKind.ofWord(kind.word()));
    }
  }
}
