package dev.interdict.server.draft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.policy.RuleId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LintTest {
  private static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");

  /// Line numbers of the tests count in this text.
  private static final String RULE =
      """
      id: some-tool
      name: Some Tool
      publisher: Somebody
      risk: medium
      reason:
        en: It sends data out.
        zh-CN: 该工具会外传数据。
      replacement:
        name: Qoder
        url: https://qoder.com/
        identities:
          - package: pkg:npm/%40qoder-ai/qodercli
          - program: {home: .qoder/bin/**}
      match:
        - package: pkg:npm/some-tool
        - program: {home: .local/share/some-tool/**}
      enforcement: remove
      timeline:
        announce: 2026-07-03T09:00
        effective: 2026-07-10T10:00
        zone: Asia/Shanghai
        minimum-notice: PT24H
        reminders: [P3D]
      limits: {max-items-per-device: 20}
      """;

  @Test
  void a_good_rule_has_no_findings() {
    assertEquals(List.of(), findings(RULE));
  }

  @Test
  void bad_date() {
    assertEquals(
        List.of(
            "some-tool.yaml:20:3  error  R006  timeline.effective: \"2026-07-32T10:00\" is no date"
                + " and time; write YYYY-MM-DDTHH:MM, such as 2026-07-10T00:00"),
        findings(RULE.replace("effective: 2026-07-10", "effective: 2026-07-32")));
  }

  @Test
  void unknown_key() {
    assertEquals(
        List.of(
            "some-tool.yaml:18:1  error  R002  unknown field \"enforcment\"; did you mean"
                + " \"enforcement\"?"),
        findings(RULE.replace("enforcement: remove", "enforcement: remove\nenforcment: remove")));
  }

  @Test
  void missing_language() {
    assertEquals(
        List.of("some-tool.yaml:5:1  error  R004  reason: \"zh-CN\" is missing"),
        findings(RULE.replace("  zh-CN: 该工具会外传数据。\n", "")));
  }

  @Test
  void a_pattern_hits_its_own_replacement() {
    assertEquals(
        List.of(
            "some-tool.yaml:16:5  error  R042  match.1: could match the replacement Qoder (line"
                + " 13); narrow it"),
        findings(RULE.replace(".local/share/some-tool/**", ".qoder/*/qodercli")));
    assertEquals(
        List.of(
            "some-tool.yaml:15:5  error  R042  match.0: could match the replacement Qoder (line"
                + " 12); narrow it"),
        findings(RULE.replace("pkg:npm/some-tool", "pkg:npm/%40qoder-ai/qodercli")));
  }

  @Test
  void a_pattern_hits_protected_software() {
    assertEquals(
        List.of(
            "some-tool.yaml:15:5  error  R043  match.0: could match a package manager; narrow it"),
        findings(RULE.replace("pkg:npm/some-tool", "pkg:deb/dpkg")));
    assertEquals(
        List.of("R041 16", "R043 16"),
        codes(RULE.replace("{home: .local/share/some-tool/**}", "{system: /usr/bin/*}")));
  }

  @Test
  void a_pattern_over_a_shared_folder_is_too_wide() {
    for (var place : List.of(".local/**", ".local/bin/*", "**/claude", "*/bin/x", "go/bin/c*")) {
      var rule = RULE.replace(".local/share/some-tool/**", "'" + place + "'");
      assertTrue(codes(rule).contains("R041 16"), place);
    }
    for (var place : List.of(".local/bin/claude", ".local/bin/claude-*", ".some-tool/**")) {
      assertEquals(List.of(), codes(RULE.replace(".local/share/some-tool/**", place)), place);
    }
  }

  @Test
  void dates_that_cannot_be_kept() {
    assertEquals(
        List.of("R037 19", "R039 19", "R021 20", "R023 22"),
        codes(
            RULE.replace("announce: 2026-07-03T09", "announce: 2026-06-30T07")
                .replace("effective: 2026-07-10T10", "effective: 2026-06-30T09")
                .replace("reminders: [P3D]", "reminders: []")));
    assertEquals(List.of("R022 20"), codes(RULE.replace("2026-07-10T10:00", "2026-07-03T09:00")));
    assertEquals(List.of("R023 22"), codes(RULE.replace("PT24H", "P8D")));
    assertEquals(List.of("R024 23"), codes(RULE.replace("[P3D]", "[P8D]")));
    assertEquals(List.of("R050 18", "R025 22"), codes(RULE.replace("PT24H", "PT0S")));
  }

  @Test
  void a_published_date_may_be_past_when_it_is_published_again() {
    var file = List.of(read("some-tool.yaml", RULE));
    var effective = Instant.parse("2026-07-10T02:00:00Z");
    var later = Instant.parse("2026-08-01T00:00:00Z");
    assertFalse(new Lint(later, Map.of()).check(file).publishable());
    var known = Map.of(new RuleId("some-tool"), effective);
    assertTrue(new Lint(later, known).check(file).publishable());
    var other = Map.of(new RuleId("some-tool"), effective.minusSeconds(1));
    assertFalse(new Lint(later, other).check(file).publishable());
  }

  @Test
  void midnight_is_a_warning_that_can_be_allowed() {
    var midnight = RULE.replace("T10:00", "T00:00");
    assertEquals(
        List.of(
            "some-tool.yaml:20:3  warn  R031  timeline.effective: 2026-07-10T00:00 is midnight,"
                + " Thursday to Friday (2026-07-09 to 2026-07-10); write a time in working hours,"
                + " or \"# allow R031: why\" in this line"),
        findings(midnight));
    assertTrue(new Lint(NOW, Map.of()).check(List.of(read("a.yaml", midnight))).publishable());
    var allowed = midnight.replace("T00:00", "T00:00 # allow R031: announced so");
    assertEquals(List.of(), findings(allowed));
    assertEquals(List.of("R031 20"), codes(midnight.replace("T00:00", "T00:00 # allow R032: no")));
  }

  @Test
  void a_holiday_the_day_before_one_a_weekend_and_a_friday_evening() {
    assertEquals(
        List.of(
            "some-tool.yaml:20:3  warn  R034  timeline.effective: 2026-10-01T10:00 is National Day"
                + " in China; write another workday, or \"# allow R034: why\" in this line"),
        findings(RULE.replace("2026-07-10", "2026-10-01")));
    assertEquals(
        List.of(
            "some-tool.yaml:20:3  warn  R034  timeline.effective: 2026-09-30T10:00 is the last"
                + " workday before National Day in China; write another workday, or \"# allow R034:"
                + " why\" in this line"),
        findings(RULE.replace("2026-07-10", "2026-09-30")));
    assertEquals(
        List.of(
            "some-tool.yaml:20:3  warn  R035  timeline.effective: 2026-07-11T10:00 is a Saturday,"
                + " at the weekend; write another workday, or \"# allow R035: why\" in this line"),
        findings(RULE.replace("2026-07-10", "2026-07-11")));
    assertEquals(
        List.of(
            "some-tool.yaml:20:3  warn  R036  timeline.effective: 2026-07-10T16:00 is Friday after"
                + " 16:00, before a weekend; write another workday, or \"# allow R036: why\" in"
                + " this line"),
        findings(RULE.replace("2026-07-10T10", "2026-07-10T16")));
    assertEquals(List.of(), codes(RULE.replace("2026-07-10T10:00", "2026-07-10T15:59")));
    assertEquals(List.of(), codes(RULE.replace("2026-07-10T10:00", "2026-07-16T16:00")));
  }

  @Test
  void holidays_are_those_of_the_rules_zone() {
    var christmas = RULE.replace("2026-07-10", "2026-12-25");
    assertEquals(List.of(), codes(christmas));
    assertEquals(List.of("R034 20"), codes(christmas.replace("Asia/Shanghai", "Europe/Berlin")));
  }

  @Test
  void what_only_tells_may_do_so_on_any_day_but_is_announced_in_working_hours() {
    var told = RULE.replace("enforcement: remove", "enforcement: notify");
    assertEquals(List.of(), codes(told.replace("2026-07-10", "2026-07-11")));
    assertEquals(List.of("R037 19"), codes(told.replace("T09:00", "T08:59")));
    var observed = RULE.replace("enforcement: remove", "enforcement: observe");
    assertEquals(List.of(), codes(observed.replace("T09:00", "T08:59")));
  }

  @Test
  void announced_when_nobody_is_at_work() {
    assertEquals(
        List.of(
            "some-tool.yaml:19:3  warn  R037  timeline.announce: 2026-07-02T18:00 is outside"
                + " working hours, 09:00 to 18:00; write a time within them, or \"# allow R037:"
                + " why\" in this line"),
        findings(RULE.replace("2026-07-03T09:00", "2026-07-02T18:00")));
    assertEquals(List.of("R037 19"), codes(RULE.replace("2026-07-03T", "2026-06-28T")));
    assertEquals(List.of("R037 19"), codes(RULE.replace("2026-07-03T", "2026-06-19T")));
  }

  @Test
  void rings_are_dates_too() {
    var rings =
        "limits: {max-items-per-device: 20}\nscope: {rings: [{name: pilot, percent: 1, at: %s}]}\n";
    for (var one :
        Map.of(
                "2026-07-07T10:00", List.of(),
                "2026-07-08T10:00", List.of("R038 25"),
                "2026-07-07T13:00", List.of("R038 25"),
                "2026-07-05T10:00", List.of("R035 25"),
                "2026-07-06T00:00", List.of("R031 25"),
                "2026-07-03T17:00", List.of("R036 25"))
            .entrySet()) {
      var rule =
          RULE.replace("limits: {max-items-per-device: 20}\n", rings.formatted(one.getKey()));
      assertEquals(one.getValue(), codes(rule), one.getKey());
    }
  }

  @Test
  void too_little_time_to_move_to_ask_or_to_remember() {
    assertEquals(List.of("R027 22"), codes(RULE.replace("PT24H", "PT7H59M")));
    assertEquals(List.of("R029 22"), codes(RULE.replace("PT24H", "PT8H")));
    assertEquals(List.of("R028 23"), codes(RULE.replace("[P3D]", "[PT1H, P1D]")));
    assertEquals(List.of(), codes(RULE.replace("[P3D]", "[]")));
    assertEquals(List.of("R039 19"), codes(RULE.replace("2026-07-03T09:00", "2026-07-03T14:00")));
    assertEquals(
        List.of(
            "some-tool.yaml:19:3  warn  R039  timeline.announce: 4 workdays from the announcement"
                + " at 2026-07-06T09:00 to the effective date at 2026-07-10T10:00; leave at least"
                + " 5"),
        findings(RULE.replace("2026-07-03T09:00", "2026-07-06T09:00")));
    for (var gentle : List.of("observe", "notify")) {
      assertEquals(
          List.of(),
          codes(
              RULE.replace("enforcement: remove", "enforcement: " + gentle)
                  .replace("PT24H", "PT1H")
                  .replace("[P3D]", "[PT1H]")
                  .replace("2026-07-03", "2026-07-09")));
    }
  }

  @Test
  void put_off_to_a_bad_day() {
    var defer = "reminders: [P3D]\n  defer: {times: %d, by: %s}";
    assertEquals(
        List.of(
            "some-tool.yaml:24:3  warn  R040  timeline.defer: put off once, the date is"
                + " 2026-07-11T10:00, a Saturday, at the weekend; write another duration in"
                + " defer.by, or \"# allow R040: why\" in this line"),
        findings(RULE.replace("reminders: [P3D]", defer.formatted(2, "P1D"))));
    assertEquals(List.of(), codes(RULE.replace("reminders: [P3D]", defer.formatted(2, "P3D"))));
    assertEquals(
        List.of("R040 24"), codes(RULE.replace("reminders: [P3D]", defer.formatted(3, "P3D"))));
    assertEquals(
        List.of(), codes(RULE.replace("reminders: [P3D]", defer.formatted(1, "P106751991167D"))));
  }

  @Test
  void a_corporate_network_has_its_definition_and_groups_their_grammar() {
    var scope = "limits: {max-items-per-device: 20}\nscope:\n  %s\n";
    var key = "sha256:" + "a".repeat(64);
    var beacons = "corporate: [{host: intranet.example.com, port: 443, key: \"" + key + "\"}]";
    for (var one :
        Map.of(
                "network: corporate",
                List.of("R048 26"),
                beacons,
                List.of("R048 26"),
                "network: corporate\n  " + beacons,
                List.of(),
                "groups: {include: [finance], exclude: [build-machines]}",
                List.of(),
                "groups: {include: [Finance]}",
                List.of("R049 26"),
                "groups: {exclude: [R&D]}",
                List.of("R049 26"),
                "network: corporate\n  " + beacons.replace("443", "0"),
                List.of("R008 27"))
            .entrySet()) {
      var rule =
          RULE.replace("limits: {max-items-per-device: 20}\n", scope.formatted(one.getKey()));
      assertEquals(one.getValue(), codes(rule), one.getKey());
    }
  }

  @Test
  void what_an_ordinary_person_would_go_through() {
    assertEquals(
        List.of(
            "some-tool.yaml:18:1  warn  R050  timeline: who comes back from leave loses it on"
                + " 2026-07-15 at 09:10 in the middle of work, not told 30 minutes before on that"
                + " day; see: interdict simulate"),
        story(RULE.replace("PT24H", "PT10M")));
    assertEquals(
        List.of(
            "some-tool.yaml:18:1  warn  R050  timeline: somebody at work loses it on 2026-07-10 at"
                + " 17:00, first told on that very day; see: interdict simulate"),
        story(
            RULE.replace("2026-07-03T09:00", "2026-07-10T09:00")
                .replace("2026-07-10T10:00", "2026-07-10T17:00")
                .replace("PT24H", "PT2H")));
    assertEquals(List.of(), story(RULE));
  }

  private static List<String> story(String rule) {
    return findings(rule).stream().filter(one -> one.contains("R050")).toList();
  }

  @Test
  void the_template_lints_clean_whatever_the_day() {
    for (var day = 0; day < 400; day++) {
      var now = NOW.plus(Duration.ofDays(day));
      var rule = Template.rule(new RuleId("some-tool"), now);
      assertEquals(
          List.of(),
          new Lint(now, Map.of()).check(List.of(read("some-tool.yaml", rule))).findings(),
          now.toString());
    }
  }

  @Test
  void an_error_cannot_be_allowed() {
    assertEquals(
        List.of("R023 22"), codes(RULE.replace("PT24H", "P8D # allow R023: I am in a hurry")));
  }

  @Test
  void texts() {
    assertEquals(List.of("R005 6"), codes(RULE.replace("It sends data out.", "\"  \"")));
    assertEquals(List.of("R012 2"), codes(RULE.replace("Some Tool", "x".repeat(49))));
    assertEquals(
        List.of(
            "some-tool.yaml:7:3  error  R012  reason.zh-CN: 71 Hanzi, limit 70; shorten the text"),
        findings(RULE.replace("该工具会外传数据。", "字".repeat(71))));
    assertEquals(List.of("R013 2"), codes(RULE.replace("Some Tool", "Some\u202eTool")));
    assertEquals(List.of("R014 7"), codes(RULE.replace("该工具会外传数据。", "It sends data out.")));
  }

  @Test
  void rules_that_would_do_nothing() {
    var weak =
        RULE.replace("  - package: pkg:npm/some-tool\n", "")
            .replace("program: {home: .local/share/some-tool/**}", "environment: {variables: [A]}");
    assertEquals(List.of("R044 16"), codes(weak));
    assertEquals(List.of(), codes(weak.replace("enforcement: remove", "enforcement: notify")));
    assertEquals(
        List.of("R047 16"),
        codes(RULE.replace("npm/some-tool\n", "npm/some-tool\n    versions: vers:pypi/>=1.0\n")));
  }

  @Test
  void a_wildcard_where_names_are_compared_as_they_stand() {
    for (var identity :
        List.of(
            "package: pkg:npm/%40some/*",
            "application: {macos: com.some.*}", "extension: {vscode: \"*\"}")) {
      assertEquals(List.of("R046 15"), codes(RULE.replace("package: pkg:npm/some-tool", identity)));
    }
  }

  @Test
  void programs_in_folders_of_peoples_own_things_and_empty_files() {
    var place = "home: .local/share/some-tool/**";
    assertEquals(List.of("R041 16"), codes(RULE.replace(place, "home: .ssh/**")));
    assertEquals(List.of("R041 16"), codes(RULE.replace(place, "home: Pictures/*")));
    var empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assertEquals(List.of("R041 16"), codes(RULE.replace(place, "sha256: [" + empty + "]")));
    assertEquals(List.of("R007 16"), codes(RULE.replace(place, "home: ../some-tool")));
  }

  @Test
  void what_a_careful_author_would_add() {
    assertEquals(
        List.of("R032 1"), codes(RULE.replace("limits: {max-items-per-device: 20}\n", "")));
    assertEquals(List.of("R033 4"), codes(RULE.replace("risk: medium", "risk: high")));
    assertEquals(
        List.of("R045 8"),
        codes(
            RULE.replaceAll("(?s)  identities:.*?match:", "match:")
                .replace("\n  match:", "\nmatch:")));
  }

  @Test
  void one_id_in_two_files() {
    var result = new Lint(NOW, Map.of()).check(List.of(read("a.yaml", RULE), read("b.yaml", RULE)));
    assertEquals(
        List.of(
            "b.yaml:1:1  error  R011  id: some-tool is also the id in a.yaml; give one of them"
                + " another id"),
        result.findings().stream().map(Finding::toString).toList());
  }

  @Test
  void every_code_explains_itself_and_its_number_is_its_own() {
    for (var code : LintCode.values()) {
      assertTrue(code.name().matches("R\\d{3}"), code::name);
      assertFalse(code.title().isBlank() || code.reason().isBlank() || code.advice().isBlank());
      assertFalse(code.reason().contains("\n"), code::name);
    }
    assertEquals(LintCode.values().length, Arrays.stream(LintCode.values()).distinct().count());
    assertEquals(LintCode.R012, LintCode.of("r012").orElseThrow());
  }

  private static List<String> findings(String rule) {
    return new Lint(NOW, Map.of())
        .check(List.of(read("some-tool.yaml", rule))).findings().stream()
            .map(Finding::toString)
            .toList();
  }

  private static List<String> codes(String rule) {
    return new Lint(NOW, Map.of())
        .check(List.of(read("some-tool.yaml", rule))).findings().stream()
            .map(finding -> finding.code() + " " + finding.at().line())
            .toList();
  }

  private static YamlFile.Reading read(String name, String text) {
    return YamlFile.read(name, text.getBytes(StandardCharsets.UTF_8));
  }
}
