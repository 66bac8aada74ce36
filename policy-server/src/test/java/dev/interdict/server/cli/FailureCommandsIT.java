package dev.interdict.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.report.ActionKind;
import dev.interdict.report.Coverage;
import dev.interdict.report.ErrorClass;
import dev.interdict.report.OsFamily;
import dev.interdict.report.ReportedAction;
import dev.interdict.report.ReportedRule;
import dev.interdict.report.RuleState;
import dev.interdict.server.MovableClock;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.audit.AuditEntry;
import dev.interdict.server.compliance.Compliance;
import dev.interdict.server.csv.CsvReader;
import dev.interdict.server.csv.CsvRecord;
import dev.interdict.server.fleet.Enrolment;
import dev.interdict.server.fleet.EnrolmentTokens;
import dev.interdict.server.fleet.Holdings;
import dev.interdict.server.fleet.Intake;
import dev.interdict.server.fleet.Placement;
import dev.interdict.server.fleet.SimulatedDevice;
import dev.interdict.server.store.Sql;
import dev.interdict.server.store.TestingDatabase;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands below `interdict failures`, as people type them.
class FailureCommandsIT {
  @TempDir Path temp;
  private String dir = "";
  private final MovableClock clock = new MovableClock(Typed.NOW);
  private final SimulatedDevice device = new SimulatedDevice("=cmd|x", OsFamily.LINUX);

  @BeforeEach
  void set_a_server_up_with_a_device_that_fails() {
    dir = temp.resolve("server").toString();
    SetUp.in(Path.of(dir));
    for (var account : List.of("zhao.min:helpdesk", "li.na:approver", "gao.lu:viewer")) {
      var name = account.split(":");
      var made = Typed.server("account", "create", name[0], "--role", name[1], "-d", dir);
      assertEquals(0, made.code(), made::err);
    }
    // Everything was a day ago, so that what people do comes after.
    clock.move(Duration.ofDays(-1));
    try (var database = TestingDatabase.open(Path.of(dir))) {
      var audit = new Audit(database, clock);
      var token =
          new EnrolmentTokens(database, audit, new SecureRandom(), clock)
              .create("tester", new Placement("R&D", "everyone", List.of()), Duration.ofDays(9), 1);
      new Enrolment(database, audit, clock, Compliance.SILENT_AFTER)
          .enrol(device.enrol(token.secret(), null, clock.instant()));
    }
    reports(RuleState.FAILED, ErrorClass.FILE_IN_USE);
  }

  private void reports(RuleState state, @Nullable ErrorClass error) {
    var now = clock.instant();
    var actions =
        error == null
            ? List.<ReportedAction>of()
            : List.of(new ReportedAction(ActionKind.FAILED, "pkg:npm/x", error, now));
    var rule = new ReportedRule("claude-code", state, null, null, null, List.of(), actions);
    try (var database = TestingDatabase.open(Path.of(dir))) {
      new Intake(database, new Audit(database, clock), clock, Holdings.UNHEARD)
          .accept(
              device.signedReport(
                  device.report(new Coverage(now, true, List.of()), now, rule), now));
    }
  }

  private Typed failures(String... arguments) {
    var line = new ArrayList<>(List.of("failures"));
    line.addAll(List.of(arguments));
    line.addAll(List.of("-d", dir));
    return Typed.admin(line.toArray(String[]::new));
  }

  private Typed does(String what, String actor, String... more) {
    var line = new ArrayList<>(List.of(what, id(), "claude-code", "--actor", actor));
    line.addAll(List.of(more));
    return failures(line.toArray(String[]::new));
  }

  private String id() {
    return device.id().value().substring(0, 8);
  }

  private boolean listed(String... filter) {
    var line = new ArrayList<>(List.of("list", "--output", "csv"));
    line.addAll(List.of(filter));
    var typed = failures(line.toArray(String[]::new));
    assertEquals(0, typed.code(), typed::err);
    return typed.out().lines().count() == 2;
  }

  @Test
  void an_account_that_was_disabled_can_be_let_in_again() {
    assertEquals(0, Typed.server("account", "disable", "zhao.min", "-d", dir).code());
    assertEquals(4, does("comment", "zhao.min", "--text", "x").code());
    assertEquals(0, Typed.server("account", "enable", "zhao.min", "-d", dir).code());
    assertEquals(0, does("comment", "zhao.min", "--text", "x").code());
    assertEquals(1, Typed.server("account", "enable", "zhao.min", "-d", dir).code());
    var grant =
        Typed.server(
            "account", "grant", "zhao.min", "--role", "author", "--scope", "R&D", "-d", dir);
    assertEquals(2, grant.code(), grant::err);
  }

  @Test
  void whoever_is_to_decide_gets_a_password_that_is_shown_here_alone() {
    var decides = Typed.server("account", "grant", "gao.lu", "--role", "author", "-d", dir);
    assertTrue(decides.out().matches("(?s).*Password +\\S{22} .*shown this once.*"), decides::out);
    var looks = Typed.server("account", "grant", "gao.lu", "--role", "viewer", "-d", dir);
    assertEquals(0, looks.code(), looks::err);
    assertFalse(looks.out().contains("Password"), looks::out);
  }

  @Test
  void whoever_sees_another_department_does_nothing_here() {
    var sales =
        Typed.server(
            "account", "create", "he.yi", "--role", "helpdesk", "--scope", "Sales", "-d", dir);
    assertEquals(0, sales.code(), sales::err);
    var refused = does("comment", "he.yi", "--text", "from outside");
    assertEquals(4, refused.code(), refused::err);
    assertTrue(refused.err().contains("sees Sales alone"), refused::err);
  }

  @Test
  void a_failure_is_listed_with_what_it_means_and_what_to_do() {
    var list = failures("list");
    assertTrue(list.out().contains("file-in-use, 1 workstation:"), list::out);
    assertTrue(list.out().contains("Restart the workstation"), list::out);
    assertTrue(failures("show", id(), "claude-code").out().contains("pkg:npm/x"));
  }

  @Test
  void filters_say_which() {
    assertTrue(listed());
    assertTrue(listed("--class", "file-in-use", "--rule", "claude-code", "--os", "linux"));
    assertTrue(listed("--department", "R&D", "--owner", "nobody", "--for", "PT23H"));
    for (var other :
        List.of(
            List.of("--class", "timeout"),
            List.of("--rule", "cursor"),
            List.of("--os", "windows"),
            List.of("--department", "Sales"),
            List.of("--owner", "zhao.min"),
            List.of("--for", "P2D"),
            List.of("--state", "resolved"))) {
      assertFalse(listed(other.toArray(String[]::new)), other::toString);
    }
    assertEquals(2, failures("list", "--state", "x").code());
    assertEquals(2, failures("list", "--output", "xml").code());
  }

  @Test
  void a_host_name_is_no_formula_in_a_spreadsheet() throws Exception {
    var csv = failures("list", "--output", "csv").out();
    assertTrue(csv.contains(",'=cmd|x,"), csv);
    var reader =
        new CsvReader(
            new java.io.ByteArrayInputStream(csv.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
            java.nio.charset.StandardCharsets.UTF_8);
    for (var line = 0; line < 2; line++) {
      assertEquals(13, assertInstanceOf(CsvRecord.Values.class, reader.next()).values().size());
    }
  }

  @Test
  void it_is_assigned_commented_solved_and_comes_back_by_a_new_failure() {
    var assigned = does("assign", "zhao.min", "--to", "li.na");
    assertEquals(0, assigned.code(), assigned::err);
    assertTrue(assigned.out().contains("li.na"), assigned::out);
    assertTrue(listed("--owner", "li.na"));
    assertEquals(0, does("comment", "li.na", "--text", "asked the person").code());
    assertEquals(0, does("resolve", "li.na", "--text", "restarted it").code());
    assertFalse(listed());
    assertTrue(listed("--state", "resolved"));
    assertEquals(4, does("resolve", "li.na", "--text", "again").code());
    assertEquals(0, does("reopen", "zhao.min", "--text", "not so").code());
    assertTrue(listed());
    assertEquals(4, does("reopen", "zhao.min", "--text", "again").code());
    assertEquals(0, does("resolve", "li.na", "--text", "now").code());
    // The device still says that it failed, without a new try: that is known.
    clock.move(Duration.ofDays(2));
    reports(RuleState.FAILED, null);
    assertFalse(listed());
    reports(RuleState.FAILED, ErrorClass.ACCESS_DENIED);
    assertTrue(listed("--class", "access-denied", "--owner", "li.na"));
    var shown = failures("show", id(), "claude-code").out();
    assertTrue(shown.contains("li.na (comment): asked the person"), shown);
    assertFalse(shown.contains("Ticket"), shown);
    try (var database = TestingDatabase.open(Path.of(dir))) {
      var _ =
          database.write(
              connection -> Sql.update(connection, "update failure_case set ticket = 'OPS-7'"));
    }
    assertTrue(failures("show", id(), "claude-code").out().matches("(?s).*Ticket +OPS-7\\n.*"));
    var csv = failures("list", "--output", "csv").out().lines().toList();
    assertTrue(
        csv.getFirst().endsWith(",ticket") && csv.getLast().endsWith(",OPS-7"), csv::toString);
    assertEquals(
        List.of("assign", "comment", "resolve", "reopen", "resolve"),
        audited().stream().map(entry -> entry.action().substring(8)).toList().reversed());
  }

  private List<AuditEntry> audited() {
    try (var database = TestingDatabase.open(Path.of(dir))) {
      return new Audit(database, clock)
          .newest(Long.MAX_VALUE, 100).stream()
              .filter(entry -> entry.action().startsWith("failure."))
              .toList();
    }
  }

  @Test
  void it_stays_until_the_device_has_verified_that_it_is_gone() {
    for (var state : List.of(RuleState.PRESENT, RuleState.REMOVING, RuleState.UNKNOWN)) {
      clock.move(Duration.ofMinutes(15));
      reportsPresence(state);
      assertTrue(listed("--for", "PT23H"), state::toString);
    }
    does("assign", "zhao.min", "--to", "zhao.min");
    reports(RuleState.REMOVED, null);
    assertFalse(listed());
    assertTrue(listed("--state", "closed"));
    clock.move(Duration.ofMinutes(15));
    reports(RuleState.FAILED, ErrorClass.REAPPEARED);
    assertTrue(listed("--owner", "zhao.min", "--class", "reappeared"));
  }

  private void reportsPresence(RuleState state) {
    var now = clock.instant();
    var presence = state == RuleState.PRESENT ? dev.interdict.report.Presence.NEW : null;
    var rule = new ReportedRule("claude-code", state, presence, null, null, List.of(), List.of());
    try (var database = TestingDatabase.open(Path.of(dir))) {
      new Intake(database, new Audit(database, clock), clock, Holdings.UNHEARD)
          .accept(
              device.signedReport(
                  device.report(new Coverage(now, true, List.of()), now, rule), now));
    }
  }

  @Test
  void only_people_with_an_account_and_a_role_do_anything() {
    for (var actor : List.of("gao.lu", "nobody.known")) {
      var refused = does("comment", actor, "--text", "x");
      assertEquals(4, refused.code(), refused::out);
    }
    assertEquals(1, does("assign", "zhao.min", "--to", "somebody").code());
    assertEquals(4, does("comment", "zhao.min", "--text", " ").code());
    assertEquals(1, failures("show", id(), "cursor").code());
    assertEquals(List.of(), audited());
  }
}
