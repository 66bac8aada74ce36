package dev.interdict.server.exemptions;

import static dev.interdict.server.exemptions.Company.MANAGER;
import static dev.interdict.server.exemptions.Company.RULE;
import static dev.interdict.server.exemptions.Company.UNTIL;
import static dev.interdict.server.exemptions.Company.about;
import static dev.interdict.server.exemptions.Company.done;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.policy.RuleId;
import dev.interdict.report.Coverage;
import dev.interdict.report.ReportedAnswer;
import dev.interdict.report.ReportedRule;
import dev.interdict.report.RuleState;
import dev.interdict.server.fleet.ReportOutcome;
import dev.interdict.server.fleet.SimulatedDevice;
import dev.interdict.server.query.Terms;
import dev.interdict.server.scope.Scope;
import dev.interdict.server.store.Sql;
import dev.interdict.wire.Routes;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Requests as devices claim them.
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

  private List<Long> newest(String department, int most) {
    var scope = Scope.of(List.of(department));
    return numbers(
        company, new CaseList.Filter(scope, Terms.ALL, Instant.EPOCH, null, Terms.ALL), most);
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
