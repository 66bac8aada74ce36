package dev.interdict.server.exemptions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.report.DeviceId;
import dev.interdict.server.query.Order;
import dev.interdict.server.query.Terms;
import dev.interdict.server.scope.Scope;
import dev.interdict.server.store.Sql;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// More cases than a page holds, some of them with the same moments, some without an end.
class CaseListIT {
  private static final int CASES = 1_100;

  /// Of an old rule, which nobody touched for a thousand cases.
  private static final int OLD = 3;

  @TempDir Path folder;
  private Company company;
  private CaseList list;
  private String device;

  @BeforeEach
  void open() throws Exception {
    company = new Company(folder);
    list = new CaseList(company.fleet.database);
    device = company.device("ws-1").id().value();
    company.fleet.database.write(connection -> {
      for (var n = 1; n <= CASES; n++) {
        Sql.update(
            connection,
            "insert into exemption (device_id, case_number, rule_id, request_id, state, until_at,"
                + " reason, opened_at, opened_by, decided_at, decided_by, in_force) values"
                + " (?,?,?,null,?,?,'no',?,'lea',2,'mo',0)",
            n % 2 == 0 ? device : "%032x".formatted(n),
            n,
            n <= OLD ? "old-rule" : "some-rule",
            n % 3 == 0 ? "refused" : "granted",
            n % 5 == 0 ? null : 1_000L * (n % 7),
            1_000L * (n % 11));
      }
      return null;
    });
  }

  @AfterEach
  void close() {
    company.close();
  }

  private List<ExemptionCase> all(CaseList.Filter filter, Order order) {
    var all = new ArrayList<ExemptionCase>();
    CaseList.Place after = null;
    for (var page = list.page(filter, order, after, 97);
        !page.isEmpty();
        page = list.page(filter, order, after, 97)) {
      all.addAll(page);
      after = CaseList.Place.of(page.getLast(), order);
    }
    return all;
  }

  @Test
  void pages_hold_each_case_once_in_the_order_that_is_asked_for() {
    var byUntil =
        Comparator.comparing(
            ExemptionCase::until, Comparator.nullsLast(Comparator.<Instant>naturalOrder()));
    var byUntilFalling =
        Comparator.comparing(
            ExemptionCase::until, Comparator.nullsLast(Comparator.<Instant>reverseOrder()));
    var byOpened = Comparator.comparing((ExemptionCase one) -> one.opened().at());
    var byNumber = Comparator.comparing(ExemptionCase::number);
    in(CaseList.OLDEST, byNumber);
    in(CaseList.NEWEST, byNumber.reversed());
    in(CaseList.ENDING, byUntil.thenComparing(byNumber));
    in(new Order("until", true), byUntilFalling.thenComparing(byNumber));
    in(new Order("opened", false), byOpened.thenComparing(byNumber));
    in(new Order("opened", true), byOpened.reversed().thenComparing(byNumber));
  }

  private void in(Order order, Comparator<ExemptionCase> expected) {
    var all = all(CaseList.ALL, order);
    assertEquals(CASES, new HashSet<>(all).size(), order + " leaves cases out");
    assertEquals(all.stream().sorted(expected).toList(), all, order::toString);
    assertEquals(CASES, list.count(CaseList.ALL));
  }

  @Test
  void a_rule_is_found_behind_a_thousand_newer_cases_of_another() {
    var filter =
        new CaseList.Filter(
            Scope.WHOLE, Set.of(), null, null, new Terms(Set.of("old-rule"), Set.of()));
    assertEquals(OLD, list.count(filter));
    assertEquals(List.of(3L, 2L, 1L), numbers(list.page(filter, CaseList.NEWEST, null, 10)));
    var others =
        new CaseList.Filter(
            Scope.WHOLE, Set.of(), null, null, new Terms(Set.of(), Set.of("old-rule")));
    assertEquals(CASES - OLD, list.count(others));
  }

  @Test
  void states_ends_devices_and_departments_narrow_it() {
    var until = Instant.ofEpochMilli(2_000);
    var soon =
        new CaseList.Filter(
            Scope.WHOLE, Set.of(CaseState.GRANTED), until, new DeviceId(device), Terms.ALL);
    var expected =
        all(CaseList.ALL, CaseList.OLDEST).stream()
            .filter(one ->
                one.state() == CaseState.GRANTED
                    && one.until() != null
                    && !one.until().isAfter(until)
                    && one.about().device().equals(device))
            .toList();
    assertEquals(expected, all(soon, CaseList.OLDEST));
    assertEquals(expected.size(), list.count(soon));
    var law = new CaseList.Filter(Scope.of(List.of("Law")), Set.of(), null, null, Terms.ALL);
    assertEquals(0, list.count(law));
    var own = new CaseList.Filter(Scope.of(List.of("R&D")), Set.of(), null, null, Terms.ALL);
    assertEquals(CASES / 2, list.count(own));
  }

  private static List<Long> numbers(List<ExemptionCase> cases) {
    return cases.stream().map(ExemptionCase::number).toList();
  }
}
