package dev.interdict.server.exemptions;

import static dev.interdict.server.exemptions.Company.MANAGER;
import static dev.interdict.server.exemptions.Company.OTHER;
import static dev.interdict.server.exemptions.Company.RULE;
import static dev.interdict.server.exemptions.Company.SECURITY;
import static dev.interdict.server.exemptions.Company.UNTIL;
import static dev.interdict.server.exemptions.Company.about;
import static dev.interdict.server.exemptions.Company.done;
import static dev.interdict.server.exemptions.Company.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.Json;
import dev.interdict.policy.Exemption;
import dev.interdict.policy.Refusal;
import dev.interdict.policy.RuleId;
import dev.interdict.server.access.ApiTokens;
import dev.interdict.server.access.Role;
import dev.interdict.server.audit.Verification;
import dev.interdict.server.fleet.SimulatedDevice;
import dev.interdict.server.publish.PublishOutcome.Reason;
import dev.interdict.server.publish.Resigning;
import dev.interdict.server.scope.Scope;
import dev.interdict.server.store.Sql;
import dev.interdict.trust.repository.Expiries;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From an employee's request to its end.
class DecisionsIT {
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

  @Test
  void two_people_grant_what_an_employee_asks_for_and_the_device_holds_the_date() throws Exception {
    company.asks(device, "R-1", UNTIL, "plugin X");
    var request = company.cases.requests(Set.of(RULE)).getFirst();
    assertEquals("ws-1", request.host());
    assertEquals("plugin X", request.reason());

    var opened =
        done(
            company
                .decisions()
                .grant(MANAGER, about(device), company.seen(device), null, "agreed"));
    assertEquals(CaseState.CONFIRMED, opened.state());
    assertEquals("R-1", opened.request());
    assertEquals(List.of(), company.cases.requests(Set.of(RULE)));
    company.published();
    assertEquals(List.of(), company.believed(device).granted());

    var granted =
        done(
            company
                .decisions()
                .grant(SECURITY, about(device), company.seen(device), null, "until X is over"));
    company.published();
    assertEquals(
        List.of(
            new Exemption("EX-0001", RULE, device.id().value(), UNTIL, "li.na", "until X is over")),
        company.believed(device).granted());
    assertEquals(granted, company.cases.granted().getFirst());
    // A newer server of the same database may know more categories.
    company.fleet.database.write(
        connection -> Sql.update(connection, "update exemption set category = 'later'"));
    assertEquals(Category.OTHER, company.cases.granted().getFirst().particulars().category());
    assertEquals(
        List.of(
            "zhao.min exemption.confirm EX-0001",
            "li.na exemption.grant EX-0001",
            "li.na exemptions.publish version 2"),
        company.audited());
    assertInstanceOf(Verification.Intact.class, company.fleet.audit.verify());
  }

  @Test
  void what_cannot_stand_beside_a_grant_is_refused_by_name() {
    for (var beside :
        List.of(
            new Particulars.Written("holiday", null, null),
            new Particulars.Written(null, "T".repeat(501), null),
            new Particulars.Written(null, null, "two\nlines"),
            new Particulars.Written(null, null, "c".repeat(501)))) {
      var why =
          refused(
              company
                  .decisions()
                  .grant(MANAGER, about(device), company.seen(device), UNTIL, "x", beside));
      assertTrue(
          why.contains("category") || why.contains("ticket") || why.contains("conditions"), why);
    }
    assertEquals(List.of(), company.audited());
  }

  @Test
  void one_person_cannot_grant_alone() {
    var both = new Decider("li.na", Set.of(Role.HELPDESK, Role.APPROVER));
    done(company.decisions().grant(both, about(device), company.seen(device), UNTIL, "mine"));
    var why =
        refused(
            company.decisions().grant(both, about(device), company.seen(device), UNTIL, "mine"));
    assertTrue(why.contains("somebody else"), why);
    assertEquals(List.of(), company.cases.granted());
  }

  @Test
  void one_person_ends_so_many_within_a_day_and_no_more_by_whichever_program() {
    company.granted(device);
    var made = Set.of(Role.HELPDESK);
    new ApiTokens(
            company.fleet.database, company.fleet.audit, new SecureRandom(), company.fleet.clock)
        .create("li.na", "li.na", "robot", made, Scope.WHOLE, Duration.ofDays(1));
    company.fleet.database.write(connection -> {
      for (var i = 0; i < Decisions.ALONE; i++) {
        var by = i % 2 == 0 ? "li.na" : "token:robot";
        company.fleet.audit.append(connection, by, "exemption.end", "x", Json.object().build());
      }
      return 0;
    });
    for (var by : List.of(SECURITY, new Decider("token:robot", made))) {
      var why = refused(company.decisions().end(by, about(device), company.seen(device), "x"));
      assertTrue(why.startsWith("li.na ended 300 exemptions within a day"), why);
    }
    assertEquals(1, company.cases.granted().size());
    company.fleet.clock.move(Decisions.WITHIN.plusSeconds(1));
    done(company.decisions().end(SECURITY, about(device), company.seen(device), "x"));
    assertEquals(0, company.cases.granted().size());
  }

  @Test
  void roles_say_who_may_take_which_step() {
    var nobody = new Decider("gao.lu", Set.of(Role.VIEWER, Role.AUTHOR, Role.ADMINISTRATOR));
    for (var why :
        List.of(
            refused(
                company.decisions().grant(nobody, about(device), company.seen(device), UNTIL, "x")),
            refused(
                company
                    .decisions()
                    .refuse(nobody, about(device), company.seen(device), "x", "helpdesk")),
            refused(company.decisions().end(nobody, about(device), company.seen(device), "x")))) {
      assertTrue(why.contains("helpdesk or approver"), why);
    }
    company.confirmed(device);
    var helpdesk = new Decider("sun.li", Set.of(Role.HELPDESK));
    var why =
        refused(
            company.decisions().grant(helpdesk, about(device), company.seen(device), null, "x"));
    assertTrue(why.contains("approver"), why);
  }

  @Test
  void security_may_shorten_and_not_lengthen_what_the_manager_agreed_to() {
    company.confirmed(device);
    var longer = UNTIL.plus(Duration.ofDays(1));
    var why =
        refused(
            company.decisions().grant(SECURITY, about(device), company.seen(device), longer, "x"));
    assertTrue(why.contains("zhao.min agreed to"), why);
    var shorter = UNTIL.minus(Duration.ofDays(3));
    assertEquals(
        shorter,
        done(company.decisions().grant(SECURITY, about(device), company.seen(device), shorter, "x"))
            .until());
  }

  @Test
  void no_exemption_is_without_an_end_or_beyond_the_limits_of_the_rule() {
    var decisions = company.decisions();
    assertTrue(
        refused(decisions.grant(MANAGER, about(device), company.seen(device), null, "x"))
            .contains("no exemption is open-ended"));
    var now = company.fleet.clock.instant();
    for (var end : List.of(now, now.minusSeconds(1), now.plus(Duration.ofDays(30)).plusMillis(1))) {
      var why = refused(decisions.grant(MANAGER, about(device), company.seen(device), end, "x"));
      assertTrue(why.contains("within PT720H"), why);
    }
    var elsewhere = new About(device.id().value(), new RuleId("made-up"));
    assertTrue(
        refused(decisions.grant(MANAGER, elsewhere, company.cases.seen(elsewhere), UNTIL, "x"))
            .contains("no rule made-up is published"));
    var nobody = new About("0".repeat(32), RULE);
    assertTrue(
        refused(decisions.grant(MANAGER, nobody, company.cases.seen(nobody), UNTIL, "x"))
            .contains("is enrolled"));
    assertEquals(0, new CaseList(company.fleet.database).count(CaseList.ALL));
  }

  @Test
  void only_so_many_devices_are_exempt_at_once() {
    company.limits = Company.limits(Duration.ofDays(30), 1);
    company.granted(device);
    var second = company.device("ws-2");
    var why =
        refused(
            company.decisions().grant(MANAGER, about(second), company.seen(second), UNTIL, "x"));
    assertTrue(why.contains("the limit is 1 at once"), why);
    // An extension of the one that holds takes no second place.
    company.granted(device);
    done(company.decisions().end(MANAGER, about(device), company.seen(device), "moved"));
    company.granted(second);
  }

  @Test
  void of_two_who_have_room_for_one_only_one_is_granted() {
    company.limits = Company.limits(Duration.ofDays(30), 1);
    var second = company.device("ws-2");
    company.confirmed(device);
    company.confirmed(second);
    done(company.decisions().grant(SECURITY, about(device), company.seen(device), null, "x"));
    refused(company.decisions().grant(SECURITY, about(second), company.seen(second), null, "x"));
    assertEquals(1, company.cases.granted().size());
  }

  @Test
  void a_refusal_by_one_person_tells_the_employee_why_and_whom_to_ask() throws Exception {
    company.asks(device, "R-1", UNTIL, "plugin X");
    var closed =
        done(
            company
                .decisions()
                .refuse(MANAGER, about(device), company.seen(device), "use Qoder", "helpdesk"));
    company.published();
    assertEquals(CaseState.REFUSED, closed.state());
    var at = company.fleet.clock.instant();
    assertEquals(
        List.of(
            new Refusal("R-1", RULE, device.id().value(), "zhao.min", "use Qoder", "helpdesk", at)),
        company.believed(device).refused());
    assertEquals(List.of(), company.cases.requests(Set.of(RULE)));
    assertTrue(
        refused(
                company
                    .decisions()
                    .refuse(MANAGER, about(device), company.seen(device), "again", "helpdesk"))
            .contains("nothing of claude-code waits"));

    company.fleet.clock.move(Duration.ofDays(100));
    Resigning.unscheduled(company.repository, company.keys, Expiries.STANDARD, company.fleet.clock)
        .run();
    company.upkeep().run();
    assertEquals(1, company.believed(device).refused().size());
    company.fleet.clock.move(Upkeep.TOLD.minus(Duration.ofDays(100)));
    company.upkeep().run();
    assertEquals(List.of(), company.believed(device).refused());
  }

  @Test
  void a_refused_extension_takes_nothing_from_the_exemption_that_holds() throws Exception {
    company.granted(device);
    company.asks(device, "R-2", UNTIL.plus(Duration.ofDays(5)), "more time");
    done(
        company
            .decisions()
            .refuse(SECURITY, about(device), company.seen(device), "long enough", "helpdesk"));
    company.published();
    assertEquals("EX-0001", company.believed(device).granted().getFirst().id());
    assertEquals("R-2", company.believed(device).refused().getFirst().id());
  }

  @Test
  void an_extension_is_a_case_of_its_own_that_follows_the_one_before() throws Exception {
    company.granted(device);
    var later = UNTIL.plus(Duration.ofDays(5));
    company.asks(device, "R-2", later, "more time");
    done(company.decisions().grant(MANAGER, about(device), company.seen(device), null, "ok"));
    company.published();
    assertEquals(UNTIL, company.believed(device).granted().getFirst().until());
    done(company.decisions().grant(OTHER, about(device), company.seen(device), null, "ok"));
    company.published();
    var believed = company.believed(device).granted();
    assertEquals(1, believed.size());
    assertEquals(later, believed.getFirst().until());
    var before = company.cases.of(about(device)).getLast();
    assertEquals(CaseState.ENDED, before.state());
    assertEquals("followed by EX-0002", before.ended() == null ? "" : before.ended().reason());
  }

  @Test
  void what_holds_ends_early_by_one_person_and_what_waits_is_taken_back() throws Exception {
    company.granted(device);
    done(company.decisions().end(MANAGER, about(device), company.seen(device), "has moved"));
    company.published();
    assertEquals(List.of(), company.believed(device).granted());

    company.asks(device, "R-2", UNTIL, "again");
    assertEquals(
        CaseState.WITHDRAWN,
        done(company.decisions().end(MANAGER, about(device), company.seen(device), "no need"))
            .state());
    company.published();
    // Told as a refusal: the employee waits no longer.
    assertEquals("R-2", company.believed(device).refused().getFirst().id());
    assertTrue(
        refused(company.decisions().end(MANAGER, about(device), company.seen(device), "again"))
            .contains("nothing of claude-code holds or waits"));
  }

  @Test
  void it_ends_by_itself_at_its_time() throws Exception {
    company.granted(device);
    company.fleet.clock.move(Duration.between(company.fleet.clock.instant(), UNTIL));
    company.upkeep().run();
    var ended = company.cases.of(about(device)).getFirst();
    assertEquals(CaseState.ENDED, ended.state());
    assertEquals(List.of(), company.believed(device).granted());
    assertTrue(company.audited().contains("the-date exemption.end EX-0001"));
    var entries = company.audited().size();
    company.upkeep().run();
    assertEquals(entries, company.audited().size());
  }

  @Test
  void a_case_that_nobody_decides_before_its_own_end_is_taken_back() {
    company.confirmed(device);
    company.fleet.clock.move(Duration.between(company.fleet.clock.instant(), UNTIL));
    company.upkeep().run();
    assertEquals(CaseState.WITHDRAWN, company.cases.of(about(device)).getFirst().state());
    assertNull(company.cases.of(about(device)).getFirst().decided());
  }

  @Test
  void those_that_end_within_a_week_are_there_to_be_reminded_of() {
    company.granted(device);
    var now = company.fleet.clock.instant();
    assertEquals(List.of(), company.cases.ending(now, Upkeep.REMINDED));
    assertEquals(1, company.cases.ending(UNTIL.minus(Upkeep.REMINDED), Upkeep.REMINDED).size());
  }

  @Test
  void a_decision_on_what_somebody_else_has_just_decided_is_not_taken() {
    company.confirmed(device);
    var seen = company.seen(device);
    done(company.decisions().grant(SECURITY, about(device), seen, null, "yes"));
    var late = company.decisions().refuse(OTHER, about(device), seen, "no", "helpdesk");
    var conflict = assertInstanceOf(DecisionOutcome.NotDone.class, late);
    assertEquals(Reason.CONFLICT, conflict.kind());
    assertTrue(conflict.reason().contains("EX-0001 is granted by li.na"), conflict.reason());
    assertEquals(1, company.cases.granted().size());
  }

  @Test
  void what_nobody_sees_or_reads_is_no_reason() {
    for (var reason : List.of("", " ", "a\nb", "\u202egnol", "\u001b[2J", "x".repeat(10_000_000))) {
      var decisions = company.decisions();
      var why =
          refused(decisions.grant(MANAGER, about(device), company.seen(device), UNTIL, reason));
      assertTrue(why.contains("the reason"), why);
      assertTrue(why.length() < 500, why);
    }
    company.asks(device, "R-1", UNTIL, "x");
    assertTrue(
        refused(
                company
                    .decisions()
                    .refuse(MANAGER, about(device), company.seen(device), "no", "a\u202eb"))
            .contains("the contact"));
  }
}
