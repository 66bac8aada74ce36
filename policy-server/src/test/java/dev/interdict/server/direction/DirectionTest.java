package dev.interdict.server.direction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectionTest {
  private static final Json RULE = RuleText.json(RuleText.RULE);

  private static boolean isSafe(Json before, Json next) {
    return Direction.of(before, next, false, (_, _) -> 0).isSafe();
  }

  /// Each row: what stands in the rule, what takes its place, and whether one person may do that.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "enforcement: block                  | enforcement: observe                | true",
        "enforcement: block                  | enforcement: notify                 | true",
        "enforcement: block                  | enforcement: remove                 | false",
        "effective: 2026-07-10T10:00         | effective: 2026-07-11T10:00         | true",
        "effective: 2026-07-10T10:00         | effective: 2026-07-09T10:00         | false",
        "effective: 2026-07-10T10:00         | effective: 2026-07-11T09:59         | false",
        "announce: 2026-07-03T09:00          | announce: 2026-07-02T09:00          | false",
        "announce: 2026-07-03T09:00          | announce: 2026-07-04T09:00          | false",
        "zone: Asia/Shanghai                 | zone: Europe/Berlin                 | false",
        "clock: instant                      | clock: local                        | false",
        "minimum-notice: PT24H               | minimum-notice: PT48H               | true",
        "minimum-notice: PT24H               | minimum-notice: P1D                 | true",
        "minimum-notice: PT24H               | minimum-notice: PT23H               | false",
        "[P3D, P1D]                          | [P5D, P3D, P1D]                     | true",
        "[P3D, P1D]                          | [P3D]                               | false",
        "[P3D, P1D]                          | []                                  | false",
        "{times: 1, by: P1D}                 | {times: 2, by: P1D}                 | true",
        "{times: 1, by: P1D}                 | {times: 0, by: P1D}                 | false",
        "{times: 1, by: P1D}                 | {times: 1, by: P2D}                 | true",
        "{times: 1, by: P1D}                 | {times: 1, by: PT1H}                | false",
        "out-of-contact: wall-clock          | out-of-contact: wait                | true",
        "out-of-contact: wall-clock          | out-of-contact: enforce             | false",
        "request-freezes: false              | request-freezes: true               | true",
        "os: [linux, macos]                  | os: [linux]                         | true",
        "os: [linux, macos]                  | os: [linux, macos, windows]         | false",
        "os: [linux, macos]                  | os: []                              | false",
        "include: [staff, labs]              | include: [labs]                     | true",
        "include: [staff, labs]              | include: []                         | false",
        "include: [staff, labs]              | include: [staff, labs, servers]     | false",
        "exclude: [build-machines]           | exclude: [build-machines, kiosks]   | true",
        "exclude: [build-machines]           | exclude: []                         | false",
        "network: any                        | network: corporate                  | true",
        "percent: 10                         | percent: 5                          | true",
        "percent: 10                         | percent: 11                         | false",
        "at: 2026-07-08T10:00                | at: 2026-07-09T10:00                | true",
        "at: 2026-07-08T10:00                | at: 2026-07-07T10:00                | false",
        "max-items-per-device: 20            | max-items-per-device: 10            | true",
        "max-items-per-device: 20            | max-items-per-device: 21            | false",
        "keep: [~/.some]                     | keep: [~/.some, ~/.more]            | true",
        "keep: [~/.some]                     | keep: []                            | false",
        ", {package: pkg:npm/some-tool-linux} | ''                                 | true",
        "{package: pkg:npm/some-tool-linux}  | {package: pkg:npm/other}            | false",
        "pkg:npm/some-tool-linux             | pkg:npm/some-tool-linux@1.0         | false",
        "[{package: pkg:npm/qodercli}]       | []                                  | false",
        "name: Some Tool                     | name: Another Tool                  | false",
        "url: https://qoder.com/             | url: https://example.com/           | false",
        "It sends data out.                  | It phones home.                     | false",
        "risk: medium                        | risk: high                          | false",
        "id: some-tool                       | id: other-tool                      | false",
      })
  void a_change_goes_the_way_that_devices_would_feel(String from, String to, boolean safe) {
    var next = RuleText.with(from, to);
    var direction = Direction.of(RULE, next, false, (_, _) -> 0);
    assertEquals(safe, direction.isSafe(), () -> direction.steps().toString());
    assertFalse(direction.steps().isEmpty());
  }

  @Test
  void a_rule_that_stays_takes_no_step() {
    assertEquals(List.of(), Direction.of(RULE, RULE, false, (_, _) -> 0).steps());
  }

  @Test
  void items_in_another_order_take_no_step() {
    var turned =
        RuleText.with(
            "[{package: pkg:npm/some-tool}, {package: pkg:npm/some-tool-linux}]",
            "[{package: pkg:npm/some-tool-linux}, {package: pkg:npm/some-tool}]");
    assertEquals(List.of(), Direction.of(RULE, turned, false, (_, _) -> 0).steps());
  }

  @Test
  void a_ban_is_graver_than_none_and_withdrawing_it_is_not() {
    assertFalse(Direction.of(null, RULE, false, (_, _) -> 0).isSafe());
    assertTrue(Direction.of(RULE, null, false, (_, _) -> 0).isSafe());
  }

  @Test
  void what_is_only_observed_may_be_anything_until_it_is_enforced() {
    var observed = RuleText.with("enforcement: block", "enforcement: observe");
    var wider = RuleText.json(RuleText.RULE.replace("block", "observe").replace("some", "any"));
    assertTrue(Direction.of(null, observed, false, (_, _) -> 0).isSafe());
    assertTrue(isSafe(observed, wider));
    assertFalse(isSafe(observed, RULE));
    assertFalse(isSafe(observed, RuleText.with("enforcement: block", "enforcement: notify")));
  }

  @Test
  void a_later_date_may_take_the_announcement_along_but_no_further() {
    var later = RuleText.RULE.replace("2026-07-10T10:00", "2026-07-12T10:00");
    var along = RuleText.json(later.replace("2026-07-03T09:00", "2026-07-05T09:00"));
    var further = RuleText.json(later.replace("2026-07-03T09:00", "2026-07-05T09:01"));
    assertTrue(isSafe(RULE, along));
    assertFalse(isSafe(RULE, further));
  }

  @Test
  void one_safe_member_does_not_hide_a_graver_one() {
    var both =
        RuleText.json(
            RuleText.RULE
                .replace("2026-07-10T10:00", "2026-07-12T10:00")
                .replace("os: [linux, macos]", "os: []"));
    assertFalse(isSafe(RULE, both));
  }

  @Test
  void fewer_ways_to_match_are_graver_where_too_many_matches_hold_the_rule() {
    var fewer = RuleText.with(", {package: pkg:npm/some-tool-linux}", "");
    assertTrue(Direction.of(RULE, fewer, false, (_, _) -> 0).isSafe());
    assertFalse(Direction.of(RULE, fewer, true, (_, _) -> 0).isSafe());
  }

  @Test
  void rings_on_local_clocks_are_not_taken_for_everybodys_date() {
    var local = RuleText.RULE.replace("clock: instant", "clock: local");
    var before = RuleText.json(local);
    var rings = "rings: [{name: pilot, percent: 10, at: 2026-07-08T10:00}]";
    var near =
        RuleText.json(local.replace(rings, "rings: []").replace("07-10T10:00", "07-11T10:00"));
    assertTrue(isSafe(before, near));
    var close = RuleText.json(local.replace("at: 2026-07-08T10:00", "at: 2026-07-10T09:00"));
    var none =
        RuleText.json(
            local
                .replace("at: 2026-07-08T10:00", "at: 2026-07-10T09:00")
                .replace("percent: 10", "percent: 9"));
    assertFalse(isSafe(close, none));
  }

  @Test
  void a_member_that_this_version_does_not_know_is_graver() {
    var strange = RuleText.json(RuleText.RULE + "escort: gently\n");
    assertFalse(isSafe(RULE, strange));
    assertFalse(isSafe(strange, RULE));
    var step = new java.util.ArrayList<Step>();
    var rule = RuleText.rule(RULE);
    new Members(new Gauges(rule, rule, false)).compare("", strange, RULE, step);
    assertEquals(List.of(Step.graver("escort", "gently -> -")), step);
  }

  @Test
  void a_raised_ceiling_of_what_devices_tell_is_graver() {
    var states = RuleText.json("{level: states, host-name: false}");
    var named = RuleText.json("{level: states, host-name: true}");
    var places = RuleText.json("{level: places, host-name: false}");
    var worded = RuleText.json("{level: states, host-name: false, decided-by: The board}");
    assertTrue(Direction.ofCollection(null, states).isSafe());
    assertFalse(Direction.ofCollection(states, null).isSafe());
    assertFalse(Direction.ofCollection(states, named).isSafe());
    assertFalse(Direction.ofCollection(states, places).isSafe());
    assertTrue(Direction.ofCollection(places, states).isSafe());
    assertFalse(Direction.ofCollection(states, worded).isSafe());
    assertFalse(Direction.ofCollection(states, RuleText.json("{level: odd}")).isSafe());
  }
}
