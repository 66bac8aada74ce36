package dev.interdict.server.exemptions;

import static java.util.Collections.disjoint;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// More cases than a page holds, some of them with the same moments, some without an end.
class CaseListIT {
  private static final int CASES = 1_100;

  /// Of an old rule, which nobody touched for a thousand cases.
  private static final int OLD = 3;

  private static final Instant SOON = Instant.ofEpochMilli(2_000);

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
            n % 3 == 0 ? "refused" : n % 7 == 0 ? "confirmed" : "granted",
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
    var filter = narrowed(Terms.ALL, Terms.of("old-rule"));
    assertEquals(OLD, list.count(filter));
    assertEquals(List.of(3L, 2L, 1L), numbers(list.page(filter, CaseList.NEWEST, null, 10)));
    assertEquals(CASES - OLD, list.count(narrowed(Terms.ALL, Terms.read(List.of("!old-rule")))));
  }

  private static CaseList.Filter narrowed(Terms groups, Terms rules) {
    return new CaseList.Filter(Scope.WHOLE, groups, SOON, null, rules, Terms.ALL);
  }

  @Test
  void groups_ends_devices_and_departments_narrow_it() {
    var soon =
        new CaseList.Filter(
            Scope.WHOLE, Terms.of("ending"), SOON, new DeviceId(device), Terms.ALL, Terms.ALL);
    var expected =
        all(CaseList.ALL, CaseList.OLDEST).stream()
            .filter(one -> of(one).contains("ending") && one.about().device().equals(device))
            .toList();
    assertEquals(expected, all(soon, CaseList.OLDEST));
    assertEquals(expected.size(), list.count(soon));
    var law =
        new CaseList.Filter(Scope.of(List.of("Law")), Terms.ALL, SOON, null, Terms.ALL, Terms.ALL);
    assertEquals(0, list.count(law));
    var own =
        new CaseList.Filter(Scope.of(List.of("R&D")), Terms.ALL, SOON, null, Terms.ALL, Terms.ALL);
    assertEquals(CASES / 2, list.count(own));
    var others =
        new CaseList.Filter(
            Scope.of(List.of("R&D")),
            Terms.read(List.of("!closed")),
            SOON,
            null,
            Terms.ALL,
            Terms.ALL);
    assertEquals(
        all(own, CaseList.OLDEST).stream().filter(one -> !of(one).contains("closed")).toList(),
        all(others, CaseList.OLDEST),
        "what is left out widens no scope");
  }

  private static Set<String> of(ExemptionCase one) {
    var until = one.until();
    return switch (one.state()) {
      case CONFIRMED -> Set.of("confirmed");
      case GRANTED ->
          until != null && !until.isAfter(SOON) ? Set.of("granted", "ending") : Set.of("granted");
      case REFUSED, WITHDRAWN, ENDED -> Set.of("closed");
    };
  }

  @Test
  void any_words_with_and_without_others_let_the_same_through_as_a_look_at_every_case() {
    var random = new Random(25);
    var all = all(CaseList.ALL, CaseList.OLDEST);
    var words = Stream.of(CaseGroup.values()).map(CaseGroup::word).toList();
    var met = 0;
    for (var round = 0; round < 40; round++) {
      var written = new ArrayList<String>();
      for (var n = random.nextInt(3); n >= 0; n--) {
        var word = words.get(random.nextInt(words.size()));
        written.add(random.nextBoolean() ? word : "!" + word);
      }
      var groups = Terms.read(written);
      var expected =
          all.stream()
              .filter(one ->
                  (groups.any().isEmpty() || !disjoint(of(one), groups.any()))
                      && disjoint(of(one), groups.none()))
              .toList();
      var filter = narrowed(groups, Terms.ALL);
      assertEquals(expected.size(), list.count(filter), written::toString);
      if (round % 8 == 0) {
        assertEquals(expected, all(filter, CaseList.OLDEST), written::toString);
      }
      met += expected.size();
    }
    assertTrue(met > CASES, "too few to mean anything: " + met);
  }

  private static List<Long> numbers(List<ExemptionCase> cases) {
    return cases.stream().map(ExemptionCase::number).toList();
  }
}
