package dev.interdict.server.exemptions;

import static dev.interdict.server.exemptions.Company.MANAGER;
import static dev.interdict.server.exemptions.Company.RULE;
import static dev.interdict.server.exemptions.Company.UNTIL;
import static dev.interdict.server.exemptions.Company.about;
import static dev.interdict.server.exemptions.Company.done;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.JsonException;
import dev.interdict.policy.Blocklist;
import dev.interdict.policy.Refusal;
import dev.interdict.policy.RuleId;
import dev.interdict.report.Coverage;
import dev.interdict.report.Presence;
import dev.interdict.report.ReportedAnswer;
import dev.interdict.report.ReportedRule;
import dev.interdict.report.RuleState;
import dev.interdict.server.access.Role;
import dev.interdict.server.fleet.Pruning;
import dev.interdict.server.fleet.ReportOutcome;
import dev.interdict.server.fleet.SimulatedDevice;
import dev.interdict.server.fleet.SimulatedFleet;
import dev.interdict.server.query.Terms;
import dev.interdict.server.scope.Scope;
import dev.interdict.server.store.Sql;
import dev.interdict.wire.Routes;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Requests as devices claim them, and as people file them at the console.
class RequestsIT {
  @TempDir Path folder;
  private Company company;
  private SimulatedDevice device;

  @BeforeEach
  void open() throws Exception {
    company = new Company(folder);
    device = company.device("ws-1");
  }

  @AfterEach
  void close() {
    company.close();
  }

  private List<Request> requests() {
    return company.cases.requests(Set.of(RULE));
  }

  @Test
  void ten_thousand_requests_of_one_device_are_one_line_and_hide_nobody_elses() {
    company.asks(company.device("ws-2"), "R-1", UNTIL, "quiet");
    for (var report = 0; report < 100; report++) {
      var answers = new ArrayList<ReportedAnswer>();
      for (var n = 0; n < 100; n++) {
        answers.add(
            new ReportedAnswer(
                "R-%d-%d".formatted(report, n),
                "exemption-request",
                company.fleet.clock.instant(),
                UNTIL,
                null,
                "noise " + n,
                null));
      }
      company.reports(device, RULE.value(), answers);
    }
    assertEquals(List.of("ws-2", "ws-1"), requests().stream().map(Request::host).toList());
    var kept =
        company.fleet.database.read(
            handle -> handle.createQuery("select count(*) from answer").mapTo(Long.class).one());
    assertTrue(kept <= 201, () -> kept + " answers kept");
    done(company.decisions().refuse(MANAGER, about(device), company.seen(device), "no", "desk"));
    assertEquals(List.of("ws-2"), requests().stream().map(Request::host).toList());
  }

  @Test
  void a_decision_answers_what_was_asked_before_and_not_what_is_asked_after() {
    company.asks(device, "R-1", UNTIL, "first");
    company.asks(device, "R-2", UNTIL, "second");
    assertEquals(2, requests().getFirst().asked());
    var closed =
        done(company.decisions().refuse(MANAGER, about(device), company.seen(device), "no", "d"));
    assertEquals("R-2", closed.request());
    assertEquals(List.of(), requests());
    // Told again, it is no new request.
    company.asks(device, "R-1", UNTIL, "first");
    assertEquals(List.of(), requests());
    company.asks(device, "R-3", UNTIL, "third");
    assertEquals("R-3", requests().getFirst().id());
  }

  @Test
  void rules_that_nobody_published_are_nothing_to_ask_for() {
    var answer =
        new ReportedAnswer(
            "R-1", "exemption-request", company.fleet.clock.instant(), UNTIL, null, "x", null);
    company.reports(device, "made..up", List.of(answer));
    company.reports(device, "other-rule", List.of(answer));
    assertEquals(List.of(), requests());
  }

  @Test
  void a_hostile_reason_is_readable_and_short_when_people_see_it() {
    company.asks(device, "R-1", UNTIL, "a\u202eb\u001b[2Jc\n" + "x".repeat(4_000));
    var reason = requests().getFirst().reason();
    assertTrue(reason != null && reason.startsWith("a\\u{202e}b\\u{1b}[2Jc\\u{a}x"), reason);
    assertEquals(500, reason.length());
  }

  @Test
  void nobody_asks_for_another_device() {
    var victim = company.device("ws-2");
    var now = company.fleet.clock.instant();
    var request =
        new ReportedAnswer("R-1", "exemption-request", now, UNTIL, null, "not mine", null);
    var rule =
        new ReportedRule(RULE.value(), RuleState.CLEAR, null, null, null, List.of(), List.of())
            .with(List.of(), List.of(request));
    var body = victim.report(new Coverage(now, true, List.of()), now, rule);
    // Signed by the one, it speaks for the other.
    var sent = company.fleet.intake.accept(device.signed(Routes.REPORTS, body, 1, now));
    assertInstanceOf(ReportOutcome.Malformed.class, sent);
    assertEquals(List.of(), requests());
    company.asks(device, "R-1", UNTIL, "mine");
    assertEquals(List.of(about(device)), requests().stream().map(Request::about).toList());
  }

  @Test
  void a_list_that_is_cut_is_cut_within_what_somebody_sees() {
    company.asks(device, "R-1", UNTIL, "elsewhere");
    var own = company.device("ws-own");
    company.asks(own, "R-2", UNTIL, "here");
    company.fleet.database.write(connection -> {
      Sql.update(connection, "update device set department = 'Sales' where host = 'ws-own'");
      closed(connection, 1, own.id().value());
      for (var n = 2; n < 10; n++) {
        closed(connection, n, device.id().value());
      }
      return null;
    });
    assertEquals(List.of(1L), newest("Sales", 3));
    assertEquals(List.of(), newest("Law", 3));
    assertEquals(List.of(9L, 8L), numbers(company, CaseList.ALL, 2));
    var sales = company.cases.within(Scope.of(List.of("Sales")));
    assertEquals(
        List.of("ws-own"), sales.requests(Set.of(RULE)).stream().map(Request::host).toList());
    assertEquals(1, sales.requestCount(Set.of(RULE)));
  }

  @Test
  void requests_come_page_by_page_each_once_and_only_of_the_rules_that_are_meant() {
    for (var n = 2; n < 7; n++) {
      // Heard at one moment, so that the devices' ids decide.
      company.asks(company.device("ws-" + n), "R-" + n, UNTIL, "please");
    }
    var all = requests();
    assertEquals(5, all.size());
    var paged = new ArrayList<Request>();
    Cases.Waiting after = null;
    for (var page = company.cases.requests(Set.of(RULE), after, 2);
        !page.isEmpty();
        page = company.cases.requests(Set.of(RULE), after, 2)) {
      paged.addAll(page);
      after = new Cases.Waiting(page.getLast().heard(), page.getLast().about());
    }
    assertEquals(all, paged);
    assertEquals(5, company.cases.requestCount(Set.of(RULE)));
    assertEquals(List.of(), company.cases.requests(Set.of(new RuleId("another"))));
    assertEquals(0, company.cases.requestCount(Set.of()));
  }

  private RequestDesk desk() {
    return new RequestDesk(
        company.fleet.database,
        company.fleet.audit,
        company.fleet.clock,
        company.decisions(),
        RequestsIT::blocklist);
  }

  private static Blocklist blocklist() {
    try (var in =
        SimulatedFleet.class.getResourceAsStream("/dev/interdict/server/web/blocklist.json")) {
      return Blocklist.read(in.readAllBytes());
    } catch (IOException | JsonException e) {
      throw new IllegalStateException(e);
    }
  }

  private void stands(RuleState state, String rule, ReportedAnswer... answers) {
    var reported =
        new ReportedRule(
                rule,
                state,
                state == RuleState.PRESENT ? Presence.NOTIFIED : null,
                null,
                null,
                List.of(),
                List.of())
            .with(List.of(), List.of(answers));
    company.fleet.clock.move(Duration.ofSeconds(1));
    assertInstanceOf(
        ReportOutcome.Accepted.class,
        company.fleet.send(
            device, new Coverage(company.fleet.clock.instant(), true, List.of()), reported));
    company.fleet.clock.move(Duration.ofSeconds(1));
  }

  private RequestDesk.Outcome file(String day, String reason) {
    company.fleet.clock.move(Duration.ofSeconds(1));
    return desk()
        .file(new RequestDesk.Wanted("zhao.lei", about(device), LocalDate.parse(day), reason));
  }

  private FiledRequest taken(String day, String reason, boolean already) {
    var taken = assertInstanceOf(RequestDesk.Outcome.Taken.class, file(day, reason));
    assertEquals(already, taken.already());
    return taken.one();
  }

  private void notTaken(RequestDesk.Why why, RequestDesk.Outcome outcome) {
    assertEquals(why, assertInstanceOf(RequestDesk.Outcome.NotTaken.class, outcome).why());
  }

  private List<String> events() {
    return company.fleet.database.read(handle ->
        handle
            .createQuery(
                "select coalesce(actor, 'device') || ' ' || detail from event where kind ="
                    + " 'exemption.requested' order by seq")
            .mapTo(String.class)
            .list());
  }

  @Test
  void what_is_filed_here_waits_as_what_a_device_asks_and_the_same_again_is_one_request() {
    stands(RuleState.PRESENT, RULE.value());
    var first = taken("2026-07-20", "plugin X\r\nis not moved ", false);
    var waits = requests();
    assertEquals(1, waits.size());
    assertEquals("zhao.lei", waits.getFirst().filedBy());
    assertEquals("plugin X is not moved", waits.getFirst().reason());
    assertEquals(UNTIL, waits.getFirst().until(), "the whole day, as the agent counts it");
    assertEquals(List.of("zhao.lei exemption.request " + first.id()), company.audited());
    assertEquals(1, events().size());
    assertTrue(
        events().getFirst().startsWith("zhao.lei ")
            && events().getFirst().contains("\"host\":\"ws-1\"")
            && events().getFirst().contains(first.id()),
        events()::toString);

    assertEquals(first.id(), taken("2026-07-20", "plugin X is not moved", true).id());
    assertEquals(1, events().size());
    company.confirmed(device);
    assertEquals(first.id(), taken("2026-07-20", "plugin X is not moved", true).id());
    notTaken(RequestDesk.Why.BEGUN, file("2026-07-21", "plugin X is not moved"));
  }

  @Test
  void what_the_workstation_asked_already_is_the_same_request() {
    var asks =
        new ReportedAnswer(
            "R-1", "exemption-request", company.fleet.clock.instant(), UNTIL, null, "plugin", null);
    stands(RuleState.PRESENT, RULE.value(), asks);
    assertEquals("R-1", taken("2026-07-20", "plugin", true).id());
    assertNotEquals("R-1", taken("2026-07-21", "plugin", false).id());
    assertEquals(2, requests().getFirst().asked());
  }

  @Test
  void what_is_filed_here_has_the_bounds_of_what_a_workstation_asks() {
    notTaken(RequestDesk.Why.NOT_FOUND, file("2026-07-20", "nothing was found"));
    stands(RuleState.CLEAR, RULE.value());
    notTaken(RequestDesk.Why.NOT_FOUND, file("2026-07-20", "nothing was found"));
    stands(RuleState.PRESENT, "made-up");
    var other = new About(device.id().value(), new RuleId("made-up"));
    var day = LocalDate.parse("2026-07-20");
    notTaken(
        RequestDesk.Why.NOT_FOUND,
        desk().file(new RequestDesk.Wanted("zhao.lei", other, day, "published by nobody")));
    stands(RuleState.REMOVED, RULE.value());
    notTaken(RequestDesk.Why.DAY, file("2026-06-30", "over"));
    notTaken(RequestDesk.Why.DAY, file("2026-07-31", "longer than anything is granted"));
    notTaken(RequestDesk.Why.REASON, file("2026-07-20", " \n "));
    notTaken(RequestDesk.Why.REASON, file("2026-07-20", "a\u202eb"));
    notTaken(RequestDesk.Why.REASON, file("2026-07-20", "x".repeat(501)));
    assertEquals(List.of(), requests());
    assertEquals(List.of(), company.audited());
    for (var n = 0; n < RequestDesk.MOST; n++) {
      taken("2026-07-30", "x".repeat(499) + n, false);
    }
    notTaken(RequestDesk.Why.ENOUGH, file("2026-07-20", "once more"));
    assertEquals(RequestDesk.MOST, requests().getFirst().asked());
    company.limits = Company.limits(Duration.ofHours(1), 100);
    assertEquals(
        LocalDate.parse("2026-07-01"),
        Objects.requireNonNull(desk().open().get(RULE)).day(),
        "today, of which the decider takes the hour");
  }

  @Test
  void nothing_is_asked_of_a_rule_of_which_nobody_is_told() {
    company.fleet.clock.move(Duration.ofDays(-20));
    assertEquals(Set.of(), desk().open().keySet());
    company.fleet.clock.move(Duration.ofDays(20));
    assertTrue(desk().open().containsKey(RULE));
  }

  @Test
  void the_answer_to_what_the_workstation_never_sent_reaches_it_all_the_same() throws Exception {
    stands(RuleState.PRESENT, RULE.value());
    var first = taken("2026-07-20", "plugin", false);
    assertEquals(List.of(), company.believed(device).refused());
    assertEquals(Set.of(), company.believed(device).undecided(), "it holds nothing there");
    done(company.decisions().refuse(MANAGER, about(device), company.seen(device), "no", "desk"));
    company.published();
    assertEquals(
        List.of(first.id()), company.believed(device).refused().stream().map(Refusal::id).toList());
    assertEquals(List.of(), requests());
    var second = taken("2026-07-20", "plugin, once more", false);
    var granted = company.granted(device);
    assertEquals(second.id(), granted.request());
    assertEquals(1, company.believed(device).granted().size());
    assertEquals(List.of(), company.believed(device).refused());
  }

  @Test
  void whoever_filed_it_takes_neither_step() {
    stands(RuleState.PRESENT, RULE.value());
    taken("2026-07-20", "plugin", false);
    var own = new Decider("zhao.lei", Set.of(Role.HELPDESK, Role.APPROVER));
    var decisions = company.decisions();
    var first = decisions.grant(own, about(device), company.seen(device), null, "mine");
    assertTrue(Company.refused(first).contains("somebody else decides"));
    company.confirmed(device);
    var second = decisions.grant(own, about(device), company.seen(device), null, "mine");
    assertTrue(Company.refused(second).contains("somebody else decides"));
    done(decisions.grant(Company.SECURITY, about(device), company.seen(device), null, "yes"));
  }

  @Test
  void a_person_sees_their_own_and_nobody_elses() {
    stands(RuleState.PRESENT, RULE.value());
    taken("2026-07-20", "plugin", false);
    var filed = new FiledRequests(company.fleet.database);
    assertEquals(1, filed.of("zhao.lei", Scope.WHOLE, 10).size());
    assertEquals(List.of(), filed.of("li.na", Scope.WHOLE, 10));
    assertEquals(List.of(), filed.of("zhao.lei", Scope.of(List.of("Sales")), 10));
    assertEquals(0, filed.count("zhao.lei", Scope.of(List.of("Sales"))));
    assertEquals(1, filed.count("zhao.lei", Scope.of(List.of("R&D"))));
  }

  @Test
  void name_and_words_go_when_they_are_kept_long_enough_and_that_it_was_asked_stays() {
    stands(RuleState.PRESENT, RULE.value());
    taken("2026-07-20", "plugin", false);
    var soon = new Pruning(company.fleet.database, Duration.ofDays(1), Duration.ofDays(1));
    soon.run(company.fleet.clock.instant().plus(Duration.ofDays(2)));
    assertEquals("zhao.lei", requests().getFirst().filedBy(), "it still waits");
    var pruning = new Pruning(company.fleet.database, Duration.ofDays(30), Duration.ofDays(400));
    pruning.run(company.fleet.clock.instant().plus(Duration.ofDays(399)));
    assertEquals("plugin", requests().getFirst().reason());
    pruning.run(company.fleet.clock.instant().plus(Duration.ofDays(401)));
    assertNull(requests().getFirst().reason());
    assertNull(requests().getFirst().filedBy());
  }

  private List<Long> newest(String department, int most) {
    var scope = Scope.of(List.of(department));
    return numbers(
        company,
        new CaseList.Filter(scope, Terms.ALL, Instant.EPOCH, null, Terms.ALL, Terms.ALL),
        most);
  }

  private static List<Long> numbers(Company company, CaseList.Filter filter, int most) {
    return new CaseList(company.fleet.database)
        .page(filter, CaseList.NEWEST, null, most).stream().map(ExemptionCase::number).toList();
  }

  private static void closed(Connection connection, long number, String device)
      throws SQLException {
    Sql.update(
        connection,
        "insert into exemption (device_id, case_number, rule_id, request_id, state, until_at,"
            + " reason, opened_at, opened_by, decided_at, decided_by, in_force) values"
            + " (?,?,?,null,'refused',null,'no',1,'lea',2,'mo',0)",
        device,
        number,
        RULE.value());
  }
}
