package dev.interdict.report;

import static dev.interdict.report.ReportFixtures.AT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.JsonException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportJsonTest {
  private static final DeviceId DEVICE = new DeviceId("00112233445566778899aabbccddeeff");

  /// Uses every member once, so that the golden file shows the whole format.
  private static Report everything() {
    return new Report(
        new ReportId("6b1f3a9e-0c5d-4a52-9b55-2f1f8f0a7c11"),
        ReportFixtures.device(DEVICE),
        12,
        "ab".repeat(32),
        AT,
        "0.1.0",
        new PolicyVersion(7, 3),
        new Coverage(
            AT.minusSeconds(5), true, List.of(new ReportedGap("python", Problem.SCAN_FAILED))),
        List.of(
            new ReportedRule(
                "claude-code",
                RuleState.PRESENT,
                Presence.PUT_OFF,
                AT.plusSeconds(3600),
                Instant.parse("2026-08-01T00:00:00Z"),
                List.of(ReportFixtures.finding()),
                List.of(
                    new ReportedAction(
                        ActionKind.FAILED,
                        "pkg:npm/%40anthropic-ai/claude-code@2.1.100",
                        ErrorClass.FILE_IN_USE,
                        AT.minusSeconds(1)))),
            ReportFixtures.rule("claude-desktop", RuleState.UNKNOWN)),
        List.of(new ReportedProblem(Problem.RULE_UNREADABLE, "new-rule")));
  }

  private static byte[] golden(String name) throws IOException {
    try (var in = ReportJsonTest.class.getResourceAsStream("golden/report/" + name)) {
      if (in == null) {
        throw new IOException("no golden file " + name);
      }
      return in.readAllBytes();
    }
  }

  private static String text() {
    return new String(ReportJson.write(everything()), StandardCharsets.UTF_8);
  }

  private static Report read(String json) throws JsonException {
    return ReportJson.read(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void writes_format_1_as_the_golden_file_has_it() throws Exception {
    assertEquals(new String(golden("v1-vocabulary.json"), StandardCharsets.UTF_8).strip(), text());
  }

  @Test
  void reads_format_1_for_ever() throws Exception {
    assertEquals(everything(), ReportJson.read(golden("v1-vocabulary.json")));
  }

  @Test
  void what_brought_a_finding_there_may_be_told() throws Exception {
    var told = ReportJson.read(golden("v1-origin.json"));
    assertEquals("npx cache", told.rules().getFirst().findings().getFirst().origin());
    assertEquals(
        new String(golden("v1-origin.json"), StandardCharsets.UTF_8).strip(),
        new String(ReportJson.write(told), StandardCharsets.UTF_8));
  }

  @Test
  void what_was_told_and_answered_is_written_as_the_golden_file_has_it() throws Exception {
    var written = ReportJson.write(told());
    assertEquals(
        new String(golden("v1-told.json"), StandardCharsets.UTF_8).strip(),
        new String(written, StandardCharsets.UTF_8));
    assertEquals(told(), ReportJson.read(golden("v1-told.json")));
  }

  private static Report told() {
    var keyed =
        new ReportedFinding(
            "npm",
            "pkg:npm/x",
            null,
            "~/…/node_modules/x",
            null,
            EvidenceStrength.STRONG,
            false,
            null,
            "00112233aabbccdd");
    var told = ReportFixtures.told("claude-code");
    return ReportFixtures.report(
        DEVICE,
        1,
        null,
        new ReportedRule(
            told.rule(),
            told.state(),
            Presence.SNOOZED,
            null,
            null,
            List.of(keyed),
            List.of(),
            told.notices(),
            told.answers()));
  }

  @Test
  void an_unknown_outcome_or_answer_becomes_another_one() throws Exception {
    var text = new String(ReportJson.write(told()), StandardCharsets.UTF_8);
    var rule =
        read(text.replace("\"shown\"", "\"dreamt\"")
                .replace("exemption-request", "complaint")
                .replace("last-hour", "last-second"))
            .rules()
            .getFirst();
    assertEquals("other", rule.notices().getFirst().outcome());
    assertEquals("last-second", rule.notices().getFirst().phase());
    assertEquals("other", rule.answers().getFirst().kind());
  }

  @Test
  void refuses_notices_and_answers_of_another_shape() {
    var text = new String(ReportJson.write(told()), StandardCharsets.UTF_8);
    for (var broken :
        List.of(
            text.replace("last-hour", "Last Hour"),
            text.replace("\"desktop\"", "\"<b>\""),
            text.replace("\"desktop\"", "3"),
            text.replace("\"a-1\"", "\"a/1\""),
            text.replace("\"finding\":\"00112233aabbccdd\"", "\"finding\":\"~/x\""),
            text.replace("\"key\":\"00112233aabbccdd\"", "\"key\":\"00112233AABBCCDD\""),
            text.replace("2026-07-31T00:00:00Z", "tomorrow"))) {
      assertThrows(JsonException.class, () -> read(broken), broken);
    }
  }

  @Test
  void a_reason_is_cut_to_its_bound() {
    var answer = new ReportedAnswer("a", "put-off", AT, AT, null, "x".repeat(9000), null);
    assertEquals("x".repeat(499) + "…", answer.text());
  }

  @Test
  void refuses_more_notices_or_answers_than_the_bound() {
    var rule = told().rules().getFirst();
    for (var many :
        List.of(
            rule.with(Collections.nCopies(101, rule.notices().getFirst()), List.of()),
            rule.with(List.of(), Collections.nCopies(101, rule.answers().getFirst())))) {
      var bytes = ReportJson.write(ReportFixtures.report(DEVICE, 1, null, many));
      assertThrows(JsonException.class, () -> ReportJson.read(bytes));
    }
  }

  @Test
  void an_agent_that_does_not_say_reads_the_first_vocabulary() throws Exception {
    var report = ReportJson.read(golden("v1.json"));
    assertEquals(1, report.device().vocabulary());
    assertEquals(everything().rules(), report.rules());
    for (var wrong : List.of("0", "-1", "\"2\"", "null", "4294967298")) {
      var json = text().replace("\"vocabulary\":2", "\"vocabulary\":" + wrong);
      assertThrows(JsonException.class, () -> read(json), wrong);
    }
  }

  @Test
  void ignores_members_that_only_a_newer_agent_knows() throws Exception {
    assertEquals(
        everything(), read(text().replace("{\"format\":1", "{\"mood\":\"x\",\"format\":1")));
  }

  @Test
  void an_unknown_word_becomes_the_honest_value() throws Exception {
    var report =
        read(
            text()
                .replace("\"state\":\"unknown\"", "\"state\":\"immaculate\"")
                .replace("\"strength\":\"strong\"", "\"strength\":\"divine\"")
                .replace("\"presence\":\"put-off\"", "\"presence\":\"asleep\"")
                .replace("rule-unreadable", "rule-upside-down")
                .replace("file-in-use", "file-in-orbit"));
    assertEquals(RuleState.UNKNOWN, report.rules().get(1).state());
    var first = report.rules().get(0);
    assertEquals(EvidenceStrength.WEAK, first.findings().get(0).strength());
    assertEquals(Presence.NEW, first.presence());
    assertEquals(ErrorClass.OTHER, first.actions().get(0).error());
    assertEquals(Problem.OTHER, report.problems().get(0).problem());
  }

  @Test
  void an_unknown_state_with_findings_still_has_it() throws Exception {
    assertEquals(
        RuleState.PRESENT,
        read(text().replace("\"state\":\"present\"", "\"state\":\"evaporating\""))
            .rules()
            .get(0)
            .state());
  }

  @Test
  void clear_or_removed_after_a_partial_scan_is_read_as_unknown() throws Exception {
    for (var claim : List.of("clear", "removed")) {
      var report = read(text().replace("\"state\":\"unknown\"", "\"state\":\"" + claim + "\""));
      assertEquals(RuleState.UNKNOWN, report.rules().get(1).state());
    }
  }

  @Test
  void clear_after_a_partial_scan_cannot_be_composed() {
    var partial = new Coverage(AT, true, List.of(new ReportedGap("npm", Problem.PARTLY_INSPECTED)));
    for (var coverage :
        List.of(partial, new Coverage(null, true, List.of()), new Coverage(AT, false, List.of()))) {
      assertThrows(
          IllegalArgumentException.class,
          () ->
              new Report(
                  new ReportId("report-1"),
                  ReportFixtures.device(DEVICE),
                  1,
                  null,
                  AT,
                  "0.1.0",
                  null,
                  coverage,
                  List.of(ReportFixtures.rule("claude-code", RuleState.CLEAR)),
                  List.of()));
    }
  }

  @Test
  void refuses_what_contradicts_itself() {
    for (var broken :
        List.of(
            text().replace("\"sequence\":12", "\"sequence\":1"),
            text().replace("\"sequence\":12", "\"sequence\":0"),
            text().replace("\"previous\":\"abab", "\"previous\":\"ABAB"),
            text().replace("claude-desktop", "claude-code"),
            text().replace("claude-desktop", "../../etc"),
            text().replace("\"state\":\"present\"", "\"state\":\"unknown\""),
            text().replace("2026-07-10T00:00:00Z", "2026-07-32T00:00:00Z"),
            text().replace("\"format\":1", "\"format\":2"),
            text().replace(DEVICE.value(), "me"))) {
      assertThrows(JsonException.class, () -> read(broken), broken);
    }
  }

  @Test
  void refuses_more_findings_than_the_bound() {
    var rule = ReportFixtures.rule("claude-code", RuleState.PRESENT);
    var many = Collections.nCopies(ReportJson.MAX_FINDINGS + 1, ReportFixtures.finding());
    var report =
        ReportFixtures.report(
            DEVICE,
            1,
            null,
            new ReportedRule(
                rule.rule(), rule.state(), rule.presence(), null, null, many, List.of()));
    var refusal =
        assertThrows(JsonException.class, () -> ReportJson.read(ReportJson.write(report)));
    assertTrue(String.valueOf(refusal.getMessage()).contains("the most is 1000"));
  }

  @Test
  void no_home_folder_leaves_the_device() {
    for (var home :
        List.of(
            "/home/alice/x",
            "/Users/alice/x",
            "/var/home/alice/x",
            "C:\\Users\\alice\\x",
            "c:/users/alice/x",
            "/srv/sandbox/home/alice/x",
            "/home/alice")) {
      var location =
          new ReportedFinding("npm", "x", null, home, null, EvidenceStrength.WEAK, false)
              .location();
      assertFalse(location.contains("alice"), location);
      assertTrue(location.contains("~"), location);
    }
  }

  @Test
  void text_from_the_device_is_cut_and_cannot_mislead() {
    var device =
        new Device(DEVICE, "a\u202Eexe.bat\n" + "x".repeat(300), OsFamily.LINUX, " ", "amd64", 1);
    assertTrue(device.hostName().startsWith("a\\u{202e}exe.bat\\u{a}xx"));
    assertEquals(255, device.hostName().length());
    assertEquals("unknown", device.osVersion());
  }

  @Test
  void an_enrol_request_survives_the_wire_and_hides_its_secret() throws Exception {
    var request =
        new EnrolRequest("s3cret-token", "0a".repeat(32), "hw-1", ReportFixtures.device(DEVICE));
    assertEquals(request, EnrolRequest.read(request.write()));
    assertFalse(request.toString().contains("s3cret"));
  }
}
