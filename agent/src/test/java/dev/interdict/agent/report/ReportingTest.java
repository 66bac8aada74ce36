package dev.interdict.agent.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Gap;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Inventory;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.RunningProcess;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.ledger.Entry;
import dev.interdict.agent.match.Finding;
import dev.interdict.decide.DeviceDate;
import dev.interdict.decide.Verdict;
import dev.interdict.identity.PackageUrl;
import dev.interdict.policy.Collection;
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Matcher;
import dev.interdict.policy.Rule;
import dev.interdict.policy.RuleFixtures;
import dev.interdict.report.ActionKind;
import dev.interdict.report.Coverage;
import dev.interdict.report.DeviceId;
import dev.interdict.report.Presence;
import dev.interdict.report.Problem;
import dev.interdict.report.ReportFixtures;
import dev.interdict.report.ReportedAnswer;
import dev.interdict.report.ReportedGap;
import dev.interdict.report.ReportedNotice;
import dev.interdict.report.ReportedRule;
import dev.interdict.report.RuleState;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportingTest {
  private static final Rule RULE = RuleFixtures.rule(RuleFixtures.CLAUDE_CODE);
  private static final Instant NOW = Instant.parse("2026-07-10T00:00:00Z");
  private static final DeviceDate DATE =
      new DeviceDate(NOW, NOW, null, NOW, DeviceDate.SetBy.EFFECTIVE_DATE, NOW);
  private static final Home HOME =
      new Home("zhao.lei", 1000, BytePath.parse("/data/people/zhao.lei"));
  private static final Pseudonyms NAMES = new Pseudonyms(new byte[32]);
  private static final Coverage WHOLE = new Coverage(NOW, true, List.of());
  private static final Coverage PARTLY =
      new Coverage(NOW, true, List.of(new ReportedGap("npm", Problem.PARTLY_INSPECTED)));

  private static Finding finding(@Nullable Home owner, String location) {
    var item =
        new Item(
            "npm",
            new Identity.OfPackage(PackageUrl.npm("@anthropic-ai/claude-code")),
            "2.1.112",
            owner,
            BytePath.parse(location),
            List.of());
    var process =
        new RunningProcess(7, 1, 1000, BytePath.parse(location), null, List.of(), "secret-name");
    return new Finding(RULE, item, Matcher.Strength.STRONG, List.of(process));
  }

  private static RuleStanding standing(
      List<Finding> findings, Verdict verdict, String flags, List<Entry.Acted> acts) {
    return new RuleStanding(
        RULE,
        findings,
        List.of(),
        verdict,
        flags.contains("notified"),
        flags.contains("put-off"),
        flags.contains("failing"),
        flags.contains("unverified"),
        flags.contains("gone"),
        acts);
  }

  @Test
  void what_brought_it_there_is_told() {
    var found = finding(HOME, "/data/people/zhao.lei/x");
    var item = found.item();
    var cached =
        new Item(
            item.source(),
            item.identity(),
            item.version(),
            item.owner(),
            item.location(),
            item.parts(),
            "npx cache");
    var told =
        Reporting.rule(
            standing(
                List.of(new Finding(RULE, cached, Matcher.Strength.STRONG, List.of())),
                new Verdict.Waiting(DATE),
                "-",
                List.of()),
            WHOLE,
            NAMES);
    assertEquals("npx cache", told.findings().getFirst().origin());
  }

  /// Every line: found?, verdict, what the memory says, coverage → state and presence.
  @ParameterizedTest
  @CsvSource({
    "no,  due,     -,                   whole,  CLEAR,    ",
    "no,  due,     -,                   partly, UNKNOWN,  ",
    "no,  due,     gone,                whole,  REMOVED,  ",
    "no,  due,     gone,                partly, UNKNOWN,  ",
    "no,  due,     unverified,          whole,  UNKNOWN,  ",
    "no,  due,     failing unverified,  whole,  FAILED,   ",
    "no,  due,     failing unverified,  partly, FAILED,   ",
    "yes, due,     notified,            whole,  REMOVING, ",
    "yes, due,     notified failing,    whole,  FAILED,   ",
    "yes, due,     gone,                whole,  REMOVING, ",
    "yes, block,   notified failing,    whole,  PRESENT,  NOTIFIED",
    "yes, weak,    notified,            whole,  PRESENT,  NOTIFIED",
    "yes, waiting, -,                   whole,  PRESENT,  NEW",
    "yes, waiting, notified,            partly, PRESENT,  NOTIFIED",
    "yes, waiting, notified put-off,    whole,  PRESENT,  PUT_OFF",
    "yes, held,    notified failing,    whole,  PRESENT,  NOTIFIED",
    "yes, held,    gone,                whole,  PRESENT,  NEW",
  })
  void the_state_follows_from_what_was_seen_decided_and_remembered(
      String found,
      String verdict,
      String memory,
      String coverage,
      String state,
      @Nullable String presence) {
    var reported =
        Reporting.rule(
            standing(
                found.equals("yes") ? List.of(finding(HOME, "/data/people/zhao.lei/x")) : List.of(),
                switch (verdict) {
                  case "due" -> new Verdict.Due(DATE, Enforcement.REMOVE);
                  case "block" -> new Verdict.Due(DATE, Enforcement.BLOCK);
                  case "weak" -> new Verdict.Due(DATE, Enforcement.NOTIFY);
                  case "held" -> new Verdict.Held(Verdict.Hold.STOPPED, "why");
                  default -> new Verdict.Waiting(DATE);
                },
                memory,
                List.of()),
            coverage.equals("whole") ? WHOLE : PARTLY,
            NAMES);
    assertEquals(state, reported.state().name());
    assertEquals(presence, reported.presence() == null ? null : reported.presence().name());
  }

  private static ReportedRule reported(Finding finding) {
    return Reporting.rule(
        standing(List.of(finding), new Verdict.Waiting(DATE), "", List.of()), WHOLE, NAMES);
  }

  @Test
  void a_home_is_a_tilde_and_an_account_a_pseudonym() {
    var finding = reported(finding(HOME, "/data/people/zhao.lei/tools/x")).findings().getFirst();
    assertEquals("~/tools/…", finding.location());
    assertFalse(finding.toString().contains("zhao"), finding.toString());
    assertFalse(finding.toString().contains("secret-name"), finding.toString());
    assertTrue(finding.running());
  }

  @Test
  void software_of_the_machine_that_lies_in_somebodys_home_names_nobody_either() {
    var finding = reported(finding(null, "/home/lin.wei/tools/x")).findings().getFirst();
    assertEquals("~/tools/…", finding.location());
  }

  private static ReportedRule under(Collection ceiling, Finding... findings) {
    var acts =
        List.of(
            new Entry.Acted(RULE.id(), NOW, ActionKind.QUARANTINED, "program:zhao.lei/x", null));
    var standing =
        new RuleStanding(
            RULE,
            List.of(findings),
            List.of(),
            new Verdict.Waiting(DATE),
            true,
            false,
            false,
            false,
            false,
            acts,
            false,
            true,
            List.of(new ReportedNotice(NOW, "announced", "desktop", "shown", NAMES.of("zhao.lei"))),
            List.of(
                new ReportedAnswer(
                    "a-1",
                    "not-that-tool",
                    NOW,
                    null,
                    Reporting.key(findings[0].item(), NAMES),
                    "It is a game",
                    NAMES.of("zhao.lei"))));
    return Reporting.rule(standing, WHOLE, NAMES, ceiling);
  }

  private static Collection ceiling(Collection.Level level) {
    return new Collection(level, true, null, null);
  }

  @Test
  void two_findings_that_read_alike_keep_keys_of_their_own() {
    var told =
        under(
            ceiling(Collection.Level.MATCHES),
            finding(HOME, "/data/people/zhao.lei/ada/x"),
            finding(HOME, "/data/people/zhao.lei/bob/x"));
    var one = told.findings().getFirst();
    var other = told.findings().getLast();
    assertEquals("~/…", one.location());
    assertEquals(one.location(), other.location());
    assertNotEquals(one.key(), other.key());
    assertEquals(one.key(), told.answers().getFirst().finding());
  }

  @Test
  void a_findings_key_outlives_its_version_and_means_nothing_on_another_device() {
    var item = finding(HOME, "/data/people/zhao.lei/x").item();
    var newer =
        new Item(
            item.source(),
            new Identity.OfPackage(
                PackageUrl.npm("@anthropic-ai/claude-code").withVersion("3.0.0")),
            "3.0.0",
            item.owner(),
            item.location(),
            item.parts());
    assertEquals(Reporting.key(item, NAMES), Reporting.key(newer, NAMES));
    assertNotEquals(
        Reporting.key(item, NAMES), Reporting.key(item, new Pseudonyms(new byte[] {1})));
  }

  @Test
  void under_the_lowest_ceiling_no_finding_and_no_person_is_told() {
    var told =
        under(ceiling(Collection.Level.STATES), finding(HOME, "/data/people/zhao.lei/tools/x"));
    assertEquals(RuleState.PRESENT, told.state());
    assertEquals(Presence.SNOOZED, told.presence());
    assertEquals(NOW, told.date());
    assertEquals(List.of(), told.findings());
    assertEquals(List.of(), told.actions());
    assertEquals(List.of(), told.notices());
    assertEquals(
        new ReportedAnswer("a-1", "not-that-tool", NOW, null, null, "It is a game", null),
        told.answers().getFirst());
  }

  @Test
  void under_the_highest_ceiling_places_are_whole_and_homes_still_are_not() {
    var told =
        under(ceiling(Collection.Level.PLACES), finding(HOME, "/data/people/zhao.lei/ada/x"));
    assertEquals("~/ada/x", told.findings().getFirst().location());
    assertEquals("program:zhao.lei/x", told.actions().getFirst().identity());
    assertFalse(told.findings().toString().contains("zhao"));
  }

  @Test
  void what_was_done_is_masked_as_what_was_found_is() {
    var told = under(ceiling(Collection.Level.MATCHES), finding(HOME, "/data/people/zhao.lei/x"));
    assertEquals("program:…", told.actions().getFirst().identity());
  }

  @Test
  void a_computers_name_may_be_kept_from_the_server() {
    var device = ReportFixtures.device(new DeviceId("0123456789abcdef0123456789abcdef"));
    assertEquals(device, Reporting.device(device, Collection.DEFAULT));
    var nameless = Reporting.device(device, Collection.LEAST);
    assertEquals("device-01234567", nameless.hostName());
    assertEquals(device.id(), nameless.id());
  }

  @Test
  void a_source_that_is_spelt_like_none_of_ours_is_not_told() {
    var gap = new Gap("/home/zhao.lei", BytePath.ROOT, UnreadableException.Reason.IO, "in words");
    var inventory = new Inventory(List.of(), List.of(), List.of(), List.of(gap));
    assertEquals("other", Reporting.coverage(inventory, NOW).gaps().getFirst().source());
  }

  @Test
  void pseudonyms_tell_accounts_apart_on_one_device_and_mean_nothing_on_another() {
    assertEquals(NAMES.of("ada"), NAMES.of("ada"));
    assertNotEquals(NAMES.of("ada"), NAMES.of("bob"));
    assertNotEquals(NAMES.of("ada"), new Pseudonyms(new byte[] {1}).of("ada"));
  }

  @Test
  void a_gap_is_told_by_source_and_kind_and_never_by_its_place() {
    var place = BytePath.parse("/home/zhao.lei/private");
    var gaps =
        List.of(
            new Gap("npm", place, UnreadableException.Reason.DENIED, "in words"),
            new Gap("npm", place, UnreadableException.Reason.IO, "in words"),
            new Gap("npm", place, UnreadableException.Reason.BUDGET, "in words"));
    var inventory = new Inventory(List.of(), List.of(), List.of(), gaps);
    assertEquals(
        List.of(
            new ReportedGap("npm", Problem.PARTLY_INSPECTED),
            new ReportedGap("npm", Problem.LIMIT_EXCEEDED)),
        Reporting.coverage(inventory, NOW).gaps());
  }

  @Test
  void of_too_much_the_first_findings_and_the_last_acts_are_told() {
    var acts =
        Collections.nCopies(500, new Entry.Acted(RULE.id(), NOW, ActionKind.STOPPED, "x", null));
    var last = new Entry.Acted(RULE.id(), NOW, ActionKind.QUARANTINED, "x", null);
    var all =
        java.util.stream.Stream.concat(acts.stream(), java.util.stream.Stream.of(last)).toList();
    var findings = Collections.nCopies(2000, finding(HOME, "/data/people/zhao.lei/x"));
    var reported =
        Reporting.rule(standing(findings, new Verdict.Waiting(DATE), "", all), WHOLE, NAMES);
    assertEquals(100, reported.findings().size());
    assertEquals(100, reported.actions().size());
    assertEquals(ActionKind.QUARANTINED, reported.actions().getLast().kind());
  }
}
